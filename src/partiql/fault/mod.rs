//! Everything that can be wrong about a statement.
//!
//! Faults are data; AWS's sentences for them stand in [`sentence`] alone. They were recorded on AWS in October 2026; where nothing
//! was recorded they are those of DynamoDB Local, which shares the service's reading of statements.

mod sentence;

use super::ast::{Returning, Span};
use crate::expression::ExpressionFault;
use crate::value::fault::ValueFault;

/// Why a text is no statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Malformed {
    /// A character, a number, quotes or a comment that cannot be read; or more nesting than is read.
    Unreadable,
    /// Something behind the end.
    TokenLeft,
    /// Nothing, or a sign, where an operand belongs.
    UnexpectedTerm,
    /// A keyword where an operand belongs.
    UnexpectedKeyword,
    /// An operator where an operand belongs.
    UnexpectedOperator,
    /// Nothing behind an operator.
    RightSideMissing,
    /// IS of something that is no type.
    TypeNameExpected,
    /// No name where a table or an attribute belongs.
    NameExpected,
    /// Something that is neither a query nor a change.
    ManipulationExpected,
    /// A dot without a name behind it.
    PathStep,
}

/// What is wrong with a statement, or with what it asks of its table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StatementFault {
    /// It is none.
    Malformed(Malformed),
    /// A name given to a table or a column.
    Alias,
    /// An expression where a statement belongs: its kind.
    Operation(&'static str),
    /// EXISTS outside a transaction of writes.
    ExistsOutside,
    /// A word that the service reads but has no use for.
    Word(&'static str, Option<Span>),
    /// A clause that DynamoDB does not have, and where its operand stands.
    Clause(&'static str, Option<Span>),
    /// `SELECT VALUE`
    SelectValue,
    /// Several sources.
    ManySources,
    /// A source that is no table.
    Source,
    /// A source with a number in brackets.
    SourceIndex,
    /// More parts than a table and an index have.
    ManyParts,
    /// An empty name.
    EmptyPart,
    /// INSERT into an index.
    InsertIntoIndex,
    /// UPDATE or DELETE of an index.
    WriteToIndex,
    /// INSERT of something that is no struct.
    ItemForm(Span),
    /// `INSERT … RETURNING`
    InsertReturning,
    /// RETURNING of something else than `*`.
    ReturningColumn,
    /// RETURNING of several things.
    ManyReturning,
    /// `DELETE … RETURNING` of something that a deletion does not have.
    DeleteReturning(Returning),
    /// A step of a path that is neither a name nor an index.
    PathComponent(Span),
    /// An index that no list has.
    ListIndex(String, Span),
    /// `SELECT a.*`
    Hierarchy,
    /// Two columns of one name.
    DuplicateColumn(String),
    /// Fewer parameters than `?`.
    ParameterCount,
    /// A parameter that is refused.
    Parameter(ValueFault),
    /// A literal that is refused, and where in the value.
    Literal(ValueFault, String),
    /// An expression in place of a value: what it is, and where in the value.
    DataType(String, String, Span),
    /// A literal in backticks.
    Ion(String, Span),
    /// `<<>>`
    EmptyBag,
    /// A set of something else than strings or numbers, or of both.
    BagMember(Option<Span>),
    /// A key of a struct that is no string.
    StructKey(&'static str, String, Span),
    /// A key of a struct that comes twice.
    DuplicateKey(String, String, Span),
    /// A function that does not exist.
    UnknownFunction(String, Span),
    /// A condition that is none.
    NotBoolean,
    /// AND or OR of something that is no condition.
    ConnectedOperand,
    /// NOT of something that is no condition.
    NegatedOperand,
    /// MISSING somewhere else than behind IS.
    Missing,
    /// IS of something that is neither path nor literal.
    IsOperand,
    /// IS of a type that no attribute has.
    IsType(&'static str, Span),
    /// IN of something else than a path and a list.
    InOperands,
    /// An operator that conditions do not have.
    ConditionOperator(&'static str),
    /// An operator that updates do not have.
    UpdateOperator(&'static str),
    /// IS in an update.
    IsInUpdate,
    /// SET_ADD or SET_DELETE with another number of arguments than two.
    SetArguments(&'static str, Span),
    /// SET_ADD or SET_DELETE of another attribute than the one assigned to.
    SetTarget(&'static str, Span),
    /// SET_ADD or SET_DELETE of something that is no set; where its first argument stands.
    SetMembers(&'static str, Span),
    /// A condition, a projection or an update whose operands do not fit: in the words of expressions.
    Expression(ExpressionFault),
    /// ORDER BY without WHERE.
    OrderWithoutWhere,
    /// ORDER BY without a partition key.
    OrderWithoutKey,
    /// ORDER BY of something that is no attribute: what it is.
    OrderOperand(String),
    /// ORDER BY of an attribute that is not in the key.
    OrderColumn(String),
    /// A write without the whole key.
    KeyMissing,
    /// A write with two values for one key attribute.
    KeyTwice(String),
    /// Parts of a condition that reach the same rows in different ways.
    Overlapping,
    /// An index that the table does not have.
    Index,
    /// A vector index, which only searches read.
    VectorIndex,
    /// A consistent read of a global index.
    ConsistentGlobal,
    /// An index with several attributes in one half of its key.
    MultiAttributeKey,
    /// A token that is none.
    Token,
    /// A token of another statement.
    ForeignToken,
    /// A batch with reads and writes.
    BatchMixed,
    /// A SELECT of a batch without the whole key.
    BatchSelect,
    /// A transaction with reads and writes.
    TransactionMixed,
    /// A fault of a transaction's statement, counted from zero.
    InTransaction(usize, Box<StatementFault>),
    /// A SELECT of a transaction without the whole key.
    TransactionSelect,
    /// A SELECT of an index in a transaction.
    TransactionIndex,
    /// RETURNING in a transaction.
    TransactionReturning,
    /// EXISTS without a condition on one item.
    Exists,
    /// EXISTS of an index.
    ExistsIndex,
    /// An expression in place of a transaction's statement.
    TransactionOperation,
}

impl From<Malformed> for StatementFault {
    fn from(malformed: Malformed) -> Self {
        StatementFault::Malformed(malformed)
    }
}

impl From<ExpressionFault> for StatementFault {
    fn from(fault: ExpressionFault) -> Self {
        StatementFault::Expression(fault)
    }
}

impl StatementFault {
    /// True for what is wrong with a literal, a parameter, or their number.
    pub(super) fn is_of_value(&self) -> bool {
        matches!(
            self,
            StatementFault::ParameterCount | StatementFault::Parameter(_) | StatementFault::Literal(..)
        )
    }
}
