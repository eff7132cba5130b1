//! A JSON tokenizer: one pass over text, a token at a time, on nobody's stack.
//!
//! A parser of the usual kind recurses once a level, and its faults come from the end of the text as well as from the place
//! that does not fit. A body must be read as the service reads it: token by token, stopping at the first that does not suit
//! the shape, telling integers from decimals whatever their size, and with a bound on depth that is the same on a wasm stack
//! and a native one. So this is the smallest thing that hands out tokens in document order; the tests hold it against
//! `serde_json`.

use super::first_special;
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

    fn digits(&mut self) -> usize {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        self.at - start
    }

    fn number(&mut self) -> Result<Token<'a>, ScanFault> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        let leading_zero = self.peek() == Some(b'0');
        let digits = self.digits();
        if digits == 0 || (leading_zero && digits > 1) {
            return Err(ScanFault::Syntax);
        }
        let mut decimal = false;
        if self.peek() == Some(b'.') {
            self.at += 1;
            decimal = true;
            if self.digits() == 0 {
                return Err(ScanFault::Syntax);
            }
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            decimal = true;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            if self.digits() == 0 {
                return Err(ScanFault::Syntax);
            }
        }
        if self.peek().is_some_and(|byte| byte.is_ascii_alphanumeric()) {
            return Err(ScanFault::Syntax);
        }
        let text = self.text.get(start..self.at).ok_or(ScanFault::Syntax)?;
        Ok(if decimal {
            Token::Decimal(text)
        } else {
            Token::Integer(text)
        })
    }

    /// Reads text from its opening quote to its closing one.
    fn string(&mut self) -> Result<Cow<'a, str>, ScanFault> {
        self.at += 1;
        let start = self.at;
        let plain = self.plain()?;
        if self.peek() == Some(b'"') {
            self.at += 1;
            return Ok(Cow::Borrowed(plain));
        }
        let mut text = self.text.get(start..self.at).unwrap_or_default().to_owned();
        loop {
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(Cow::Owned(text));
                }
                Some(_) => text.push(self.escape()?),
                None => return Err(ScanFault::Syntax),
            }
            text.push_str(self.plain()?);
        }
    }

    /// Reads up to the next quote or backslash.
    fn plain(&mut self) -> Result<&'a str, ScanFault> {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let length = first_special(rest).ok_or(ScanFault::Syntax)?;
        if rest.get(length).is_some_and(|byte| *byte < 0x20) {
            return Err(ScanFault::Syntax);
        }
        // A quote or a backslash is never inside a character, so both ends are character boundaries.
        let plain = self.text.get(self.at..self.at + length).ok_or(ScanFault::Syntax)?;
        self.at += length;
        Ok(plain)
    }

    /// Reads an escape from its backslash on.
    fn escape(&mut self) -> Result<char, ScanFault> {
        self.at += 1;
        let letter = self.peek().ok_or(ScanFault::Syntax)?;
        self.at += 1;
        Ok(match letter {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.unicode_escape(),
            _ => return Err(ScanFault::Syntax),
        })
    }

    /// Reads the digits behind `\u`, and the second half of a pair. Half a pair stands for no character: refused.
    fn unicode_escape(&mut self) -> Result<char, ScanFault> {
        let first = self.hex4()?;
        let scalar = if (0xd800..0xdc00).contains(&first) {
            if self.peek() != Some(b'\\') {
                return Err(ScanFault::Syntax);
            }
            self.at += 1;
            if self.peek() != Some(b'u') {
                return Err(ScanFault::Syntax);
            }
            self.at += 1;
            let second = self.hex4()?;
            if !(0xdc00..0xe000).contains(&second) {
                return Err(ScanFault::Syntax);
            }
            0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00)
        } else {
            first
        };
        char::from_u32(scalar).ok_or(ScanFault::Syntax)
    }

    fn hex4(&mut self) -> Result<u32, ScanFault> {
        let digits = self.text.get(self.at..self.at + 4).ok_or(ScanFault::Syntax)?;
        if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(ScanFault::Syntax);
        }
        self.at += 4;
        u32::from_str_radix(digits, 16).map_err(|_| ScanFault::Syntax)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;

    /// Reads one value into what `serde_json` makes of it.
    fn parse(text: &str) -> Result<Value, ScanFault> {
        let mut scanner = Scanner::new(text);
        let token = scanner.value()?;
        let value = build(&mut scanner, token)?;
        scanner.end()?;
        Ok(value)
    }

    fn build(scanner: &mut Scanner<'_>, token: Token<'_>) -> Result<Value, ScanFault> {
        let mut place = Place::First;
        Ok(match token {
            Token::Null => Value::Null,
            Token::True => Value::Bool(true),
            Token::False => Value::Bool(false),
            Token::String(text) => Value::String(text.into_owned()),
            Token::Integer(text) | Token::Decimal(text) => serde_json::from_str(text).map_err(|_| ScanFault::Syntax)?,
            Token::List => {
                let mut list = Vec::new();
                while scanner.element(&mut place)? {
                    let token = scanner.value()?;
                    list.push(build(scanner, token)?);
                }
                Value::Array(list)
            }
            Token::Object => {
                let mut map = serde_json::Map::new();
                while let Some(name) = scanner.member(&mut place)? {
                    let token = scanner.value()?;
                    map.insert(name.into_owned(), build(scanner, token)?);
                }
                Value::Object(map)
            }
        })
    }

    fn json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::Bool),
            any::<i64>().prop_map(Value::from),
            "\\PC{0,8}".prop_map(Value::String),
            any::<String>().prop_map(Value::String),
        ];
        leaf.prop_recursive(4, 32, 4, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::Array),
                proptest::collection::vec(("\\PC{0,3}", inner), 0..4).prop_map(|entries| entries.into_iter().collect()),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_serde_json_writes_is_read_back(value in json(), pretty in any::<bool>()) {
            let text = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) }.unwrap();
            prop_assert_eq!(parse(&text), Ok(value));
        }

        #[test]
        fn what_serde_json_refuses_is_refused(text in "[\\[\\]{},:\"\\\\ 01.eEu+tfnrlasdbx-]{0,12}") {
            prop_assert_eq!(parse(&text).ok(), serde_json::from_str::<Value>(&text).ok(), "{}", text);
        }

        #[test]
        fn skipping_reads_as_far_as_reading(value in json(), tail in "[ ,\\]}]{0,2}") {
            let text = format!("{value}{tail}");
            let mut skipping = Scanner::new(&text);
            let token = skipping.value().unwrap();
            skipping.skip(&token).unwrap();
            let mut reading = Scanner::new(&text);
            let token = reading.value().unwrap();
            build(&mut reading, token).unwrap();
            prop_assert_eq!(skipping.at, reading.at);
        }
    }

    #[test]
    fn a_number_beyond_any_machine_number_is_a_token() {
        let mut scanner = Scanner::new("1e99999 ");
        assert_eq!(scanner.value(), Ok(Token::Decimal("1e99999")));
        let mut scanner = Scanner::new("123456789012345678901234567890]");
        assert_eq!(scanner.value(), Ok(Token::Integer("123456789012345678901234567890")));
    }

    #[test]
    fn half_a_surrogate_pair_is_refused() {
        for text in [r#""\ud800""#, r#""\udc00""#, r#""\ud800\u0041""#, r#""\ud800x""#] {
            assert_eq!(parse(text), Err(ScanFault::Syntax), "{text}");
        }
        assert_eq!(parse(r#""\ud83d\ude00""#), Ok(Value::from("\u{1f600}")));
    }

    #[test]
    fn depth_is_bounded_in_what_is_read_and_in_what_is_skipped() {
        for (depth, outcome) in [(DEPTH_MAX, Ok(())), (DEPTH_MAX + 1, Err(ScanFault::TooDeep))] {
            let text = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
            let mut scanner = Scanner::new(&text);
            let token = scanner.value().unwrap();
            assert_eq!(scanner.skip(&token), outcome);
        }
    }
}
