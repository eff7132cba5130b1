//! Why a JSON body cannot be read as the operation's input: the causes of a SerializationException.
//!
//! The sentences are those of the Java framework in front of the service, which reads the body token by token and stops at
//! the first value that does not fit the shape it is read into.

use std::borrow::Cow;

/// The cause of a SerializationException.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SerializationFault {
    /// The body is not JSON.
    NotJson,
    /// The body is JSON, but no object.
    NoObject,
    /// A scalar of one kind where another is wanted.
    Inconvertible {
        /// What stands in the body.
        token: Token,
        /// What is wanted.
        wanted: Wanted,
    },
    /// A list where no list belongs.
    List {
        /// What is wanted, as a Java type.
        wanted: ListInstead,
    },
    /// A map where no map belongs.
    MapUnexpected,
    /// A scalar where a list or a map is wanted.
    FieldType,
    /// A scalar where a structure is wanted.
    ValueType,
    /// A number or boolean where binary is wanted.
    NotBase64,
    /// Base64 text of an impossible length.
    Base64Length {
        /// Characters found.
        length: usize,
    },
    /// Base64 text that ends in padding or bits that no encoder writes.
    Base64Padding,
    /// A character that base64 does not have.
    Base64Character {
        /// The character.
        character: char,
    },
    /// A list element or map value that is `null`: absent is possible for members only.
    NullElement,
    /// A member that is `null` where the body has a strict reader: it does not take that for absent.
    NullMember {
        /// What is wanted, in that reader's words.
        expected: &'static str,
        /// The line, counted from one.
        line: usize,
        /// Bytes of the line up to the end of the `null`.
        column: usize,
    },
    /// Nested deeper than any request that the service would look at.
    TooDeep,
}

/// A scalar token of the body, in the framework's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token {
    /// A string.
    String,
    /// An integer.
    Number,
    /// A number with a fraction or an exponent.
    Decimal,
    /// `true`
    True,
    /// `false`
    False,
}

impl Token {
    fn as_str(self) -> &'static str {
        match self {
            Token::String => "STRING_VALUE",
            Token::Number => "NUMBER_VALUE",
            Token::Decimal => "DECIMAL_VALUE",
            Token::True => "TRUE_VALUE",
            Token::False => "FALSE_VALUE",
        }
    }
}

/// A scalar type that a member has, in the framework's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Text.
    String,
    /// `true` or `false`.
    Boolean,
    /// 32 bits.
    Integer,
    /// 64 bits.
    Long,
    /// A time.
    Date,
    /// A floating point number.
    Double,
}

impl Wanted {
    fn as_str(self) -> &'static str {
        match self {
            Wanted::String => "String",
            Wanted::Boolean => "Boolean",
            Wanted::Integer => "Integer",
            Wanted::Long => "Long",
            Wanted::Date => "Date",
            Wanted::Double => "Double",
        }
    }
}

/// What was wanted where a list stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListInstead {
    /// A scalar.
    Scalar(Wanted),
    /// Binary.
    Blob,
    /// A map from names to a scalar or structure, by its Java type.
    Map(MapType),
    /// A structure, by its shape's name.
    Structure(&'static str),
}

/// What the values of a map are, as far as a sentence shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MapType {
    /// Text.
    ToString,
    /// A structure, by its shape's name.
    ToStructure(&'static str),
    /// A list of structures, by their shape's name.
    ToList(&'static str),
    /// A map of attributes.
    ToMap(&'static str),
}

/// The shape that items, keys and values are made of.
pub const ATTRIBUTE_VALUE: &str = "AttributeValue";

const MODEL: &str = "com.amazonaws.dynamodb.v20120810.";

impl SerializationFault {
    /// The sentence, or `None` for a body that is no JSON at all.
    pub fn message(&self) -> Option<Cow<'static, str>> {
        let sentence: Cow<'static, str> = match self {
            SerializationFault::NotJson => return None,
            SerializationFault::NoObject => "Unexpected token received from parser".into(),
            SerializationFault::Inconvertible { token, wanted } => {
                format!("{} cannot be converted to {}", token.as_str(), wanted.as_str()).into()
            }
            SerializationFault::List { wanted } => format!("Unrecognized collection type {}", wanted.java()).into(),
            SerializationFault::MapUnexpected => "Start of structure or map found where not expected".into(),
            SerializationFault::FieldType => "Unexpected field type".into(),
            SerializationFault::ValueType => "Unexpected value type in payload".into(),
            SerializationFault::NotBase64 => "only base-64-encoded strings are convertible to bytes".into(),
            SerializationFault::Base64Length { length } => {
                format!("Base64 encoded length is expected a multiple of 4 bytes but found: {length}").into()
            }
            SerializationFault::Base64Padding => "Invalid last non-pad Base64 character dectected".into(),
            SerializationFault::Base64Character { character } => {
                format!("Invalid Base64 character: '{character}'").into()
            }
            SerializationFault::NullElement => "Unexpected token received from parser".into(),
            SerializationFault::NullMember { expected, line, column } => {
                format!("invalid type: null, expected {expected} at line {line} column {column}").into()
            }
            SerializationFault::TooDeep => "Unexpected token received from parser".into(),
        };
        Some(sentence)
    }
}

impl ListInstead {
    fn java(self) -> String {
        match self {
            ListInstead::Scalar(Wanted::Date) => "class java.util.Date".to_owned(),
            ListInstead::Scalar(wanted) => format!("class java.lang.{}", wanted.as_str()),
            ListInstead::Blob => "class java.nio.ByteBuffer".to_owned(),
            ListInstead::Structure(shape) => format!("class {MODEL}{shape}"),
            ListInstead::Map(value) => format!("java.util.Map<java.lang.String, {}>", value.java()),
        }
    }
}

impl MapType {
    fn java(self) -> String {
        match self {
            MapType::ToString => "java.lang.String".to_owned(),
            MapType::ToStructure(shape) => format!("{MODEL}{shape}"),
            MapType::ToList(shape) => format!("java.util.List<{MODEL}{shape}>"),
            MapType::ToMap(shape) => format!("java.util.Map<java.lang.String, {MODEL}{shape}>"),
        }
    }
}
