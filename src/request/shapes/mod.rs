//! The shapes of requests, as data: what a JSON body is read into, member by member.
//!
//! The data comes from AWS's own service model; constraints on members are not here but in [`super::rules`], because what
//! the service enforces and how it words it differs from the model.

mod model;

pub use model::input;

use crate::error::serialization::{ATTRIBUTE_VALUE, MapType};

/// What a member holds.
#[derive(Debug)]
pub enum Shape {
    /// Text.
    String,
    /// `true` or `false`.
    Boolean,
    /// 32 bits.
    Integer,
    /// 64 bits.
    Long,
    /// A floating point number.
    Double,
    /// Seconds since the epoch.
    Timestamp,
    /// Binary outside of an attribute value.
    Blob,
    /// One attribute value.
    AttributeValue,
    /// A map of attribute values: an item, a key, expression values.
    Attributes,
    /// A list.
    List(&'static Shape),
    /// A map from text.
    Map(&'static Shape),
    /// Members by name.
    Structure(&'static Structure),
}

/// A structure and its members, in the model's order.
#[derive(Debug)]
pub struct Structure {
    /// The shape's name in the model.
    pub name: &'static str,
    /// Its members.
    pub members: &'static [Member],
}

/// One member of a structure.
#[derive(Debug)]
pub struct Member {
    /// Its name in the API.
    pub name: &'static str,
    /// What it holds.
    pub shape: Shape,
}

impl Structure {
    /// The member of a name, with its position.
    pub fn member(&self, name: &str) -> Option<(usize, &'static Member)> {
        let members: &'static [Member] = self.members;
        members.iter().enumerate().find(|(_, member)| member.name == name)
    }
}

impl Shape {
    /// How the framework in front of the service names the values of a map of these.
    pub fn map_type(&self) -> MapType {
        match self {
            Shape::AttributeValue => MapType::ToStructure(ATTRIBUTE_VALUE),
            Shape::Attributes => MapType::ToMap(ATTRIBUTE_VALUE),
            Shape::Structure(structure) => MapType::ToStructure(structure.name),
            Shape::List(Shape::Structure(structure)) => MapType::ToList(structure.name),
            Shape::String
            | Shape::Boolean
            | Shape::Integer
            | Shape::Long
            | Shape::Double
            | Shape::Timestamp
            | Shape::Blob
            | Shape::List(_)
            | Shape::Map(_) => MapType::ToString,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::Operation;

    /// The reader marks the members it has seen in 64 bits.
    #[test]
    fn every_operation_has_an_input_of_at_most_64_members() {
        for operation in Operation::ALL {
            assert!(input(*operation).members.len() <= 64, "{}", operation.name());
        }
    }

    #[test]
    fn the_legacy_parameters_have_their_shapes() {
        let (_, expected) = input(Operation::PutItem).member("Expected").unwrap();
        assert_eq!(
            expected_value(&expected.shape).member("Exists").map(|(at, _)| at),
            Some(1)
        );
    }

    fn expected_value(shape: &Shape) -> &'static Structure {
        let Shape::Map(Shape::Structure(structure)) = shape else {
            panic!("a map of structures")
        };
        structure
    }
}
