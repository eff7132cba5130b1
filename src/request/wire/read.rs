//! From a JSON body to a flat request tree.
//!
//! Structures recurse over the operation's shapes, which are a few levels deep; attribute values, which a caller may nest as
//! he likes, are read by a loop over an explicit stack.

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
use crate::value::flat::{Cursor, Map, Open, Tag, Writer};

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

/// An entry of a map.
#[derive(Clone, Copy)]
struct Entry {
    /// Where it starts in the tree.
    start: usize,
    /// The first bytes of its name: mostly enough to tell it from others.
    head: u64,
}

impl Entry {
    fn new(start: usize, name: &[u8]) -> Self {
        let mut head = [0; 8];
        head.iter_mut().zip(name).for_each(|(to, from)| *to = *from);
        Entry {
            start,
            head: u64::from_le_bytes(head),
        }
    }

    /// The entry's name, as it was written.
    fn name<'t>(&self, tree: &'t [u8]) -> &'t [u8] {
        let written = tree.get(self.start..).unwrap_or_default();
        Cursor::new(written).text().unwrap_or_default()
    }
}

/// A level of an attribute value.
enum Frame {
    /// `{"S": …}`
    Value(ValueFrame),
    /// The elements of an L.
    List { open: Open, count: usize, place: Place },
    /// The entries of an M.
    Map {
        open: Open,
        count: usize,
        place: Place,
        first_entry: usize,
    },
}

struct ValueFrame {
    /// Where the value starts.
    start: usize,
    place: Place,
    datatype: Option<Datatype>,
    /// A second datatype was met: what is written is replaced at the end.
    many: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Datatype {
    S,
    N,
    B,
    Bool,
    Null,
    Ss,
    Ns,
    Bs,
    L,
    M,
}

impl Datatype {
    fn named(name: &str) -> Option<Self> {
        Some(match name.as_bytes() {
            b"S" => Datatype::S,
            b"N" => Datatype::N,
            b"B" => Datatype::B,
            b"BOOL" => Datatype::Bool,
            b"NULL" => Datatype::Null,
            b"SS" => Datatype::Ss,
            b"NS" => Datatype::Ns,
            b"BS" => Datatype::Bs,
            b"L" => Datatype::L,
            b"M" => Datatype::M,
            _ => return None,
        })
    }
}

/// What a level does after one of its tokens.
enum Step {
    Stay,
    Enter(Frame),
    Leave,
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
    fn entry(&mut self, name: &str) {
        self.entries.push(Entry::new(self.tree.len(), name.as_bytes()));
        self.tree.text(name.as_bytes());
    }

    /// Closes a map after dropping the entries that a later one of the same name replaces.
    fn close_map(&mut self, open: Open, count: usize, first_entry: usize) {
        let entries = self.entries.get(first_entry..).unwrap_or_default();
        let replaced = replaced_entries(self.tree.bytes(), entries);
        let end = self.tree.len();
        for position in replaced.iter().rev() {
            let start = entries.get(*position).map_or(end, |entry| entry.start);
            let next = entries.get(*position + 1).map_or(end, |entry| entry.start);
            self.tree.remove(start..next);
        }
        self.entries.truncate(first_entry);
        self.tree.close_counted(open, count - replaced.len());
    }

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

    fn value_frame(&self) -> Frame {
        Frame::Value(ValueFrame {
            start: self.tree.len(),
            place: Place::First,
            datatype: None,
            many: false,
        })
    }

    fn map_frame(&mut self, tag: Tag) -> Frame {
        Frame::Map {
            open: self.tree.open_uncounted(tag),
            count: 0,
            place: Place::First,
            first_entry: self.entries.len(),
        }
    }

    /// Reads an attribute value, or a map of them, behind its bracket.
    fn attribute(&mut self, frame: Frame) -> Result<(), Fault> {
        // Taken out for the time of the walk: the levels' steps need the rest of the reader.
        let mut frames = std::mem::take(&mut self.frames);
        debug_assert!(frames.is_empty(), "attribute values do not hold other shapes");
        frames.push(frame);
        while let Some(frame) = frames.last_mut() {
            let step = match frame {
                Frame::Value(value) => self.value_step(value)?,
                Frame::List { count, place, .. } => self.list_step(count, place)?,
                Frame::Map { count, place, .. } => self.map_step(count, place)?,
            };
            match step {
                Step::Stay => {}
                Step::Enter(inner) => frames.push(inner),
                Step::Leave => {
                    if let Some(frame) = frames.pop() {
                        self.leave(frame);
                    }
                }
            }
        }
        self.frames = frames;
        Ok(())
    }

    /// Ends a level whose closing bracket was read.
    fn leave(&mut self, frame: Frame) {
        match frame {
            Frame::Value(value) if value.many => {
                self.tree.rewind(value.start);
                self.tree.tag(Tag::ManyDatatypes);
            }
            Frame::Value(value) if value.datatype.is_none() => self.tree.tag(Tag::NoDatatype),
            Frame::Value(_) => {}
            Frame::List { open, count, .. } => self.tree.close_counted(open, count),
            Frame::Map {
                open,
                count,
                first_entry,
                ..
            } => self.close_map(open, count, first_entry),
        }
    }

