//! From a JSON body to a flat request tree.
//!
//! Structures recurse over the operation's shapes, which are a few levels deep; attribute values, which a caller may nest as
//! he likes, are read by a loop over an explicit stack.

mod attribute;
mod entries;

use super::base64::write_decoded;
use super::scan::{Place, ScanFault, Scanner, Token};
use crate::error::Error;
use crate::error::member::{Constraint, MemberFaults};
use crate::error::serialization::{ATTRIBUTE_VALUE, ListInstead, MapType, SerializationFault, Wanted};
use crate::error::serialization::{Token as Word, Token::String as StringWord};
use crate::request::Operation;
use crate::request::rules::{Rule, rules};
use crate::request::shapes::{self, Shape, Structure};
use crate::request::tree::parse_integer;
use crate::value::flat::{Cursor, Map, Tag, Writer};
use attribute::Frame;
use entries::Entry;

type Fault = SerializationFault;

/// Reads an operation's JSON body into a flat request tree.
///
/// # Errors
/// The first thing that is no JSON or does not fit the operation's shapes, in document order; a member that the strict reader
/// of one operation misses.
pub fn read_body(operation: Operation, body: &[u8]) -> Result<Vec<u8>, Error> {
    let text = std::str::from_utf8(body).map_err(|_| Fault::NotJson)?;
    let mut reader = Reader {
        text,
        // One operation's JSON is read by another framework, to which null is a value of its own.
        is_strict: operation == Operation::SearchVectors,
        scanner: Scanner::new(text),
        // A tree is about as long as its text.
        tree: Writer::appending(Vec::with_capacity(text.len())),
        entries: Vec::new(),
        frames: Vec::new(),
    };
    match reader.scanner.value().map_err(Fault::from)? {
        Token::Object => reader.structure(shapes::input(operation))?,
        Token::List
        | Token::String(_)
        | Token::Integer(_)
        | Token::Decimal(_)
        | Token::True
        | Token::False
        | Token::Null => return Err(Fault::NoObject.into()),
    }
    if reader.is_strict {
        reader.check_required(operation)?;
    }
    reader.scanner.end().map_err(Fault::from)?;
    Ok(reader.tree.into_bytes())
}

impl From<ScanFault> for SerializationFault {
    fn from(fault: ScanFault) -> Self {
        match fault {
            ScanFault::Syntax => Fault::NotJson,
            ScanFault::TooDeep => Fault::TooDeep,
        }
    }
}

struct Reader<'a> {
    text: &'a str,
    /// True if null does not stand for a member that is absent.
    is_strict: bool,
    scanner: Scanner<'a>,
    tree: Writer,
    /// The entries of the maps being read, innermost map last.
    entries: Vec<Entry>,
    /// The levels of the attribute value being read; kept for its allocation.
    frames: Vec<Frame>,
}

impl<'a> Reader<'a> {
    /// Reads a structure behind its bracket.
    fn structure(&mut self, structure: &'static Structure) -> Result<(), Fault> {
        let open = self.tree.open_uncounted(Tag::M);
        let start = self.tree.len();
        let (mut count, mut seen, mut place) = (0, 0u64, Place::First);
        while let Some(name) = self.scanner.member(&mut place)? {
            let token = self.scanner.value()?;
            let Some((position, member)) = structure.member(&name) else {
                self.scanner.skip(&token)?;
                continue;
            };
            if self.is_strict && token == Token::Null {
                return Err(self.null_member(&member.shape));
            }
            let bit = 1u64 << position;
            if seen & bit != 0 {
                self.remove_entry(start, member.name);
                seen &= !bit;
                count -= 1;
            }
            if token != Token::Null {
                self.tree.text(member.name.as_bytes());
                self.shaped(&member.shape, token)?;
                seen |= bit;
                count += 1;
            }
        }
        self.tree.close_counted(open, count);
        Ok(())
    }

    /// Line and column of what was read last.
    fn line_and_column(&self) -> (usize, usize) {
        let read = self.text.get(..self.scanner.position()).unwrap_or_default();
        let line_start = read.rfind('\n').map_or(0, |at| at + 1);
        let line = 1 + read.bytes().filter(|byte| *byte == b'\n').count();
        (line, read.len() - line_start)
    }

