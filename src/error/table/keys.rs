//! What can be wrong about the keys of a table and its indexes, and about the definitions of their attributes.

use super::INVALID;
use std::fmt;

/// A fault of keys, or of the attributes they are made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeysFault {
    /// `Invalid KeySchema: …`
    Schema(SchemaFault),
    /// A table or a local index with other key attributes than the definitions, where there is no other index.
    DefinitionCount,
    /// Definitions that no key uses.
    DefinitionsUnused {
        /// Names defined.
        defined: Vec<String>,
        /// Names that keys use.
        used: Vec<String>,
    },
    /// Key attributes without a definition.
    DefinitionsMissing {
        /// The names of the key that lacks some.
        keys: Vec<String>,
        /// Names defined.
        defined: Vec<String>,
    },
    /// An attribute defined twice.
    DefinitionTwice {
        /// The attribute.
        name: String,
    },
    /// HASH attributes behind RANGE attributes, in an index of several.
    KeyOrder,
    /// More than four of one kind, in an index of several.
    KeyAttributes {
        /// `HASH` or `RANGE`.
        key_type: &'static str,
    },
    /// A new index without any definitions.
    DefinitionsAbsent {
        /// The index.
        index: String,
    },
}

impl fmt::Display for KeysFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            KeysFault::Schema(fault) => write!(f, "Invalid KeySchema: {fault}"),
            KeysFault::DefinitionCount => write!(
                f,
                "{INVALID}Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions"
            ),
            KeysFault::DefinitionsUnused { defined, used } => write!(
                f,
                "{INVALID}Some AttributeDefinitions are not used. AttributeDefinitions: {}, keys used: {}",
                List(defined),
                List(used)
            ),
            KeysFault::DefinitionsMissing { keys, defined } => {
                write!(
                    f,
                    "{INVALID}Some index key attributes are not defined in AttributeDefinitions. Keys: {}, AttributeDefinitions: {}",
                    List(keys),
                    List(defined)
                )
            }
            KeysFault::DefinitionTwice { name } => write!(f, "Attribute Name is duplicated: {name}"),
            KeysFault::KeyOrder => write!(
                f,
                "{INVALID}All HASH key attributes must precede RANGE key attributes in the KeySchema"
            ),
            KeysFault::KeyAttributes { key_type } => write!(
                f,
                "{INVALID}The KeySchema exceeds the maximum allowed number of {key_type} key attributes"
            ),
            KeysFault::DefinitionsAbsent { index } => {
                write!(f, "{INVALID}AttributeDefinitions is not specified for index: {index}")
            }
        }
    }
}

/// What is wrong with a KeySchema by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SchemaFault {
    /// The first element is no HASH.
    FirstNotHash,
    /// The second element is no RANGE.
    SecondNotRange,
    /// A key attribute without a definition, or one attribute twice.
    NotDefined,
}

impl fmt::Display for SchemaFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            SchemaFault::FirstNotHash => "The first KeySchemaElement is not a HASH key type",
            SchemaFault::SecondNotRange => "The second KeySchemaElement is not a RANGE key type",
            SchemaFault::NotDefined => "Some index key attribute have no definition",
        })
    }
}

/// Names as Java prints a list.
struct List<'a>(&'a [String]);

impl fmt::Display for List<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{}]", self.0.join(", "))
    }
}
