//! A JSON tokenizer: one pass over text, a token at a time, on nobody's stack.
//!
//! A parser of the usual kind recurses once a level, and its faults come from the end of the text as well as from the place
//! that does not fit. A body must be read as the service reads it: token by token, stopping at the first that does not suit
//! the shape, telling integers from decimals whatever their size, and with a bound on depth that is the same on a wasm stack
//! and a native one. So this is the smallest thing that hands out tokens in document order; the tests hold it against
//! `serde_json`.

mod number;
mod string;

use std::borrow::Cow;

/// Brackets that may be open at once, in members that are read and in members that are ignored. AWS's own parser stops
/// there too; an attribute value takes two a level.
pub const DEPTH_MAX: usize = 1000;

/// Why the text has no next token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScanFault {
    /// It is not JSON here.
    Syntax,
    /// More than [`DEPTH_MAX`] open brackets.
    TooDeep,
}

/// The first token of a value. For an object or a list that is its bracket: its content follows through
/// [`Scanner::member`] and [`Scanner::element`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token<'a> {
    /// `{`
    Object,
    /// `[`
    List,
    /// Text, unescaped.
    String(Cow<'a, str>),
    /// A number without fraction or exponent, as written.
    Integer(&'a str),
    /// Any other number, as written.
    Decimal(&'a str),
    /// `true`
    True,
    /// `false`
    False,
    /// `null`
    Null,
}

/// Whether a bracket has just been opened, so that no comma is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Behind the opening bracket.
    First,
    /// Behind a value.
    Later,
}

/// A reading position in JSON text.
#[derive(Clone, Debug)]
pub struct Scanner<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl<'a> Scanner<'a> {
    /// Starts before the first token.
    pub fn new(text: &'a str) -> Self {
        Scanner { text, at: 0, depth: 0 }
    }

    /// Bytes read so far.
    pub fn position(&self) -> usize {
        self.at
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The next byte that is no blank, unread.
    fn peek_past_blanks(&mut self) -> Result<u8, ScanFault> {
        loop {
            match self.peek() {
                Some(b' ' | b'\t' | b'\n' | b'\r') => self.at += 1,
                Some(byte) => return Ok(byte),
                None => return Err(ScanFault::Syntax),
            }
        }
    }

    fn expect(&mut self, byte: u8) -> Result<(), ScanFault> {
        if self.peek_past_blanks()? == byte {
            self.at += 1;
            Ok(())
        } else {
            Err(ScanFault::Syntax)
        }
    }

    fn open(&mut self) -> Result<(), ScanFault> {
        self.at += 1;
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            Err(ScanFault::TooDeep)
        } else {
            Ok(())
        }
    }

    fn close(&mut self) {
        debug_assert!(self.depth > 0, "a bracket was opened before it closes");
        self.at += 1;
        self.depth = self.depth.saturating_sub(1);
    }

    /// Reads a value's first token.
    pub fn value(&mut self) -> Result<Token<'a>, ScanFault> {
        match self.peek_past_blanks()? {
            b'"' => self.string().map(Token::String),
            b'{' => self.open().map(|()| Token::Object),
            b'[' => self.open().map(|()| Token::List),
            b't' => self.word("true", Token::True),
            b'f' => self.word("false", Token::False),
            b'n' => self.word("null", Token::Null),
            b'-' | b'0'..=b'9' => self.number(),
            _ => Err(ScanFault::Syntax),
        }
    }

    /// Reads the name of an object's next member and the colon, or the closing bracket.
    pub fn member(&mut self, place: &mut Place) -> Result<Option<Cow<'a, str>>, ScanFault> {
        if self.closes(b'}', place)? {
            return Ok(None);
        }
        if self.peek_past_blanks()? != b'"' {
            return Err(ScanFault::Syntax);
        }
        let name = self.string()?;
        self.expect(b':')?;
        Ok(Some(name))
    }

    /// True when a list has another element, which [`Scanner::value`] reads; otherwise its closing bracket was read.
    pub fn element(&mut self, place: &mut Place) -> Result<bool, ScanFault> {
        Ok(!self.closes(b']', place)?)
    }

    /// Reads the closing bracket, or the comma that is due.
    fn closes(&mut self, bracket: u8, place: &mut Place) -> Result<bool, ScanFault> {
        if self.peek_past_blanks()? == bracket {
            self.close();
            return Ok(true);
        }
        if *place == Place::Later {
            self.expect(b',')?;
        }
        *place = Place::Later;
        Ok(false)
    }

    /// Reads past the rest of a value whose first token was `token`.
    pub fn skip(&mut self, token: &Token<'a>) -> Result<(), ScanFault> {
        let mut brackets = Vec::new();
        self.enter(token, &mut brackets);
        while let Some((bracket, place)) = brackets.last_mut() {
            let more = if *bracket == b'}' {
                self.member(place)?.is_some()
            } else {
                self.element(place)?
            };
            if more {
                let token = self.value()?;
                self.enter(&token, &mut brackets);
            } else {
                brackets.pop();
            }
        }
        Ok(())
    }

    fn enter(&self, token: &Token<'a>, brackets: &mut Vec<(u8, Place)>) {
        match token {
            Token::Object => brackets.push((b'}', Place::First)),
            Token::List => brackets.push((b']', Place::First)),
            Token::String(_) | Token::Integer(_) | Token::Decimal(_) | Token::True | Token::False | Token::Null => {}
        }
    }

    /// Makes sure that nothing but blanks is left.
    pub fn end(mut self) -> Result<(), ScanFault> {
        match self.peek_past_blanks() {
            Ok(_) => Err(ScanFault::Syntax),
            Err(_) => Ok(()),
        }
    }

    fn word(&mut self, word: &str, token: Token<'a>) -> Result<Token<'a>, ScanFault> {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        if !rest.starts_with(word.as_bytes()) {
            return Err(ScanFault::Syntax);
        }
        self.at += word.len();
        // `nulls` is no token, and no blank is needed before a comma or bracket.
        match self.peek() {
            Some(byte) if byte.is_ascii_alphanumeric() => Err(ScanFault::Syntax),
            _ => Ok(token),
        }
    }
}

#[cfg(test)]
mod tests;
