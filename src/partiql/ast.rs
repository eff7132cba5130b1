//! What a statement's text says, before parameters and tables are known.
//!
//! Trees are as deep as the parser lets them be, which is not deep: walking and dropping them recurses.

use crate::expression::Comparator;
use std::fmt;

/// Where something stands in a statement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// Counted from one.
    pub line: u32,
    /// In characters, counted from one.
    pub column: u32,
    /// In characters.
    pub length: u32,
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.line, self.column, self.length)
    }
}

/// A step of a document path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A map's entry, or the attribute that a path starts with.
    Name(String),
    /// A list's element, counting from zero.
    Index(u32),
}

/// An expression and its place.
#[derive(Clone, Debug)]
pub struct Expr {
    /// Of the token that it is known by: its first, or its operator.
    pub span: Span,
    /// What it is.
    pub kind: ExprKind,
}

/// A step of a path as written.
#[derive(Clone, Debug)]
pub struct PathStep {
    /// The step.
    pub kind: PathStepKind,
    /// Its place.
    pub span: Span,
}

/// What a step of a path is.
#[derive(Clone, Debug)]
pub enum PathStepKind {
    /// `.name`, `['name']`
    Name(String),
    /// `[12]`, or a number that is no index: the digits.
    Index(String),
    /// `.*`
    All,
    /// `[?]` and whatever else has no fixed meaning.
    Other,
}

/// Arithmetic and other operators between two operands that are neither conditions nor comparisons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `*`, `/`, `%`, `||`, `LIKE`: known and refused. The name as faults have it.
    Other(&'static str),
}

/// What an expression is.
#[derive(Clone, Debug)]
pub enum ExprKind {
    /// A name, alone or with steps behind it.
    Path(String, Vec<PathStep>),
    /// `null`
    Null,
    /// `missing`
    Missing,
    /// `true`, `false`
    Bool(bool),
    /// A string.
    Text(String),
    /// A number, with its sign.
    Number(String),
    /// A literal in backticks.
    Ion,
    /// `?`, counting from zero.
    Parameter(usize),
    /// `[a, b]` and `(a, b)`
    List(Vec<Expr>),
    /// `<<a, b>>`
    Bag(Vec<Expr>),
    /// `{'a': b}`
    Struct(Vec<(Expr, Expr)>),
    /// A function, its name in small letters.
    Call(String, Vec<Expr>),
    /// A query or a function over many rows, where neither can be: its first word, as the service writes it.
    Unusable(&'static str),
    /// `EXISTS(SELECT …)`
    Exists(Box<SelectAst>),
    /// `NOT a`
    Not(Box<Expr>),
    /// `a AND b AND c`
    And(Vec<Expr>),
    /// `a OR b OR c`
    Or(Vec<Expr>),
    /// `a = b`
    Compare(Comparator, Box<Expr>, Box<Expr>),
    /// `a + b`
    Infix(Operator, Box<Expr>, Box<Expr>),
    /// `+ a`, `- a`
    Signed(Operator),
    /// `a BETWEEN b AND c`
    Between(Box<Expr>, Box<Expr>, Box<Expr>),
    /// `a IN b`
    In(Box<Expr>, Box<Expr>),
    /// `a IS type`
    Is(Box<Expr>, TypeName),
}

/// A type behind IS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TypeName {
    /// No attribute is there.
    Missing,
    /// One of the types that attributes have, by its name in the API.
    Attribute(&'static str),
    /// A type that no attribute has: its name as faults have it.
    Foreign(&'static str),
}

/// What a statement is about: `"table"."index"`.
#[derive(Clone, Debug)]
pub struct Target {
    /// The parts; a table, or a table and an index, if nothing is wrong with it.
    pub parts: Vec<String>,
    /// True if a name was given to it.
    pub is_aliased: bool,
}

/// `SELECT`
#[derive(Clone, Debug)]
pub struct SelectAst {
    /// What to show; none for `*`.
    pub columns: Option<Vec<Expr>>,
    /// True if a column was given another name.
    pub is_aliased: bool,
    /// `FROM`
    pub from: Expr,
    /// True if the source was given another name.
    pub is_source_aliased: bool,
    /// True for several sources.
    pub has_many_sources: bool,
    /// `WHERE`
    pub condition: Option<Expr>,
    /// `ORDER BY`, and for each whether it descends.
    pub order: Vec<(Expr, bool)>,
    /// A clause that DynamoDB does not have.
    pub foreign: Option<ForeignClause>,
}

/// A clause that is read and refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ForeignClause {
    /// `SELECT DISTINCT`
    Distinct,
    /// `SELECT VALUE`
    Value,
    /// `GROUP BY`
    GroupBy,
    /// `HAVING`, and where its condition begins.
    Having(Span),
    /// `LIMIT`, and where its number stands.
    Limit(Span),
}

/// A clause of an update.
#[derive(Clone, Debug)]
pub enum Clause {
    /// `SET path = value`
    Set(Expr, Expr),
    /// `REMOVE path`
    Remove(Expr),
}

/// `RETURNING`: what is shown of an item that was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Returning {
    /// `ALL OLD *`
    AllOld,
    /// `ALL NEW *`
    AllNew,
    /// `MODIFIED OLD *`
    ModifiedOld,
    /// `MODIFIED NEW *`
    ModifiedNew,
}

impl fmt::Display for Returning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Returning::AllOld => "RETURNING ALL OLD *",
            Returning::AllNew => "RETURNING ALL NEW *",
            Returning::ModifiedOld => "RETURNING MODIFIED OLD *",
            Returning::ModifiedNew => "RETURNING MODIFIED NEW *",
        })
    }
}

/// A statement as written.
#[derive(Clone, Debug)]
pub enum StatementAst {
    /// `SELECT`
    Select(Box<SelectAst>),
    /// `INSERT INTO … VALUE …`
    Insert {
        /// The table.
        target: Target,
        /// The item.
        value: Expr,
        /// True if something is to be returned.
        returns: bool,
    },
    /// `UPDATE … SET … REMOVE … WHERE …`, or `FROM … WHERE … SET …`
    Update {
        /// The table.
        target: Target,
        /// What to change.
        clauses: Vec<Clause>,
        /// `WHERE`
        condition: Option<Expr>,
        /// `RETURNING`
        returning: Option<Returning>,
    },
    /// `DELETE FROM … WHERE …`
    Delete {
        /// The table.
        target: Target,
        /// `WHERE`
        condition: Option<Expr>,
        /// `RETURNING`
        returning: Option<Returning>,
    },
    /// An expression by itself.
    Expression(Expr),
}

/// A statement that is well formed.
#[derive(Clone, Debug)]
pub struct Parsed {
    pub(super) statement: StatementAst,
    /// How many `?` it has.
    pub(super) parameters: usize,
}

/// What a statement is, as far as others beside it need to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `SELECT`
    Read,
    /// `INSERT`, `UPDATE`, `DELETE`
    Write,
    /// `EXISTS(SELECT …)`, a part of transactions that write.
    Exists,
    /// An expression, which is no statement.
    None,
}

impl Parsed {
    /// What the statement is.
    pub fn kind(&self) -> Kind {
        match &self.statement {
            StatementAst::Select(_) => Kind::Read,
            StatementAst::Insert { .. } | StatementAst::Update { .. } | StatementAst::Delete { .. } => Kind::Write,
            StatementAst::Expression(expr) => match expr.kind {
                ExprKind::Exists(_) => Kind::Exists,
                _ => Kind::None,
            },
        }
    }
}