    /// Looks for members that the strict reader cannot do without, once the structure that lacks them has been read.
    fn check_required(&self, operation: Operation) -> Result<(), Error> {
        let Ok(members) = Map::read(self.tree.bytes()) else {
            return Ok(());
        };
        let is_required = |rule: &&Rule| rule.checks.iter().any(|check| check.constraint == Constraint::NotNull);
        let required = rules(operation).members.iter().filter(is_required);
        let mut names = required.map(|rule| rule.member);
        match names.find(|name| members.get(name.as_bytes()).is_none()) {
            None => Ok(()),
            Some(member) => {
                let (line, column) = self.line_and_column();
                Err(Error::invalid(MemberFaults::MissingField { member, line, column }))
            }
        }
    }

    /// What the strict reader says about a null that it has just read.
    fn null_member(&self, shape: &Shape) -> Fault {
        let (line, column) = self.line_and_column();
        Fault::NullMember {
            expected: match shape {
                Shape::String => "a string",
                Shape::Integer => "i32",
                Shape::List(_) => "a sequence",
                Shape::Map(_) | Shape::Attributes => "a map",
                // Members that the operation does not have.
                Shape::Boolean
                | Shape::Long
                | Shape::Double
                | Shape::Timestamp
                | Shape::Blob
                | Shape::AttributeValue
                | Shape::Structure(_) => "a value",
            },
            line,
            column,
        }
    }

    /// Takes back the entry of a name among those written since `start`.
    fn remove_entry(&mut self, start: usize, name: &str) {
        let mut cursor = Cursor::new(self.tree.bytes().get(start..).unwrap_or_default());
        let mut at = start;
        while let (Ok(key), Ok(_)) = (cursor.text(), cursor.value()) {
            let end = self.tree.len() - cursor.rest().len();
            if key == name.as_bytes() {
                self.tree.remove(at..end);
                return;
            }
            at = end;
        }
        debug_assert!(false, "a member that was seen was written");
    }

    /// Reads a value of a shape whose first token was `token`.
    fn shaped(&mut self, shape: &'static Shape, token: Token<'a>) -> Result<(), Fault> {
        match shape {
            Shape::String => self.scalar(token, Wanted::String),
            Shape::Boolean => self.scalar(token, Wanted::Boolean),
            Shape::Integer => self.scalar(token, Wanted::Integer),
            Shape::Long => self.scalar(token, Wanted::Long),
            Shape::Double => self.scalar(token, Wanted::Double),
            Shape::Timestamp => self.scalar(token, Wanted::Date),
            Shape::Blob => self.binary(&token, Some(Tag::B)),
            Shape::AttributeValue => {
                expect_structure(&token, ATTRIBUTE_VALUE)?;
                self.tree.tag(Tag::Attribute);
                let frame = self.value_frame();
                self.attribute(frame)
            }
            Shape::Attributes => {
                expect_map(&token, MapType::ToStructure(ATTRIBUTE_VALUE))?;
                let frame = self.map_frame(Tag::Attributes);
                self.attribute(frame)
            }
            Shape::List(element) => {
                expect_list(&token)?;
                self.list(element)
            }
            Shape::Map(value) => {
                expect_map(&token, value.map_type())?;
                self.map(value)
            }
            Shape::Structure(structure) => {
                expect_structure(&token, structure.name)?;
                self.structure(structure)
            }
        }
    }

    fn list(&mut self, element: &'static Shape) -> Result<(), Fault> {
        let open = self.tree.open_uncounted(Tag::L);
        let (mut count, mut place) = (0, Place::First);
        while self.scanner.element(&mut place)? {
            let token = self.scanner.value()?;
            if token == Token::Null {
                return Err(Fault::NullElement);
            }
            self.shaped(element, token)?;
            count += 1;
        }
        self.tree.close_counted(open, count);
        Ok(())
    }

