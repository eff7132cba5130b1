//! Values as they stand in a statement, and as parameters.

use super::ast::{Expr, ExprKind, Operator, PathStep, PathStepKind, Span, Step};
use super::fault::StatementFault;
use crate::value::admit::{Admitted, AdmittedValue, admit_item, admit_value};
use crate::value::fault::ValueFault;
use crate::value::flat::{Tag, Writer};
use crate::value::{Layer, Value, number};

/// The name that faults give the outermost value.
const ROOT: &str = "root";

/// What the `?` of a statement stand for, in order.
#[derive(Clone, Copy, Debug)]
pub struct Parameters<'p, 'a>(pub &'p [AdmittedValue<'a>]);

impl Parameters<'_, '_> {
    fn get(&self, position: usize) -> Result<Value, StatementFault> {
        let value = self.0.get(position).ok_or(StatementFault::ParameterCount)?;
        Ok(value.to_value())
    }
}

/// The value of an operand that is a literal or a parameter; none for everything else.
pub fn value(operand: &Expr, parameters: Parameters<'_, '_>) -> Result<Option<Value>, StatementFault> {
    match &operand.kind {
        ExprKind::Parameter(position) => parameters.get(*position).map(Some),
        ExprKind::Null
        | ExprKind::Bool(_)
        | ExprKind::Text(_)
        | ExprKind::Number(_)
        | ExprKind::Ion
        | ExprKind::List(_)
        | ExprKind::Bag(_)
        | ExprKind::Struct(_) => {
            let mut writer = Writer::new();
            write(operand, ROOT, &mut writer)?;
            let admitted = admit_value(writer.bytes(), Layer::Older);
            let admitted = admitted.map_err(|fault| StatementFault::Literal(fault, ROOT.to_owned()))?;
            Ok(Some(admitted.to_value()))
        }
        ExprKind::Path(..)
        | ExprKind::Missing
        | ExprKind::Call(..)
        | ExprKind::Unusable(_)
        | ExprKind::Exists(_)
        | ExprKind::Not(_)
        | ExprKind::And(_)
        | ExprKind::Or(_)
        | ExprKind::Compare(..)
        | ExprKind::Infix(..)
        | ExprKind::Signed(..)
        | ExprKind::Between(..)
        | ExprKind::In(..)
        | ExprKind::Is(..) => Ok(None),
    }
}

/// The item of an INSERT. Each attribute is a literal or a parameter.
pub fn item(expr: &Expr, parameters: Parameters<'_, '_>) -> Result<Admitted, StatementFault> {
    let ExprKind::Struct(entries) = &expr.kind else {
        return Err(StatementFault::ItemForm(expr.span));
    };
    let keys = keys(entries, ROOT, None)?;
    let mut writer = Writer::new();
    let open = writer.open(Tag::Attributes, entries.len());
    for (key, (_, attribute)) in keys.into_iter().zip(entries) {
        writer.text(key.as_bytes());
        match value(attribute, parameters)? {
            Some(value) => match value.get() {
                Ok(value) => writer.copy(value),
                Err(_) => return Err(StatementFault::Parameter(ValueFault::Malformed)),
            },
            None => {
                let what = named(attribute);
                return Err(StatementFault::DataType(what, ROOT.to_owned(), attribute.span));
            }
        }
    }
    writer.close(open);
    admit_item(writer.bytes(), Layer::Older).map_err(|fault| StatementFault::Literal(fault, ROOT.to_owned()))
}

/// What an expression in place of a whole value is called.
pub fn named(expr: &Expr) -> String {
    match &expr.kind {
        ExprKind::Path(name, steps) if steps.is_empty() => name.clone(),
        ExprKind::Missing => "MISSING".to_owned(),
        ExprKind::Call(name, _) => name.clone(),
        ExprKind::Unusable(word) => (*word).to_owned(),
        _ => match kind(expr) {
            "NAry" => operator(expr).to_owned(),
            kind => kind.to_owned(),
        },
    }
}

/// The operator that an expression is made with.
pub(super) fn operator(expr: &Expr) -> &'static str {
    match &expr.kind {
        ExprKind::Infix(operator, ..) | ExprKind::Signed(operator) => match operator {
            Operator::Plus => "+",
            Operator::Minus => "-",
            Operator::Other(name) => name,
        },
        ExprKind::Compare(comparator, ..) => comparator.symbol(),
        ExprKind::And(_) => "and",
        ExprKind::Or(_) => "or",
        ExprKind::Not(_) => "not",
        ExprKind::Between(..) => "between",
        ExprKind::In(..) => "in",
        ExprKind::Is(..) => "is",
        _ => kind(expr),
    }
}

/// The kind of an expression, as the service's own tree names it.
pub fn kind(expr: &Expr) -> &'static str {
    match &expr.kind {
        ExprKind::Path(_, steps) if steps.is_empty() => "VariableReference",
        ExprKind::Path(..) => "Path",
        ExprKind::Null | ExprKind::Bool(_) | ExprKind::Text(_) | ExprKind::Number(_) | ExprKind::Ion => "Literal",
        ExprKind::Missing => "LiteralMissing",
        ExprKind::Parameter(_) => "Parameter",
        ExprKind::List(_) | ExprKind::Bag(_) => "Seq",
        ExprKind::Struct(_) => "Struct",
        ExprKind::Unusable("SELECT") => "Select",
        ExprKind::Unusable(_) => "CallAgg",
        ExprKind::Is(..) => "IsType",
        ExprKind::Call(..)
        | ExprKind::Exists(_)
        | ExprKind::Not(_)
        | ExprKind::And(_)
        | ExprKind::Or(_)
        | ExprKind::Compare(..)
        | ExprKind::Infix(..)
        | ExprKind::Signed(..)
        | ExprKind::Between(..)
        | ExprKind::In(..) => "NAry",
    }
}

