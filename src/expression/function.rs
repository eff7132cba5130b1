//! The functions and operators of expressions, and the types of values that they ask about.

use crate::value::flat::{Tag, ValueRef};

/// A function that expressions know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// `attribute_exists(path)`
    AttributeExists,
    /// `attribute_not_exists(path)`
    AttributeNotExists,
    /// `attribute_type(path, type)`
    AttributeType,
    /// `begins_with(operand, beginning)`
    BeginsWith,
    /// `contains(operand, member)`
    Contains,
    /// `size(operand)`
    Size,
    /// `if_not_exists(path, operand)`
    IfNotExists,
    /// `list_append(list, list)`
    ListAppend,
}

impl Function {
    /// The function of a name; names of functions are told apart by case.
    pub(crate) fn of(name: &str) -> Option<Self> {
        Some(match name {
            "attribute_exists" => Function::AttributeExists,
            "attribute_not_exists" => Function::AttributeNotExists,
            "attribute_type" => Function::AttributeType,
            "begins_with" => Function::BeginsWith,
            "contains" => Function::Contains,
            "size" => Function::Size,
            "if_not_exists" => Function::IfNotExists,
            "list_append" => Function::ListAppend,
            _ => return None,
        })
    }

    /// The name as written.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Function::AttributeExists => "attribute_exists",
            Function::AttributeNotExists => "attribute_not_exists",
            Function::AttributeType => "attribute_type",
            Function::BeginsWith => "begins_with",
            Function::Contains => "contains",
            Function::Size => "size",
            Function::IfNotExists => "if_not_exists",
            Function::ListAppend => "list_append",
        }
    }

    /// How many operands it takes.
    pub(super) fn operands(self) -> usize {
        match self {
            Function::AttributeExists | Function::AttributeNotExists | Function::Size => 1,
            Function::AttributeType
            | Function::BeginsWith
            | Function::Contains
            | Function::IfNotExists
            | Function::ListAppend => 2,
        }
    }

    /// True for the functions of updates; the others are those of conditions.
    pub(crate) fn is_of_updates(self) -> bool {
        match self {
            Function::IfNotExists | Function::ListAppend => true,
            Function::AttributeExists
            | Function::AttributeNotExists
            | Function::AttributeType
            | Function::BeginsWith
            | Function::Contains
            | Function::Size => false,
        }
    }

    /// True for a function that is a condition by itself, and can be nothing else.
    pub(crate) fn is_condition(self) -> bool {
        match self {
            Function::AttributeExists
            | Function::AttributeNotExists
            | Function::AttributeType
            | Function::BeginsWith
            | Function::Contains => true,
            Function::Size | Function::IfNotExists | Function::ListAppend => false,
        }
    }
}

/// A comparison of two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparator {
    /// `=`
    Equal,
    /// `<>`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

impl Comparator {
    /// The operator as written.
    pub(crate) fn symbol(self) -> &'static str {
        match self {
            Comparator::Equal => "=",
            Comparator::NotEqual => "<>",
            Comparator::Less => "<",
            Comparator::LessOrEqual => "<=",
            Comparator::Greater => ">",
            Comparator::GreaterOrEqual => ">=",
        }
    }

    /// True for the operators that ask for an order, which only strings, numbers and binaries have.
    pub(crate) fn orders(self) -> bool {
        match self {
            Comparator::Equal | Comparator::NotEqual => false,
            Comparator::Less | Comparator::LessOrEqual | Comparator::Greater | Comparator::GreaterOrEqual => true,
        }
    }

    /// The operator that says the same with its operands exchanged.
    pub(crate) fn exchanged(self) -> Self {
        match self {
            Comparator::Equal => Comparator::Equal,
            Comparator::NotEqual => Comparator::NotEqual,
            Comparator::Less => Comparator::Greater,
            Comparator::LessOrEqual => Comparator::GreaterOrEqual,
            Comparator::Greater => Comparator::Less,
            Comparator::GreaterOrEqual => Comparator::LessOrEqual,
        }
    }
}

/// `+` or `-`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// `+`
    Plus,
    /// `-`
    Minus,
}

impl Sign {
    /// The operator as written.
    pub(super) fn symbol(self) -> &'static str {
        match self {
            Sign::Plus => "+",
            Sign::Minus => "-",
        }
    }
}

/// The type of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// String.
    S,
    /// Number.
    N,
    /// Binary.
    B,
    /// Boolean.
    Bool,
    /// Null.
    Null,
    /// String set.
    Ss,
    /// Number set.
    Ns,
    /// Binary set.
    Bs,
    /// List.
    L,
    /// Map.
    M,
}

impl Type {
    /// The type of an admitted value.
    pub(super) fn of(value: ValueRef<'_>) -> Option<Self> {
        Some(match value.tag().ok()? {
            Tag::Null => Type::Null,
            Tag::False | Tag::True => Type::Bool,
            Tag::S => Type::S,
            Tag::N => Type::N,
            Tag::B => Type::B,
            Tag::Ss => Type::Ss,
            Tag::Ns => Type::Ns,
            Tag::Bs => Type::Bs,
            Tag::L => Type::L,
            Tag::M | Tag::Attributes => Type::M,
            Tag::NullFalse | Tag::NoDatatype | Tag::ManyDatatypes | Tag::Attribute | Tag::Time => return None,
        })
    }

    /// The type that `attribute_type` knows under a name.
    pub(super) fn named(name: &[u8]) -> Option<Self> {
        const TYPES: [Type; 10] = [
            Type::S,
            Type::N,
            Type::B,
            Type::Bool,
            Type::Null,
            Type::Ss,
            Type::Ns,
            Type::Bs,
            Type::L,
            Type::M,
        ];
        TYPES.into_iter().find(|known| known.name().as_bytes() == name)
    }

    /// The name that values, `attribute_type` and most faults give it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Type::S => "S",
            Type::N => "N",
            Type::B => "B",
            Type::Bool => "BOOL",
            Type::Null => "NULL",
            Type::Ss => "SS",
            Type::Ns => "NS",
            Type::Bs => "BS",
            Type::L => "L",
            Type::M => "M",
        }
    }

    /// The name that faults of ADD and DELETE give it.
    pub(super) fn long_name(self) -> &'static str {
        match self {
            Type::S => "STRING",
            Type::N => "NUMBER",
            Type::B => "BINARY",
            Type::Bool => "BOOLEAN",
            Type::Null => "NULL",
            Type::Ss => "STRING_SET",
            Type::Ns => "NUMBER_SET",
            Type::Bs => "BINARY_SET",
            Type::L => "LIST",
            Type::M => "MAP",
        }
    }

    /// True for the types that have an order.
    pub(super) fn is_ordered(self) -> bool {
        matches!(self, Type::S | Type::N | Type::B)
    }

    /// True for the types that `size` measures.
    pub(super) fn has_size(self) -> bool {
        !matches!(self, Type::N | Type::Bool | Type::Null)
    }

    /// True for sets.
    pub(super) fn is_set(self) -> bool {
        matches!(self, Type::Ss | Type::Ns | Type::Bs)
    }
}
