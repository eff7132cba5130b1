//! Attribute values: a loop over an explicit stack, because a caller may nest them as he likes.

use super::{Fault, Reader, expect_list, expect_map, expect_structure};
use crate::error::serialization::{ATTRIBUTE_VALUE, MapType, Wanted};
use crate::request::wire::scan::{Place, Token};
use crate::value::flat::{Open, Tag};

/// A level of an attribute value.
pub(super) enum Frame {
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

pub(super) struct ValueFrame {
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
    pub(super) fn value_frame(&self) -> Frame {
        Frame::Value(ValueFrame {
            start: self.tree.len(),
            place: Place::First,
            datatype: None,
            many: false,
        })
    }

    pub(super) fn map_frame(&mut self, tag: Tag) -> Frame {
        Frame::Map {
            open: self.tree.open_uncounted(tag),
            count: 0,
            place: Place::First,
            first_entry: self.entries.len(),
        }
    }

    /// Reads an attribute value, or a map of them, behind its bracket.
    pub(super) fn attribute(&mut self, frame: Frame) -> Result<(), Fault> {
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
