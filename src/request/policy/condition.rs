//! Conditions of statements: operators over the keys that a request has.
//!
//! Understood: the string, ARN, `Bool` and `Null` operators, with `ForAllValues:`, `ForAnyValue:` and `IfExists`. The numeric, date
//! and address operators are read and kept, but nothing here has keys of their kinds, so that they find their key absent. As on
//! AWS, a key that is absent fails an operator, and satisfies one that negates or that ends in `IfExists`.

use super::evaluate::{Access, wildcard};

/// A test of one key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// What is tested.
    pub operator: Operator,
    /// The key, such as `dynamodb:LeadingKeys`.
    pub key: String,
    /// What it is tested against.
    pub values: Vec<String>,
}

/// An operator with its prefix and suffix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operator {
    /// Which of a key's values count.
    pub quantifier: Quantifier,
    /// The test.
    pub test: Test,
    /// True with `IfExists` behind it.
    pub if_exists: bool,
}

/// Which of a key's several values must pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantifier {
    /// The key has one.
    One,
    /// All of them; none is fine.
    All,
    /// At least one.
    Any,
}

macro_rules! tests {
    ($($name:ident),* $(,)?) => {
        /// What an operator asks, named as in the policy language.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs, reason = "named as in the policy language")]
        pub enum Test {
            $($name),*
        }

        impl Test {
            const ALL: &'static [Test] = &[$(Test::$name),*];

            fn name(self) -> &'static str {
                match self {
                    $(Test::$name => stringify!($name)),*
                }
            }
        }
    };
}

tests! {
    StringEquals,
    StringNotEquals,
    StringEqualsIgnoreCase,
    StringNotEqualsIgnoreCase,
    StringLike,
    StringNotLike,
    ArnEquals,
    ArnNotEquals,
    ArnLike,
    ArnNotLike,
    Bool,
    Null,
    NumericEquals,
    NumericNotEquals,
    NumericLessThan,
    NumericLessThanEquals,
    NumericGreaterThan,
    NumericGreaterThanEquals,
    DateEquals,
    DateNotEquals,
    DateLessThan,
    DateLessThanEquals,
    DateGreaterThan,
    DateGreaterThanEquals,
    BinaryEquals,
    IpAddress,
    NotIpAddress,
}

impl Operator {
    /// The operator of a name; operators are named without regard to case.
    pub fn parse(name: &str) -> Option<Operator> {
        let (quantifier, rest) = match name.split_once(':') {
            None => (Quantifier::One, name),
            Some((prefix, rest)) if prefix.eq_ignore_ascii_case("ForAllValues") => (Quantifier::All, rest),
            Some((prefix, rest)) if prefix.eq_ignore_ascii_case("ForAnyValue") => (Quantifier::Any, rest),
            Some(_) => return None,
        };
        const SUFFIX: &str = "IfExists";
        let stem = rest
            .len()
            .checked_sub(SUFFIX.len())
            .and_then(|at| rest.split_at_checked(at));
        let (rest, if_exists) = match stem {
            Some((stem, suffix)) if suffix.eq_ignore_ascii_case(SUFFIX) => (stem, true),
            Some(_) | None => (rest, false),
        };
        let test = Test::ALL.iter().find(|test| test.name().eq_ignore_ascii_case(rest))?;
        Some(Operator {
            quantifier,
            test: *test,
            if_exists,
        })
    }

    /// The operator's name.
    pub fn name(self) -> String {
        let prefix = match self.quantifier {
            Quantifier::One => "",
            Quantifier::All => "ForAllValues:",
            Quantifier::Any => "ForAnyValue:",
        };
        let suffix = if self.if_exists { "IfExists" } else { "" };
        format!("{prefix}{}{suffix}", self.test.name())
    }
}

impl Test {
    /// True for operators that hold where their opposite does not.
    fn is_negated(self) -> bool {
        matches!(
            self,
            Test::StringNotEquals
                | Test::StringNotEqualsIgnoreCase
                | Test::StringNotLike
                | Test::ArnNotEquals
                | Test::ArnNotLike
                | Test::NumericNotEquals
                | Test::DateNotEquals
                | Test::NotIpAddress
        )
    }

    /// True if `value` is like `wanted`, whichever way round the operator turns it.
    fn matches(self, value: &str, wanted: &str) -> bool {
        match self {
            Test::StringEquals | Test::StringNotEquals => value == wanted,
            Test::StringEqualsIgnoreCase | Test::StringNotEqualsIgnoreCase | Test::Bool => {
                value.eq_ignore_ascii_case(wanted)
            }
            Test::StringLike
            | Test::StringNotLike
            | Test::ArnEquals
            | Test::ArnNotEquals
            | Test::ArnLike
            | Test::ArnNotLike => wildcard(wanted, value),
            // The key's absence is all that these see.
            Test::Null
            | Test::NumericEquals
            | Test::NumericNotEquals
            | Test::NumericLessThan
            | Test::NumericLessThanEquals
            | Test::NumericGreaterThan
            | Test::NumericGreaterThanEquals
            | Test::DateEquals
            | Test::DateNotEquals
            | Test::DateLessThan
            | Test::DateLessThanEquals
            | Test::DateGreaterThan
            | Test::DateGreaterThanEquals
            | Test::BinaryEquals
            | Test::IpAddress
            | Test::NotIpAddress => false,
        }
    }
}

impl Condition {
    /// True if the condition holds for a request.
    pub fn holds(&self, access: &Access<'_>) -> bool {
        let found = access.values(&self.key);
        let Operator {
            quantifier,
            test,
            if_exists,
        } = self.operator;
        if test == Test::Null {
            let absent = if found.is_empty() { "true" } else { "false" };
            return self.values.iter().any(|wanted| wanted.eq_ignore_ascii_case(absent));
        }
        if found.is_empty() {
            return match quantifier {
                Quantifier::All => true,
                Quantifier::Any => if_exists,
                Quantifier::One => if_exists || test.is_negated(),
            };
        }
        let passes = |value: &String| {
            let like = self.values.iter().any(|wanted| test.matches(value, wanted));
            like != test.is_negated()
        };
        match quantifier {
            Quantifier::One | Quantifier::Any => found.iter().any(passes),
            Quantifier::All => found.iter().all(passes),
        }
    }
}