/// Writes a literal; `within` is where it stands.
fn write(expr: &Expr, within: &str, writer: &mut Writer) -> Result<(), StatementFault> {
    match &expr.kind {
        ExprKind::Null => writer.tag(Tag::Null),
        ExprKind::Bool(value) => writer.bool(*value),
        ExprKind::Text(text) => writer.scalar(Tag::S, text.as_bytes()),
        ExprKind::Number(digits) => {
            check_number(digits, within)?;
            writer.scalar(Tag::N, digits.as_bytes());
        }
        ExprKind::Ion => return Err(StatementFault::Ion(within.to_owned(), expr.span)),
        ExprKind::List(elements) => {
            let open = writer.open(Tag::L, elements.len());
            for (position, element) in elements.iter().enumerate() {
                write(element, &format!("{within}[{position}]"), writer)?;
            }
            writer.close(open);
        }
        ExprKind::Bag(members) => write_set(members, within, writer)?,
        ExprKind::Struct(entries) => {
            let keys = keys(entries, within, Some(expr.span))?;
            let open = writer.open(Tag::M, entries.len());
            for (key, (_, value)) in keys.into_iter().zip(entries) {
                writer.text(key.as_bytes());
                write(value, &format!("{within}.{key}"), writer)?;
            }
            writer.close(open);
        }
        _ => {
            let what = kind(expr).to_owned();
            return Err(StatementFault::DataType(what, within.to_owned(), expr.span));
        }
    }
    Ok(())
}

fn check_number(digits: &str, within: &str) -> Result<(), StatementFault> {
    match number::canonical(digits.as_bytes(), Layer::Older) {
        Ok(_) => Ok(()),
        Err(fault) => {
            let text = digits.as_bytes().into();
            Err(StatementFault::Literal(
                ValueFault::Number { fault, text },
                within.to_owned(),
            ))
        }
    }
}

/// A set: strings or numbers, and only one of both.
fn write_set(members: &[Expr], within: &str, writer: &mut Writer) -> Result<(), StatementFault> {
    let tag = match members.first().map(|member| &member.kind) {
        None => return Err(StatementFault::EmptyBag),
        Some(ExprKind::Number(_)) => Tag::Ns,
        Some(_) => Tag::Ss,
    };
    let open = writer.open(tag, members.len());
    for (position, member) in members.iter().enumerate() {
        match (&member.kind, tag) {
            (ExprKind::Text(text), Tag::Ss) => writer.text(text.as_bytes()),
            (ExprKind::Number(digits), Tag::Ns) => {
                check_number(digits, &format!("{within}[{position}]"))?;
                writer.text(digits.as_bytes());
            }
            (ExprKind::Text(_) | ExprKind::Number(_), _) => return Err(StatementFault::BagMember(None)),
            _ => return Err(StatementFault::BagMember(Some(member.span))),
        }
    }
    writer.close(open);
    Ok(())
}

/// The keys of a struct: strings, each once, none of them empty. A repeat is placed at the struct inside of values, at the key where
/// the struct is an item.
fn keys<'e>(entries: &'e [(Expr, Expr)], within: &str, place: Option<Span>) -> Result<Vec<&'e str>, StatementFault> {
    let mut seen = std::collections::BTreeSet::new();
    let mut keys = Vec::with_capacity(entries.len());
    for (key, _) in entries {
        let ExprKind::Text(text) = &key.kind else {
            let kind = match &key.kind {
                ExprKind::Number(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => "INT",
                ExprKind::Number(_) => "DECIMAL",
                ExprKind::Bool(_) => "BOOL",
                ExprKind::Null => "NULL",
                _ => kind(key),
            };
            return Err(StatementFault::StructKey(kind, within.to_owned(), key.span));
        };
        if text.is_empty() {
            return Err(StatementFault::EmptyPart);
        }
        if !seen.insert(text.as_str()) {
            return Err(StatementFault::DuplicateKey(
                text.clone(),
                within.to_owned(),
                place.unwrap_or(key.span),
            ));
        }
        keys.push(text.as_str());
    }
    Ok(keys)
}

/// The document path that a name and its steps are.
pub fn path(name: &str, steps: &[PathStep]) -> Result<Vec<Step>, StatementFault> {
    let mut path = Vec::with_capacity(steps.len() + 1);
    path.push(Step::Name(not_empty(name)?));
    for step in steps {
        path.push(match &step.kind {
            PathStepKind::Name(name) => Step::Name(not_empty(name)?),
            PathStepKind::Index(digits) => Step::Index(index(digits, step.span)?),
            PathStepKind::All => return Err(StatementFault::Hierarchy),
            PathStepKind::Other => return Err(StatementFault::PathComponent(step.span)),
        });
    }
    Ok(path)
}

fn not_empty(name: &str) -> Result<String, StatementFault> {
    if name.is_empty() {
        return Err(StatementFault::EmptyPart);
    }
    Ok(name.to_owned())
}

fn index(digits: &str, span: Span) -> Result<u32, StatementFault> {
    let magnitude = digits.strip_prefix('-').unwrap_or(digits);
    if !magnitude.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(StatementFault::PathComponent(span));
    }
    let index = digits.parse::<i32>().ok().and_then(|index| u32::try_from(index).ok());
    index.ok_or_else(|| StatementFault::ListIndex(digits.to_owned(), span))
}
