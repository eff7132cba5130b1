//! Statements with their parameters: everything about them that needs no table.

use super::ast::{Expr, ExprKind, ForeignClause, Parsed, Returning, SelectAst, StatementAst, Step, Target};
use super::condition::{Where, elements};
use super::fault::StatementFault;
use super::literal::{self, Parameters};
use super::update;
use crate::expression::{self, Builder, Paths};
use crate::value::Layer;
use crate::value::admit::{Admitted, AdmittedValue, admit_parameter};

/// A statement without faults of its own.
#[derive(Debug)]
pub enum Statement {
    /// `SELECT`
    Select(Select),
    /// A SELECT of an index, and what is wrong with it: whether a statement can read the index at all is told first.
    Faulty(Source, StatementFault),
    /// `EXISTS(SELECT …)`
    Exists(Select),
    /// `INSERT`
    Insert(Insert),
    /// `UPDATE`
    Update(Update),
    /// `DELETE`
    Delete(Delete),
}

impl Statement {
    /// The table as the statement names it.
    pub fn table(&self) -> &str {
        match self {
            Statement::Select(select) | Statement::Exists(select) => &select.source.table,
            Statement::Faulty(source, _) => &source.table,
            Statement::Insert(insert) => &insert.table,
            Statement::Update(update) => &update.table,
            Statement::Delete(delete) => &delete.table,
        }
    }

    /// The sizes of what the statement writes, as far as it says so itself: keys are told from other conditions only once the
    /// table is known.
    pub fn written_bytes(&self) -> usize {
        match self {
            Statement::Insert(insert) => insert.item.size_bytes,
            Statement::Update(update) => update.update.charge(),
            Statement::Select(_) | Statement::Faulty(..) | Statement::Exists(_) | Statement::Delete(_) => 0,
        }
    }

    /// True if the statement has a RETURNING clause.
    pub fn returns(&self) -> bool {
        match self {
            Statement::Select(_) | Statement::Faulty(..) | Statement::Exists(_) | Statement::Insert(_) => false,
            Statement::Update(update) => update.returning.is_some(),
            Statement::Delete(delete) => delete.returning.is_some(),
        }
    }
}

/// What is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The table.
    pub table: String,
    /// The index.
    pub index: Option<String>,
}

/// `SELECT … FROM … WHERE … ORDER BY …`
#[derive(Debug)]
pub struct Select {
    /// What is read.
    pub source: Source,
    /// What is shown of each row, in the order written; none for everything.
    pub columns: Option<Vec<Column>>,
    /// All that is shown, as the paths of one projection.
    pub paths: Option<Paths>,
    /// Which rows.
    pub filter: Where,
    /// In which order.
    pub order: Vec<Order>,
}

/// One thing that is shown of each row.
#[derive(Clone, Debug)]
pub struct Column {
    /// What it is called: the last name before the first index, and that index.
    pub label: String,
    /// Names that lead to it.
    pub names: Vec<String>,
    /// True if it is an element of the list there.
    pub is_element: bool,
    /// All of its path.
    pub paths: Paths,
}

/// `ORDER BY` an attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// The attribute.
    pub attribute: String,
    /// `DESC`
    pub descends: bool,
}

/// `INSERT INTO … VALUE …`
#[derive(Debug)]
pub struct Insert {
    /// The table.
    pub table: String,
    /// The item.
    pub item: Admitted,
}

/// `UPDATE … SET … REMOVE … WHERE …`
#[derive(Debug)]
pub struct Update {
    /// The table.
    pub table: String,
    /// What changes.
    pub update: expression::Update,
    /// Which item, and what must hold of it.
    pub filter: Where,
    /// What to show.
    pub returning: Option<Returning>,
}

/// `DELETE FROM … WHERE …`
#[derive(Debug)]
pub struct Delete {
    /// The table.
    pub table: String,
    /// Which item, and what must hold of it.
    pub filter: Where,
    /// What to show.
    pub returning: Option<Returning>,
}

