//! Everything that can be wrong about an expression, and AWS's sentence for it.
//!
//! Faults are data. The sentences stand here alone; they were recorded from AWS, and where no record exists they are those
//! of DynamoDB Local, which shares the code of AWS's expressions.

use super::Kind;
use super::function::Type;
use crate::value::Layer;
use crate::value::fault::ValueFault;
use crate::value::number::NumberFault;

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

/// The parameter that defines placeholders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceholderMap {
    /// `ExpressionAttributeNames`
    Names,
    /// `ExpressionAttributeValues`
    Values,
}

impl PlaceholderMap {
    /// The parameter's name.
    pub fn parameter(self) -> &'static str {
        match self {
            PlaceholderMap::Names => "ExpressionAttributeNames",
            PlaceholderMap::Values => "ExpressionAttributeValues",
        }
    }
}

/// What is wrong with ExpressionAttributeNames or the keys of ExpressionAttributeValues.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlaceholderFault {
    /// A map without entries.
    Empty(PlaceholderMap),
    /// More than 2 MB of names and values: the map with which it became too much.
    TooLarge(PlaceholderMap),
    /// An empty key.
    EmptyKey(PlaceholderMap),
    /// A key of more than 255 bytes.
    KeyTooLong {
        /// The map.
        map: PlaceholderMap,
        /// The key's length.
        bytes: usize,
    },
    /// A key that is not a mark and a word.
    InvalidKey {
        /// The map.
        map: PlaceholderMap,
        /// The key.
        key: String,
    },
    /// A name that is empty.
    EmptyName {
        /// The key.
        key: String,
    },
    /// A name over 65,535 bytes.
    NameTooLong {
        /// The key.
        key: String,
    },
    /// Entries that no expression uses.
    Unused {
        /// The map.
        map: PlaceholderMap,
        /// Their keys, in the order in which AWS lists them.
        keys: Vec<String>,
    },
}

impl PlaceholderFault {
    /// The sentence.
    pub fn message(&self) -> String {
        let invalid_key = |map: &PlaceholderMap| format!("{} contains invalid key: ", map.parameter());
        let invalid_name =
            |fault: &str, key: &str| format!("ExpressionAttributeNames contains invalid value: {fault} for key {key}");
        match self {
            PlaceholderFault::Empty(map) => format!("{} must not be empty", map.parameter()),
            // Seen on DynamoDB Local; no recording from AWS.
            PlaceholderFault::TooLarge(map) => format!("{} exceeds max size", map.parameter()),
            PlaceholderFault::EmptyKey(map) => invalid_key(map) + "The expression attribute map contains an empty key;",
            PlaceholderFault::KeyTooLong { map, bytes } => {
                invalid_key(map)
                    + &format!("The expression attribute map contains a key that is too long; size of key: {bytes}")
            }
            PlaceholderFault::InvalidKey { map, key } => invalid_key(map) + &format!("Syntax error; key: \"{key}\""),
            PlaceholderFault::EmptyName { key } => invalid_name("Empty attribute name", key),
            PlaceholderFault::NameTooLong { key } => {
                invalid_name("Attribute name is too large, must be less than 65536 bytes", key)
            }
            PlaceholderFault::Unused { map, keys } => format!(
                "Value provided in {} unused in expressions: keys: {{{}}}",
                map.parameter(),
                keys.join(", ")
            ),
        }
    }
}

/// A value in ExpressionAttributeValues that is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueOfPlaceholder {
    /// The placeholder, `:` included.
    pub key: String,
    /// What is wrong with its value.
    pub fault: ValueFault,
}

impl ValueOfPlaceholder {
    /// The sentence; the older layer wraps what it finds in a value, the newer says the same as of any value.
    pub fn message(&self, layer: Layer) -> String {
        let fault = self.fault.message(layer);
        match layer {
            Layer::Newer => fault,
            Layer::Older => format!(
                "ExpressionAttributeValues contains invalid value: {fault} for key {}",
                self.key
            ),
        }
    }
}

/// Why an update cannot be applied to an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UpdateFault {
    /// An operand's attribute is not in the item.
    MissingAttribute,
    /// A path leads through something that is not there or not a document.
    InvalidPath,
    /// An operand or the attribute has a type that the clause cannot work with.
    OperandType,
    /// A sum or difference that is no number.
    Number(NumberFault),
    /// An attribute would have more levels than it may have.
    TooDeep,
}

impl UpdateFault {
    /// The sentence, bare.
    pub fn message(&self) -> String {
        match self {
            UpdateFault::MissingAttribute => {
                "The provided expression refers to an attribute that does not exist in the item".to_owned()
            }
            UpdateFault::InvalidPath => {
                "The document path provided in the update expression is invalid for update".to_owned()
            }
            UpdateFault::OperandType => "An operand in the update expression has an incorrect data type".to_owned(),
            UpdateFault::Number(fault) => fault.message(b"", Layer::Newer),
            UpdateFault::TooDeep => ValueFault::TooDeep.message(Layer::Newer),
        }
    }
}

/// Why key conditions do not fit a key schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyConditionFault {
    /// More conditions than key attributes.
    TooMany {
        /// Conditions.
        conditions: usize,
        /// Key attributes.
        attributes: usize,
    },
    /// A key attribute that must have a condition has none.
    Missing(String),
    /// A partition key attribute compared with something other than `=`.
    NotSupported,
    /// A sort key attribute compared in a way that no row can be looked up by.
    NotIndexable,
    /// A sort key attribute that must be compared with `=` because a later one has a condition.
    EqualityRequired {
        /// The attributes that need equality.
        attributes: Vec<String>,
        /// The later attribute.
        because_of: String,
    },
    /// A value that is not of the attribute's type.
    TypeMismatch,
    /// An empty string or binary, which no key attribute has.
    EmptyValue {
        /// The attribute.
        attribute: String,
        /// A binary, not a string.
        is_binary: bool,
    },
}

impl KeyConditionFault {
    /// The sentence, bare.
    pub fn message(&self) -> String {
        match self {
            KeyConditionFault::TooMany { conditions, attributes } => format!(
                "The number of query conditions ({conditions}) exceeds \
                 the number of key attributes defined in the schema ({attributes})"
            ),
            KeyConditionFault::Missing(attribute) => format!("Query condition missed key schema element: {attribute}"),
            KeyConditionFault::NotSupported => "Query key condition not supported".to_owned(),
            // Seen on DynamoDB Local; no recording from AWS.
            KeyConditionFault::NotIndexable => {
                "Attempted conditional constraint is not an indexable operation".to_owned()
            }
            KeyConditionFault::EqualityRequired { attributes, because_of } => format!(
                "RANGE key attributes {} must have equality conditions specified in the query \
                 because a condition is present on key attribute {because_of}",
                attributes.join(", ")
            ),
            KeyConditionFault::TypeMismatch => {
                "One or more parameter values were invalid: Condition parameter type does not match schema type"
                    .to_owned()
            }
            KeyConditionFault::EmptyValue { attribute, is_binary } => format!(
                "One or more parameter values are not valid. \
                 The AttributeValue for a key attribute cannot contain an empty {} value. Key: {attribute}",
                if *is_binary { "binary" } else { "string" }
            ),
        }
    }
}
