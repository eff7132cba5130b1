//! Numbers as they are written, integers told from others.

use super::{ScanFault, Scanner, Token};

impl<'a> Scanner<'a> {
    fn digits(&mut self) -> usize {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        self.at - start
    }

    /// Reads a number.
    pub(super) fn number(&mut self) -> Result<Token<'a>, ScanFault> {
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
}