/// Admits parameters; they are the bytes of values as the request carries them.
///
/// # Errors
/// The first that cannot be stored.
pub fn admit<'a>(parameters: &[&'a [u8]]) -> Result<Vec<AdmittedValue<'a>>, StatementFault> {
    let admitted = parameters.iter().map(|raw| admit_parameter(raw, Layer::Older));
    admitted.collect::<Result<_, _>>().map_err(StatementFault::Parameter)
}

/// Puts parameters into a statement.
///
/// # Errors
/// Too few parameters; then what is wrong with the statement, clause by clause.
pub fn bind(parsed: &Parsed, parameters: &[AdmittedValue<'_>]) -> Result<Statement, StatementFault> {
    if parameters.len() < parsed.parameters {
        return Err(StatementFault::ParameterCount);
    }
    let parameters = Parameters(parameters);
    match &parsed.statement {
        StatementAst::Select(ast) => {
            let source = source(ast)?;
            match select(ast, source.clone(), parameters) {
                Ok(select) => Ok(Statement::Select(select)),
                Err(fault) if source.index.is_some() && !fault.is_of_value() => Ok(Statement::Faulty(source, fault)),
                Err(fault) => Err(fault),
            }
        }
        StatementAst::Insert { target, value, returns } => {
            let [table] = target.parts.as_slice() else {
                return Err(StatementFault::InsertIntoIndex);
            };
            if *returns {
                return Err(StatementFault::InsertReturning);
            }
            Ok(Statement::Insert(Insert {
                table: named(table)?,
                item: literal::item(value, parameters)?,
            }))
        }
        StatementAst::Update {
            target,
            clauses,
            condition,
            returning,
        } => Ok(Statement::Update(Update {
            table: written_table(target)?,
            update: update::bind(clauses, parameters)?,
            filter: of_one_item(condition.as_ref(), parameters)?,
            returning: *returning,
        })),
        StatementAst::Delete {
            target,
            condition,
            returning,
        } => {
            let table = written_table(target)?;
            match returning {
                Some(shown @ (Returning::AllNew | Returning::ModifiedOld | Returning::ModifiedNew)) => {
                    Err(StatementFault::DeleteReturning(*shown))
                }
                Some(Returning::AllOld) | None => Ok(Statement::Delete(Delete {
                    table,
                    filter: of_one_item(condition.as_ref(), parameters)?,
                    returning: *returning,
                })),
            }
        }
        StatementAst::Expression(expr) => match &expr.kind {
            ExprKind::Exists(ast) => Ok(Statement::Exists(select(ast, source(ast)?, parameters)?)),
            _ => Err(match literal::kind(expr) {
                "NAry" => StatementFault::ExistsOutside,
                kind => StatementFault::Operation(kind),
            }),
        },
    }
}

fn named(part: &str) -> Result<String, StatementFault> {
    if part.is_empty() {
        return Err(StatementFault::EmptyPart);
    }
    Ok(part.to_owned())
}

/// The table of UPDATE and DELETE.
fn written_table(target: &Target) -> Result<String, StatementFault> {
    if target.is_aliased {
        return Err(StatementFault::Alias);
    }
    let Source { table, index } = source_of(&target.parts)?;
    match index {
        None => Ok(table),
        Some(_) => Err(StatementFault::WriteToIndex),
    }
}

fn source_of(parts: &[String]) -> Result<Source, StatementFault> {
    match parts {
        [table] => Ok(Source {
            table: named(table)?,
            index: None,
        }),
        [table, index] => Ok(Source {
            table: named(table)?,
            index: Some(named(index)?),
        }),
        [] | [_, _, _, ..] => Err(StatementFault::ManyParts),
    }
}

/// The WHERE clause of a write, which must be there.
fn of_one_item(condition: Option<&Expr>, parameters: Parameters<'_, '_>) -> Result<Where, StatementFault> {
    let filter = Where::bind(condition, parameters)?;
    if filter.is_absent() {
        return Err(StatementFault::KeyMissing);
    }
    Ok(filter)
}

/// What a SELECT reads, if it is one that the service has.
fn source(ast: &SelectAst) -> Result<Source, StatementFault> {
    match ast.foreign {
        None => {}
        Some(ForeignClause::Distinct) => return Err(StatementFault::Word("DISTINCT", None)),
        Some(ForeignClause::Value) => return Err(StatementFault::SelectValue),
        Some(ForeignClause::GroupBy) => return Err(StatementFault::Clause("GROUP BY", None)),
        Some(ForeignClause::Having(span)) => return Err(StatementFault::Clause("HAVING", Some(span))),
        Some(ForeignClause::Limit(span)) => return Err(StatementFault::Clause("LIMIT", Some(span))),
    }
    if ast.is_aliased || ast.is_source_aliased {
        return Err(StatementFault::Alias);
    }
    if ast.has_many_sources {
        return Err(StatementFault::ManySources);
    }
    read_source(&ast.from)
}

fn select(ast: &SelectAst, source: Source, parameters: Parameters<'_, '_>) -> Result<Select, StatementFault> {
    let (columns, paths) = match &ast.columns {
        None => (None, None),
        Some(list) => {
            let (columns, paths) = columns(list)?;
            (Some(columns), Some(paths))
        }
    };
    let order = ast.order.iter().map(|(by, descends)| order(by, *descends));
    let order = order.collect::<Result<Vec<_>, _>>()?;
    let filter = Where::bind(ast.condition.as_ref(), parameters)?;
    if filter.is_absent() && !order.is_empty() {
        return Err(StatementFault::OrderWithoutWhere);
    }
    Ok(Select {
        source,
        columns,
        paths,
        filter,
        order,
    })
}

fn read_source(from: &Expr) -> Result<Source, StatementFault> {
    let ExprKind::Path(table, steps) = &from.kind else {
        return Err(StatementFault::Source);
    };
    let mut parts = vec![table.clone()];
    for step in literal::path("source", steps)?.into_iter().skip(1) {
        match step {
            Step::Name(name) => parts.push(name),
            Step::Index(_) => return Err(StatementFault::SourceIndex),
        }
    }
    source_of(&parts)
}

fn order(by: &Expr, descends: bool) -> Result<Order, StatementFault> {
    match &by.kind {
        ExprKind::Path(attribute, steps) if steps.is_empty() => Ok(Order {
            attribute: attribute.clone(),
            descends,
        }),
        ExprKind::Path(..) => Err(StatementFault::OrderOperand("PATH".to_owned())),
        ExprKind::Number(digits) => Err(StatementFault::OrderOperand(digits.clone())),
        ExprKind::Text(text) => Err(StatementFault::OrderOperand(format!("\"{text}\""))),
        _ => Err(StatementFault::OrderOperand(literal::named(by))),
    }
}

/// The columns, and the paths of them all.
fn columns(list: &[Expr]) -> Result<(Vec<Column>, Paths), StatementFault> {
    let mut columns: Vec<Column> = Vec::with_capacity(list.len());
    let mut all = Builder::new();
    for expr in list {
        let ExprKind::Path(name, steps) = &expr.kind else {
            return Err(StatementFault::PathComponent(expr.span));
        };
        let path = literal::path(name, steps)?;
        let column = column(&path)?;
        if columns.iter().any(|known| known.label == column.label) {
            return Err(StatementFault::DuplicateColumn(column.label));
        }
        columns.push(column);
        all.project(&elements(&path));
    }
    Ok((columns, all.into_paths()?))
}

fn column(path: &[Step]) -> Result<Column, StatementFault> {
    let mut names = Vec::new();
    let mut element = None;
    for step in path {
        match step {
            Step::Name(name) => names.push(name.clone()),
            Step::Index(index) => {
                element = Some(*index);
                break;
            }
        }
    }
    let last = names.last().map_or("", String::as_str);
    let label = match element {
        Some(index) => format!("{last}[{index}]"),
        None => last.to_owned(),
    };
    let mut builder = Builder::new();
    builder.project(&elements(path));
    Ok(Column {
        label,
        names,
        is_element: element.is_some(),
        paths: builder.into_paths()?,
    })
}
