//! AWS's sentences for what is wrong with statements.

use super::{Malformed, StatementFault};
use crate::expression::Kind;
use crate::partiql::ast::Span;
use crate::value::Layer;
use crate::value::fault::ValueFault;
use std::fmt;

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Statement wasn't well formed, can't be processed: ")?;
        f.write_str(match self {
            Malformed::Unreadable => "",
            Malformed::TokenLeft => "Unexpected token after expression",
            Malformed::UnexpectedTerm => "Unexpected term",
            Malformed::UnexpectedKeyword => "Unexpected keyword",
            Malformed::UnexpectedOperator => "Unexpected operator",
            Malformed::RightSideMissing => "Missing right-hand side expression of infix operator",
            Malformed::TypeNameExpected => "Expected type name",
            Malformed::NameExpected => "Expected identifier for simple path",
            Malformed::ManipulationExpected => "Expected data manipulation",
            Malformed::PathStep => "Invalid path dot component",
        })
    }
}

/// The types that IS knows, as the service lists them.
const IS_TYPES: &str = "[MISSING, NULL, BOOLEAN, BLOB, STRING, NUMERIC, STRUCT, TUPLE, LIST]";

impl fmt::Display for StatementFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StatementFault::Malformed(malformed) => malformed.fmt(f),
            StatementFault::Alias => f.write_str("Aliasing is not supported"),
            StatementFault::Operation(kind) => write!(f, "Unsupported operation: {kind}"),
            StatementFault::ExistsOutside => {
                f.write_str("EXISTS can only be used in ExecuteTransaction write requests.")
            }
            StatementFault::Word(word, span) => at(f, format_args!("Unsupported token in expression: {word}"), *span),
            StatementFault::Clause(clause, span) => at(f, format_args!("Unsupported clause: {clause}"), *span),
            StatementFault::SelectValue => {
                f.write_str("Select projection doesn't support value or pivot keywords")
            }
            StatementFault::ManySources => f.write_str("Only select from a single table or index is supported."),
            StatementFault::Source => f.write_str("Unexpected from source"),
            StatementFault::SourceIndex => f.write_str("Invalid list expression in source."),
            StatementFault::ManyParts => f.write_str("A path may contain at most 2 components in the FROM clause"),
            StatementFault::EmptyPart => f.write_str("Path component cannot be an empty string"),
            StatementFault::InsertIntoIndex => {
                f.write_str("FROM clause may only contain a single table name in data manipulation statements")
            }
            StatementFault::WriteToIndex => f.write_str("This operation is not supported on an index"),
            StatementFault::ItemForm(span) => write!(
                f,
                "Unsupported format in item expression. Please use struct format {{...}} to express item values for insert statement. at {span}"
            ),
            StatementFault::InsertReturning => f.write_str("RETURNING is not supported in INSERT"),
            StatementFault::ReturningColumn => {
                f.write_str("Expected '*' after ( MODIFIED | ALL ) ( NEW | OLD ) in RETURNING clause")
            }
            StatementFault::ManyReturning => {
                f.write_str("Invalid syntax with multiple returning elements in RETURNING clause")
            }
            StatementFault::DeleteReturning(returning) => write!(
                f,
                "Invalid returning clause: {returning}. Only RETURNING ALL OLD * is allowed in DELETE statements."
            ),
            StatementFault::PathComponent(span) => write!(f, "Unexpected path component at {span}"),
            StatementFault::ListIndex(index, span) => write!(
                f,
                "List index is not within the allowable range; index: [{index}] at {span}"
            ),
            StatementFault::Hierarchy => f.write_str("Changing item's hierarchy while reading isn't supported"),
            StatementFault::DuplicateColumn(name) => write!(f, "Duplicate identifiers in select clause: {name}"),
            StatementFault::ParameterCount => {
                f.write_str("Number of parameters in request and statement don't match.")
            }
            StatementFault::Parameter(fault) => f.write_str(&fault.message(Layer::Older)),
            StatementFault::Literal(fault @ ValueFault::Number { .. }, within) => {
                write!(f, "{} under {within}", fault.message(Layer::Older))
            }
            StatementFault::Literal(fault, _) => f.write_str(&fault.message(Layer::Older)),
            StatementFault::DataType(what, within, span) => {
                write!(f, "Unsupported data type: {what} under key {within} at {span}")
            }
            StatementFault::Ion(within, span) => {
                write!(f, "Ion Literals are not supported: SYMBOL under key {within} at {span}")
            }
            StatementFault::EmptyBag => f.write_str("Empty bags are not supported"),
            StatementFault::BagMember(span) => at(
                f,
                format_args!("Unsupported data type in Bag. DynamoDB only supports either numbers or strings in bags"),
                *span,
            ),
            StatementFault::StructKey(kind, within, span) => write!(
                f,
                "Tuple keys must be of type String. Actual type: {kind} under {within} at {span}"
            ),
            StatementFault::DuplicateKey(key, within, span) => {
                write!(f, "Duplicate keys in tuple. Key: {key} under {within} at {span}")
            }
            StatementFault::UnknownFunction(name, span) => write!(f, "Unrecognized function: {name} at {span}"),
            StatementFault::NotBoolean => {
                f.write_str("WHERE clause must contain an expression that resolves to a boolean")
            }
            StatementFault::ConnectedOperand => f.write_str("The arguments to AND/OR must be Expressions"),
            StatementFault::NegatedOperand => f.write_str("The argument to NOT must be a Type or Expression"),
            StatementFault::Missing => f.write_str("MISSING must be compared using IS operator"),
            StatementFault::IsOperand => {
                f.write_str("The left hand side argument to IS must be a Variable Reference, Literal, or Path")
            }
            StatementFault::IsType(name, span) => write!(
                f,
                "Unsupported data type for IS operator: {name}. Supported data types are {IS_TYPES} at {span}"
            ),
            StatementFault::InOperands => f.write_str(
                "IN operator must have a left hand argument of type Variable Reference and right hand argument of type Seq with at least one member",
            ),
            StatementFault::ConditionOperator(operator) => {
                write!(f, "Unsupported operator in Condition Expression. Operator: {operator}")
            }
            StatementFault::UpdateOperator(operator) => {
                write!(f, "Unsupported operator in Update Expression. Operator: {operator}")
            }
            StatementFault::IsInUpdate => f.write_str("IS operator is not supported in update expressions"),
            StatementFault::SetArguments(name, span) => write!(f, "{name} must have exactly two arguments at {span}"),
            StatementFault::SetTarget(name, span) => {
                write!(f, "The first argument to {name} must equal the assignment value at {span}")
            }
            StatementFault::SetMembers(name, span) => {
                write!(f, "The second argument to {name} must be a value with type SET at {span}")
            }
            StatementFault::Expression(fault) => f.write_str(&fault.sentence(Kind::Condition)),
            StatementFault::OrderWithoutWhere => {
                f.write_str("Must have WHERE clause in the statement when using ORDER BY clause.")
            }
            StatementFault::OrderWithoutKey => f.write_str(
                "Must have at least one non-optional hash key condition in WHERE clause when using ORDER BY clause.",
            ),
            StatementFault::OrderOperand(kind) => {
                write!(f, "Argument to ORDER BY must be of type VariableReference. Type: {kind}")
            }
            StatementFault::OrderColumn(name) => write!(
                f,
                "Variable reference {name} in ORDER BY clause must be part of the primary key"
            ),
            StatementFault::KeyMissing => {
                f.write_str("Where clause does not contain a mandatory equality on all key attributes")
            }
            StatementFault::KeyTwice(name) => write!(
                f,
                "Multiple conditions on same key {name}. Only single item Update/Insert/Delete are supported"
            ),
            StatementFault::Overlapping => {
                f.write_str("Overlapping conditions with range keys are not supported in where clause")
            }
            StatementFault::Index => f.write_str("The table does not have the specified index"),
            StatementFault::VectorIndex => f.write_str("Scan operation not supported on this index type"),
            StatementFault::ConsistentGlobal => {
                f.write_str("Strongly consistent read is not supported on Global Secondary Indexes")
            }
            StatementFault::MultiAttributeKey => f.write_str(
                "PartiQL statements cannot be executed on tables with multi-attribute HASH keys or multi-attribute RANGE keys.",
            ),
            StatementFault::Token => f.write_str("Invalid NextToken"),
            StatementFault::ForeignToken => f.write_str("NextToken does not match request"),
            StatementFault::BatchMixed => {
                f.write_str("Read and write requests together in the same batch is not supported.")
            }
            StatementFault::BatchSelect => f.write_str(
                "Select statements within BatchExecuteStatement must specify the primary key in the where clause.",
            ),
            StatementFault::TransactionMixed => f.write_str(
                "ExecuteTransaction API does not support both read and write operations in the same request.",
            ),
            StatementFault::InTransaction(position, fault) => {
                write!(f, "Validation failed in TransactStatements[{position}]: {fault}")
            }
            StatementFault::TransactionSelect => f.write_str(
                "Select statements within ExecuteTransaction must specify the primary key in the where clause.",
            ),
            StatementFault::TransactionIndex => {
                f.write_str("Reads on indices are not supported within transactions.")
            }
            StatementFault::TransactionReturning => {
                f.write_str("RETURNING clause is not supported in ExecuteTransaction.")
            }
            StatementFault::Exists => {
                f.write_str("EXISTS() must contain a single item read with additional condition")
            }
            StatementFault::ExistsIndex => f.write_str("Operations on indices are not supported in transactions"),
            StatementFault::TransactionOperation => f.write_str("Unsupported operation in transaction."),
        }
    }
}

/// A sentence, and the place it is about if there is one.
fn at(f: &mut fmt::Formatter<'_>, sentence: fmt::Arguments<'_>, span: Option<Span>) -> fmt::Result {
    match span {
        Some(span) => write!(f, "{sentence} at {span}"),
        None => f.write_fmt(sentence),
    }
}