    fn value_step(&mut self, frame: &mut ValueFrame) -> Result<Step, Fault> {
        let Some(name) = self.scanner.member(&mut frame.place)? else {
            return Ok(Step::Leave);
        };
        let token = self.scanner.value()?;
        let Some(datatype) = Datatype::named(&name) else {
            self.scanner.skip(&token)?;
            return Ok(Step::Stay);
        };
        if frame.datatype == Some(datatype) {
            self.tree.rewind(frame.start);
            frame.datatype = None;
        }
        if token == Token::Null {
            return Ok(Step::Stay);
        }
        frame.many |= frame.datatype.is_some();
        frame.datatype = Some(datatype);
        self.datatype(datatype, token)
    }

    /// Reads what stands behind a datatype's name.
    fn datatype(&mut self, datatype: Datatype, token: Token<'a>) -> Result<Step, Fault> {
        match datatype {
            Datatype::S => self.scalar(token, Wanted::String)?,
            Datatype::N => {
                if let Token::String(text) = &token {
                    self.tree.scalar(Tag::N, text.as_bytes());
                } else {
                    self.scalar(token, Wanted::String)?;
                }
            }
            Datatype::B => self.binary(&token, Some(Tag::B))?,
            Datatype::Bool => self.scalar(token, Wanted::Boolean)?,
            Datatype::Null => {
                if token == Token::True {
                    self.tree.tag(Tag::Null);
                } else if token == Token::False {
                    self.tree.tag(Tag::NullFalse);
                } else {
                    self.scalar(token, Wanted::Boolean)?;
                }
            }
            Datatype::Ss => self.set(&token, Tag::Ss)?,
            Datatype::Ns => self.set(&token, Tag::Ns)?,
            Datatype::Bs => self.set(&token, Tag::Bs)?,
            Datatype::L => {
                expect_list(&token)?;
                return Ok(Step::Enter(Frame::List {
                    open: self.tree.open_uncounted(Tag::L),
                    count: 0,
                    place: Place::First,
                }));
            }
            Datatype::M => {
                expect_map(&token, MapType::ToStructure(ATTRIBUTE_VALUE))?;
                return Ok(Step::Enter(self.map_frame(Tag::M)));
            }
        }
        Ok(Step::Stay)
    }

    fn set(&mut self, token: &Token<'a>, tag: Tag) -> Result<(), Fault> {
        expect_list(token)?;
        let open = self.tree.open_uncounted(tag);
        let (mut count, mut place) = (0, Place::First);
        while self.scanner.element(&mut place)? {
            let token = self.scanner.value()?;
            if tag == Tag::Bs {
                self.binary(&token, None)?;
            } else if let Token::String(text) = &token {
                self.tree.text(text.as_bytes());
            } else {
                self.scalar(token, Wanted::String)?;
            }
            count += 1;
        }
        self.tree.close_counted(open, count);
        Ok(())
    }

    fn list_step(&mut self, count: &mut usize, place: &mut Place) -> Result<Step, Fault> {
        if !self.scanner.element(place)? {
            return Ok(Step::Leave);
        }
        *count += 1;
        let token = self.scanner.value()?;
        self.nested(&token)
    }

    fn map_step(&mut self, count: &mut usize, place: &mut Place) -> Result<Step, Fault> {
        let Some(name) = self.scanner.member(place)? else {
            return Ok(Step::Leave);
        };
        *count += 1;
        self.entry(&name);
        let token = self.scanner.value()?;
        self.nested(&token)
    }

    /// An attribute value inside another, or inside a map of attributes. A null there is a value without a datatype.
    fn nested(&mut self, token: &Token<'a>) -> Result<Step, Fault> {
        if *token == Token::Null {
            self.tree.tag(Tag::NoDatatype);
            return Ok(Step::Stay);
        }
        expect_structure(token, ATTRIBUTE_VALUE)?;
        Ok(Step::Enter(self.value_frame()))
    }
}

/// Entries of a map that are compared with each other one by one; more of them are sorted.
const COMPARED_ENTRIES_MAX: usize = 16;

/// Positions, ascending, of the entries that a later entry of the same name replaces.
fn replaced_entries(tree: &[u8], entries: &[Entry]) -> Vec<usize> {
    if entries.len() <= COMPARED_ENTRIES_MAX {
        let is_replaced = |position: usize| {
            let (earlier, later) = entries.split_at(position + 1);
            let same = |own: &Entry, other: &Entry| own.head == other.head && own.name(tree) == other.name(tree);
            earlier
                .last()
                .is_some_and(|own| later.iter().any(|other| same(own, other)))
        };
        return (0..entries.len()).filter(|position| is_replaced(*position)).collect();
    }
    let mut names: Vec<(&[u8], usize)> = entries.iter().map(|entry| entry.name(tree)).zip(0..).collect();
    names.sort_unstable();
    let pairs = names.iter().zip(names.iter().skip(1));
    let mut replaced: Vec<usize> = pairs
        .filter(|((own, _), (next, _))| own == next)
        .map(|((_, position), _)| *position)
        .collect();
    replaced.sort_unstable();
    replaced
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
