//! How the operations' inputs are declared, and what reads a tree into them.
//!
//! [`input!`] takes structures and closed sets of words as one would write them and gives each a [`FromTree`]. Members have the
//! names of their fields in the API's spelling, found while compiling. A structure adds no loop of its own to the module: one
//! loop walks every structure's members and looks their names up in a table, and a structure only says which field a position
//! stands for. Forty structures read by serde's derived visitors took three times the code.

use super::read::{Reader, TreeFault};

/// A type that a request's tree can be read into.
pub trait FromTree<'a>: Sized {
    /// What a field holds before its member is read. Of a member that the API demands nobody sees it: without the member the
    /// structure is refused.
    const BLANK: Self;
    /// Whether a structure without this member is refused.
    const DEMANDED: bool = true;
    /// Reads the next value.
    ///
    /// # Errors
    /// [`TreeFault`]: the tree holds something else.
    fn fill(&mut self, reader: &mut Reader<'a>) -> Result<(), TreeFault>;
}

/// A structure's fields by position, as its [`Members`] number them.
pub trait Fields<'a> {
    /// Reads the next value into the field at `position`.
    ///
    /// # Errors
    /// [`TreeFault`]: the tree holds something else.
    fn fill_field(&mut self, position: usize, reader: &mut Reader<'a>) -> Result<(), TreeFault>;
}

/// A structure's name, and its members in the order of its fields.
pub struct Members {
    /// The structure's name in the API.
    pub(super) name: &'static str,
    pub(super) members: &'static [Member],
    /// The positions of those that the API demands, as a set.
    pub(super) demanded: u32,
}

/// A member of a structure.
pub struct Member {
    /// Its name in the API.
    pub name: &'static str,
    /// Whether the structure is refused without it.
    pub demanded: bool,
}

impl Members {
    /// The members of the structure that the API calls `name`.
    pub const fn new(name: &'static str, members: &'static [Member]) -> Self {
        assert!(members.len() <= u32::BITS as usize, "members are marked in 32 bits");
        let mut demanded = 0;
        let mut position = 0;
        while position < members.len() {
            demanded |= (members[position].demanded as u32) << position;
            position += 1;
        }
        Members {
            name,
            members,
            demanded,
        }
    }
}

