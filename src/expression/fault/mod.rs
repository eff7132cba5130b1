//! Everything that can be wrong about an expression, and AWS's sentence for it.
//!
//! Faults are data. The sentences stand here alone; they were recorded from AWS, and where no record exists they are those
//! of DynamoDB Local, which shares the code of AWS's expressions.

mod key_condition;
mod placeholder;
mod update;

pub use key_condition::KeyConditionFault;
pub use placeholder::{PlaceholderFault, PlaceholderMap, ValueOfPlaceholder};
pub use update::UpdateFault;

use super::Kind;
use super::function::Type;

/// The types an attribute can have, in the order in which AWS lists them.
const VALID_TYPES: &str = "{N,BS,L,B,NULL,M,S,SS,NS,BOOL}";

/// What AWS calls the type of an attribute where `attribute_type` wants the name of a type.
const ANY_TYPE: &str =
    "{DOUBLE,INT,DECIMAL,DICT,N,NS,HDS,HD,FS,L,B,BOOL,NULL,M,S,DECIMALSET,INTSET,FLOAT,SS,BS,DOUBLESET}";

/// What is wrong with an expression: found in its text, or when its names and values were resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExpressionFault {
    /// An empty text.
    Empty,
    /// More than 4,096 bytes.
    TooLong {
        /// The text's length.
        bytes: usize,
    },
    /// A token that cannot stand where it does.
    Syntax {
        /// The token, `<EOF>` at the end.
        token: String,
        /// The text from the token before to the token behind.
        near: String,
    },
    /// Two pairs of parentheses around one thing.
    RedundantParentheses,
    /// A reserved word used as a name.
    ReservedWord(String),
    /// A list index beyond 31 bits.
    IndexRange(String),
    /// A function that does not exist.
    UnknownFunction(String),
    /// A function that conditions do not have.
    NotInConditions(&'static str),
    /// A function that updates do not have.
    NotInUpdates(&'static str),
    /// A condition where an operand belongs, or the other way round.
    MisplacedFunction(&'static str),
    /// A section of an update that comes twice.
    SectionTwice(&'static str),
    /// A `#name` that the request does not define.
    UndefinedName(String),
    /// A `:value` that the request does not define.
    UndefinedValue(String),
    /// A path of more than 32 elements.
    PathTooDeep {
        /// The number of its elements.
        levels: usize,
    },
    /// A function with too few or too many operands.
    OperandCount {
        /// The function.
        operator: &'static str,
        /// How many it was given.
        count: usize,
    },
    /// More than 100 values behind IN.
    TooManyInOperands {
        /// How many there are.
        count: usize,
    },
    /// More than 300 operators and functions.
    TooManyOperators,
    /// An operand of a type that the operator or function cannot have.
    OperandType {
        /// The operator or function.
        operator: &'static str,
        /// The operand's type.
        operand: Type,
    },
    /// A path where `attribute_type` wants the name of a type.
    TypeFromPath,
    /// Not the name of a type.
    UnknownType(String),
    /// ADD or DELETE with a value of a type that it does not take.
    ActionType {
        /// The section.
        section: &'static str,
        /// The value's type.
        operand: Type,
    },
    /// A function of something that is not a path.
    PathRequired(&'static str),
    /// A path compared with itself.
    SameOperands {
        /// The operator or function.
        operator: &'static str,
        /// The path as faults print it.
        path: String,
    },
    /// BETWEEN with bounds of two types.
    BoundTypes {
        /// The lower bound as faults print values.
        lower: String,
        /// The upper bound.
        upper: String,
    },
    /// BETWEEN with a lower bound above the upper one.
    BoundsReversed {
        /// The lower bound as faults print values.
        lower: String,
        /// The upper bound.
        upper: String,
    },
    /// Two paths of which one is the beginning of the other.
    Overlap {
        /// The path written first.
        one: String,
        /// The path written later.
        two: String,
    },
    /// Two paths that use one value as a map and as a list.
    Conflict {
        /// The path written first.
        one: String,
        /// The path written later.
        two: String,
    },
    /// An operator that key conditions do not have.
    KeyOperator(&'static str),
    /// An operand of a key condition that is neither attribute nor value.
    KeyNestedOperation,
    /// A key condition on something inside an attribute.
    KeyNestedAttribute,
    /// A key condition without an attribute.
    KeyWithoutAttribute,
    /// A key condition that compares two attributes.
    KeyManyAttributes,
    /// A key condition with the attribute in another place than the first.
    KeyAttributeNotFirst(&'static str),
    /// Two conditions on one attribute.
    KeyTwice,
    /// A search condition that is more than equality.
    SearchComparator,
}

impl ExpressionFault {
    /// The sentence, naming the parameter. Bare of any envelope: that is the operation's.
    pub fn message(&self, kind: Kind) -> String {
        format!("Invalid {}: {}", kind.parameter(), self.sentence(kind))
    }

    /// The sentence without the parameter, for what did not come in one.
    pub fn sentence(&self, kind: Kind) -> String {
        match self {
            ExpressionFault::Empty => "The expression can not be empty;".to_owned(),
            ExpressionFault::TooLong { bytes } => match kind {
                Kind::Update => "Expression size has exceeded the maximum allowed size;".to_owned(),
                Kind::Condition | Kind::Filter | Kind::KeyCondition | Kind::SearchCondition | Kind::Projection => {
                    format!("Expression size has exceeded the maximum allowed size; expression size: {bytes}")
                }
            },
            ExpressionFault::Syntax { token, near } => format!("Syntax error; token: \"{token}\", near: \"{near}\""),
            ExpressionFault::RedundantParentheses => "The expression has redundant parentheses;".to_owned(),
            ExpressionFault::ReservedWord(word) => {
                format!("Attribute name is a reserved keyword; reserved keyword: {word}")
            }
            ExpressionFault::IndexRange(index) => {
                format!("List index is not within the allowable range; index: [{index}]")
            }
            ExpressionFault::UnknownFunction(name) => format!("Invalid function name; function: {name}"),
            ExpressionFault::NotInConditions(name) => {
                format!("The function is not allowed in a condition expression; function: {name}")
            }
            ExpressionFault::NotInUpdates(name) => {
                format!("The function is not allowed in an update expression; function: {name}")
            }
            ExpressionFault::MisplacedFunction(name) => {
                format!("The function is not allowed to be used this way in an expression; function: {name}")
            }
            ExpressionFault::SectionTwice(section) => {
                format!("The \"{section}\" section can only be used once in an update expression;")
            }
            ExpressionFault::UndefinedName(name) => {
                format!("An expression attribute name used in the document path is not defined; attribute name: {name}")
            }
            ExpressionFault::UndefinedValue(value) => {
                format!("An expression attribute value used in expression is not defined; attribute value: {value}")
            }
            ExpressionFault::PathTooDeep { levels } => {
                format!("The document path has too many nesting levels; nesting levels: {levels}")
            }
            ExpressionFault::OperandCount { operator, count } => format!(
                "Incorrect number of operands for operator or function; \
                 operator or function: {operator}, number of operands: {count}"
            ),
            ExpressionFault::TooManyInOperands { count } => {
                format!("The IN operator is provided with too many operands; number of operands: {count}")
            }
            // The count stops at the first operator too many.
            ExpressionFault::TooManyOperators => {
                "The expression contains too many operators; operator count: 301".to_owned()
            }
            ExpressionFault::OperandType { operator, operand } => operand_type(operator, operand.name()),
            ExpressionFault::TypeFromPath => operand_type("attribute_type", ANY_TYPE),
            ExpressionFault::UnknownType(name) => {
                format!("Invalid attribute type name found; type: {name}, valid types: {VALID_TYPES}")
            }
            ExpressionFault::ActionType { section, operand } => format!(
                "Incorrect operand type for operator or function; \
                 operator: {section}, operand type: {}, typeSet: ALLOWED_FOR_{section}_OPERAND",
                operand.long_name()
            ),
            ExpressionFault::PathRequired(function) => {
                format!("Operator or function requires a document path; operator or function: {function}")
            }
            ExpressionFault::SameOperands { operator, path } => format!(
                "The first operand must be distinct from the remaining operands for this operator or function; \
                 operator: {operator}, first operand: {path}"
            ),
            ExpressionFault::BoundTypes { lower, upper } => format!(
                "The BETWEEN operator requires same data type for lower and upper bounds; \
                 lower bound operand: AttributeValue: {lower}, upper bound operand: AttributeValue: {upper}"
            ),
            ExpressionFault::BoundsReversed { lower, upper } => format!(
                "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; \
                 lower bound operand: AttributeValue: {lower}, upper bound operand: AttributeValue: {upper}"
            ),
            ExpressionFault::Overlap { one, two } => two_paths("overlap", one, two),
            ExpressionFault::Conflict { one, two } => two_paths("conflict", one, two),
            ExpressionFault::KeyOperator(operator) => {
                format!("Invalid operator used in KeyConditionExpression: {operator}")
            }
            ExpressionFault::KeyNestedOperation => {
                "KeyConditionExpressions cannot contain nested operations".to_owned()
            }
            ExpressionFault::KeyNestedAttribute => {
                "KeyConditionExpressions cannot have conditions on nested attributes".to_owned()
            }
            ExpressionFault::KeyWithoutAttribute => {
                "Invalid condition in KeyConditionExpression: No key attribute specified".to_owned()
            }
            ExpressionFault::KeyManyAttributes => {
                "Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition".to_owned()
            }
            ExpressionFault::KeyAttributeNotFirst(operator) => format!(
                "Invalid condition in KeyConditionExpression: \
                 {operator} operator must have the key attribute as its first operand"
            ),
            ExpressionFault::KeyTwice => "KeyConditionExpressions must only contain one condition per key".to_owned(),
            ExpressionFault::SearchComparator => "Invalid comparator used in SearchConditionExpression".to_owned(),
        }
    }
}

fn operand_type(operator: &str, operand: &str) -> String {
    format!(
        "Incorrect operand type for operator or function; \
         operator or function: {operator}, operand type: {operand}"
    )
}

fn two_paths(relation: &str, one: &str, two: &str) -> String {
    format!(
        "Two document paths {relation} with each other; \
         must remove or rewrite one of these paths; path one: {one}, path two: {two}"
    )
}