    fn map(&mut self, value: &'static Shape) -> Result<(), Fault> {
        let open = self.tree.open_uncounted(Tag::M);
        let first_entry = self.entries.len();
        let (mut count, mut place) = (0, Place::First);
        while let Some(name) = self.scanner.member(&mut place)? {
            let token = self.scanner.value()?;
            if token == Token::Null {
                continue;
            }
            self.entry(&name);
            self.shaped(value, token)?;
            count += 1;
        }
        self.close_map(open, count, first_entry);
        Ok(())
    }

    /// Begins an entry of a map.
    /// Reads a scalar that is no binary.
    fn scalar(&mut self, token: Token<'a>, wanted: Wanted) -> Result<(), Fault> {
        let inconvertible = |token| Err(Fault::Inconvertible { token, wanted });
        match token {
            Token::String(text) => match wanted {
                Wanted::String => self.tree.scalar(Tag::S, text.as_bytes()),
                Wanted::Boolean | Wanted::Integer | Wanted::Long | Wanted::Date | Wanted::Double => {
                    return inconvertible(StringWord);
                }
            },
            Token::Integer(text) | Token::Decimal(text) => match wanted {
                Wanted::Integer | Wanted::Long => {
                    let value = parse_integer(text).ok_or(Fault::NotJson)?;
                    self.tree.scalar(Tag::N, value.to_string().as_bytes());
                }
                Wanted::Date | Wanted::Double => self.tree.scalar(Tag::N, text.as_bytes()),
                Wanted::String | Wanted::Boolean => {
                    let is_integer = matches!(token, Token::Integer(_));
                    return inconvertible(if is_integer { Word::Number } else { Word::Decimal });
                }
            },
            Token::True | Token::False => {
                let value = token == Token::True;
                match wanted {
                    Wanted::Boolean => self.tree.bool(value),
                    Wanted::String | Wanted::Integer | Wanted::Long | Wanted::Date | Wanted::Double => {
                        return inconvertible(if value { Word::True } else { Word::False });
                    }
                }
            }
            Token::List => {
                return Err(Fault::List {
                    wanted: ListInstead::Scalar(wanted),
                });
            }
            Token::Object => return Err(Fault::MapUnexpected),
            Token::Null => return Err(Fault::NullElement),
        }
        Ok(())
    }

    /// Reads base64: a member of its own behind a tag, a member of a set without one.
    fn binary(&mut self, token: &Token<'a>, tag: Option<Tag>) -> Result<(), Fault> {
        match token {
            Token::String(text) => write_decoded(text, &mut self.tree, tag),
            Token::List => Err(Fault::List {
                wanted: ListInstead::Blob,
            }),
            Token::Object => Err(Fault::MapUnexpected),
            Token::Null => Err(Fault::NullElement),
            Token::Integer(_) | Token::Decimal(_) | Token::True | Token::False => Err(Fault::NotBase64),
        }
    }
}

/// Makes sure that a list starts.
fn expect_list(token: &Token<'_>) -> Result<(), Fault> {
    match token {
        Token::List => Ok(()),
        Token::Object => Err(Fault::MapUnexpected),
        Token::Null => Err(Fault::NullElement),
        Token::String(_) | Token::Integer(_) | Token::Decimal(_) | Token::True | Token::False => Err(Fault::FieldType),
    }
}

/// Makes sure that a map starts.
fn expect_map(token: &Token<'_>, values: MapType) -> Result<(), Fault> {
    match token {
        Token::Object => Ok(()),
        Token::List => Err(Fault::List {
            wanted: ListInstead::Map(values),
        }),
        Token::Null => Err(Fault::NullElement),
        Token::String(_) | Token::Integer(_) | Token::Decimal(_) | Token::True | Token::False => Err(Fault::FieldType),
    }
}

/// Makes sure that a structure starts.
fn expect_structure(token: &Token<'_>, name: &'static str) -> Result<(), Fault> {
    match token {
        Token::Object => Ok(()),
        Token::List => Err(Fault::List {
            wanted: ListInstead::Structure(name),
        }),
        Token::Null => Err(Fault::NullElement),
        Token::String(_) | Token::Integer(_) | Token::Decimal(_) | Token::True | Token::False => Err(Fault::ValueType),
    }
}