/// Declares structures and closed sets of words that request trees are read into.
///
/// ```text
/// input! {
///     pub struct DescribeStream<'a> {
///         pub stream_arn: &'a str,                        // demanded: `StreamArn`
///         pub limit: Option<i32>,                         // may be absent, or null
///         pub filter_type as "Type": Option<FilterType>,  // spelled out where the rule gives another name
///     }
///     pub enum FilterType {
///         ChildShards,                                    // the word CHILD_SHARDS
///         Aes256 as "AES256",
///     }
/// }
/// ```
macro_rules! input {
    () => {};
    (
        $(#[$attribute:meta])*
        pub struct $name:ident<$tree:lifetime> $(as $api:literal)? { $($fields:tt)* }
        $($rest:tt)*
    ) => {
        $crate::request::tree::input! { @structure [$(#[$attribute])*] $name [<$tree>] $tree [$($api)?] { $($fields)* } }
        $crate::request::tree::input! { $($rest)* }
    };
    (
        $(#[$attribute:meta])*
        pub struct $name:ident $(as $api:literal)? { $($fields:tt)* }
        $($rest:tt)*
    ) => {
        $crate::request::tree::input! { @structure [$(#[$attribute])*] $name [] 'tree [$($api)?] { $($fields)* } }
        $crate::request::tree::input! { $($rest)* }
    };
    (
        $(#[$attribute:meta])*
        pub enum $name:ident { $($(#[$about:meta])* $variant:ident $(as $word:literal)?),* $(,)? }
        $($rest:tt)*
    ) => {
        $(#[$attribute])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name { $($(#[$about])* $variant),* }

        impl $name {
            const ALL: &'static [$name] = &[$($name::$variant),*];
            const WORDS: &'static [&'static str] =
                &[$($crate::request::tree::api_name!(screaming, $variant $(, $word)?)),*];

            /// The word in the API.
            pub fn word(self) -> &'static str {
                $name::WORDS.get(self as usize).copied().unwrap_or_default()
            }
        }

        /// The word, as responses show it.
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.word())
            }
        }

        impl<'tree> $crate::request::tree::FromTree<'tree> for $name {
            const BLANK: Self = $name::ALL[0];
            fn fill(
                &mut self,
                reader: &mut $crate::request::tree::Reader<'tree>,
            ) -> Result<(), $crate::request::tree::TreeFault> {
                let position = reader.word($name::WORDS)?;
                *self = *$name::ALL.get(position).ok_or($crate::request::tree::TreeFault::Malformed)?;
                Ok(())
            }
        }
        $crate::request::tree::input! { $($rest)* }
    };
    (
        @structure [$(#[$attribute:meta])*] $name:ident [$($generics:tt)*] $tree:lifetime [$($api:literal)?]
        { $($(#[$about:meta])* pub $field:ident $(as $member:literal)? : $type:ty),* $(,)? }
    ) => {
        $(#[$attribute])*
        #[derive(Clone, Debug)]
        pub struct $name $($generics)* { $($(#[$about])* pub $field: $type),* }

        impl<$tree> $crate::request::tree::FromTree<$tree> for $name $($generics)* {
            const BLANK: Self = $name { $($field: <$type as $crate::request::tree::FromTree<$tree>>::BLANK),* };
            fn fill(
                &mut self,
                reader: &mut $crate::request::tree::Reader<$tree>,
            ) -> Result<(), $crate::request::tree::TreeFault> {
                let members = const {
                    &$crate::request::tree::Members::new(
                        $crate::request::tree::api_name!(as_it_is, $name $(, $api)?),
                        const {
                            &[$($crate::request::tree::Member {
                                name: $crate::request::tree::api_name!(pascal, $field $(, $member)?),
                                demanded: <$type as $crate::request::tree::FromTree<$tree>>::DEMANDED,
                            }),*]
                        },
                    )
                };
                reader.structure(members, self)
            }
        }

        impl<$tree> $crate::request::tree::Fields<$tree> for $name $($generics)* {
            #[allow(dead_code, unused_variables, non_camel_case_types, reason = "an enum numbers the fields; some have none")]
            fn fill_field(
                &mut self,
                position: usize,
                reader: &mut $crate::request::tree::Reader<$tree>,
            ) -> Result<(), $crate::request::tree::TreeFault> {
                enum Position { $($field),* }
                $(if position == Position::$field as usize {
                    return $crate::request::tree::FromTree::fill(&mut self.$field, reader);
                })*
                Err($crate::request::tree::TreeFault::Malformed)
            }
        }
    };
}

/// A Rust identifier in the API's spelling, as a `&'static str`; a spelling given after it wins.
macro_rules! api_name {
    ($style:ident, $name:ident, $given:literal) => {
        $given
    };
    (as_it_is, $name:ident) => {
        stringify!($name)
    };
    ($style:ident, $name:ident) => {{
        const NAME: $crate::request::tree::ApiName = $crate::request::tree::ApiName::$style(stringify!($name));
        const BYTES: [u8; NAME.len()] = NAME.bytes();
        match std::str::from_utf8(&BYTES) {
            Ok(name) => name,
            Err(_) => "",
        }
    }};
}

pub(crate) use {api_name, input};

/// Longest name that is derived from an identifier.
const NAME_BYTES_MAX: usize = 64;

/// A name of the API while it is made, which happens while compiling.
#[allow(clippy::len_without_is_empty, reason = "no name is empty")]
pub struct ApiName {
    bytes: [u8; NAME_BYTES_MAX],
    length: usize,
}

impl ApiName {
    const EMPTY: ApiName = ApiName {
        bytes: [0; NAME_BYTES_MAX],
        length: 0,
    };

    const fn push(&mut self, byte: u8) {
        self.bytes[self.length] = byte;
        self.length += 1;
    }

    /// `table_name` as `TableName`.
    pub const fn pascal(field: &str) -> Self {
        let from = field.as_bytes();
        let mut name = ApiName::EMPTY;
        let mut position = 0;
        let mut starts_word = true;
        while position < from.len() {
            if from[position] == b'_' {
                starts_word = true;
            } else if starts_word {
                name.push(from[position].to_ascii_uppercase());
                starts_word = false;
            } else {
                name.push(from[position]);
            }
            position += 1;
        }
        name
    }

    /// `AllOld` as `ALL_OLD`.
    pub const fn screaming(variant: &str) -> Self {
        let from = variant.as_bytes();
        let mut name = ApiName::EMPTY;
        let mut position = 0;
        while position < from.len() {
            if from[position].is_ascii_uppercase() && position > 0 {
                name.push(b'_');
            }
            name.push(from[position].to_ascii_uppercase());
            position += 1;
        }
        name
    }

    /// Its length in bytes.
    pub const fn len(&self) -> usize {
        self.length
    }

    /// Its bytes, and no more: `N` is [`ApiName::len`].
    pub const fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        bytes.copy_from_slice(self.bytes.split_at(N).0);
        bytes
    }
}
