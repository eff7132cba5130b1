//! Why key conditions do not fit the key of what is queried.

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
