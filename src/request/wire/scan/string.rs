//! Text, and the escapes in it.

use super::{ScanFault, Scanner};
use crate::request::wire::first_special;
use std::borrow::Cow;

impl<'a> Scanner<'a> {
    /// Reads text from its opening quote to its closing one.
    pub(super) fn string(&mut self) -> Result<Cow<'a, str>, ScanFault> {
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
