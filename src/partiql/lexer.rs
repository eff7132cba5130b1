//! Tokens of a statement, each with the place where it stands.

use super::ast::Span;
use super::fault::Malformed;
use super::keywords::keyword;

/// What a token is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token<'s> {
    /// A name without quotes, as written.
    Name(&'s str),
    /// A name in double quotes.
    Quoted(String),
    /// A string in single quotes.
    Text(String),
    /// A number without sign, as written.
    Number(&'s str),
    /// A keyword in small letters, and as written.
    Keyword(&'static str, &'s str),
    /// A literal of the Ion language, in backticks.
    Ion,
    /// A sign or an operator.
    Symbol(&'static str),
    /// The end of the statement.
    End,
}

/// A token and its place.
#[derive(Clone, Debug)]
pub struct Placed<'s> {
    /// The token.
    pub token: Token<'s>,
    /// Its place.
    pub span: Span,
}

/// Signs and operators, longer ones before their beginnings.
const SYMBOLS: &[&str] = &[
    "<<", ">>", "<=", ">=", "<>", "!=", "||", "(", ")", "[", "]", "{", "}", ",", ".", ";", ":", "*", "=", "<", ">",
    "+", "-", "/", "%", "@", "?",
];

/// Reads a whole statement. The last token is [`Token::End`].
///
/// # Errors
/// A character that begins no token, quotes or a comment that do not end, a number that is none or whose exponent or scale is
/// beyond 32 bits: the service says nothing of what it did not understand.
pub fn tokens(text: &str) -> Result<Vec<Placed<'_>>, Malformed> {
    let mut lexer = Lexer {
        rest: text,
        line: 1,
        column: 1,
    };
    let mut tokens = Vec::with_capacity(text.len() / 4 + 1);
    loop {
        lexer.skip_blanks()?;
        let (line, column, before) = (lexer.line, lexer.column, lexer.rest);
        let token = lexer.token()?;
        let taken = before.len() - lexer.rest.len();
        let length = before.get(..taken).unwrap_or_default().chars().count();
        let ended = token == Token::End;
        tokens.push(Placed {
            token,
            span: Span {
                line,
                column,
                length: u32::try_from(length).unwrap_or(u32::MAX),
            },
        });
        if ended {
            return Ok(tokens);
        }
    }
}

struct Lexer<'s> {
    rest: &'s str,
    line: u32,
    column: u32,
}

impl<'s> Lexer<'s> {
    /// Takes that many bytes, which end with a character.
    fn take(&mut self, bytes: usize) -> &'s str {
        let (taken, rest) = self.rest.split_at_checked(bytes).unwrap_or((self.rest, ""));
        for character in taken.chars() {
            if character == '\n' {
                self.line += 1;
                self.column = 1;
            } else {
                self.column += 1;
            }
        }
        self.rest = rest;
        taken
    }

    fn take_while(&mut self, belongs: impl Fn(char) -> bool) -> &'s str {
        let end = self.rest.find(|character| !belongs(character));
        self.take(end.unwrap_or(self.rest.len()))
    }

    fn skip_blanks(&mut self) -> Result<(), Malformed> {
        loop {
            self.take_while(char::is_whitespace);
            if self.rest.starts_with("--") {
                self.take_while(|character| character != '\n');
            } else if let Some(comment) = self.rest.strip_prefix("/*") {
                let end = comment.find("*/").ok_or(Malformed::Unreadable)?;
                self.take(end + 4);
            } else {
                return Ok(());
            }
        }
    }

    fn token(&mut self) -> Result<Token<'s>, Malformed> {
        let mut characters = self.rest.chars();
        let (Some(first), second) = (characters.next(), characters.next()) else {
            return Ok(Token::End);
        };
        match first {
            '\'' => self.quoted('\'').map(Token::Text),
            '"' => self.quoted('"').map(Token::Quoted),
            '`' => {
                let end = self.rest.get(1..).and_then(|rest| rest.find('`'));
                self.take(end.ok_or(Malformed::Unreadable)? + 2);
                Ok(Token::Ion)
            }
            '0'..='9' => self.number(),
            '.' if second.is_some_and(|second| second.is_ascii_digit()) => self.number(),
            first if starts_name(first) => {
                let word = self.take_while(continues_name);
                Ok(match keyword(word) {
                    Some(keyword) => Token::Keyword(keyword, word),
                    None => Token::Name(word),
                })
            }
            _ => {
                let symbol = SYMBOLS.iter().find(|symbol| self.rest.starts_with(**symbol));
                let symbol = symbol.ok_or(Malformed::Unreadable)?;
                self.take(symbol.len());
                Ok(Token::Symbol(symbol))
            }
        }
    }

    /// What stands in quotes; the quote itself is written twice in it.
    fn quoted(&mut self, quote: char) -> Result<String, Malformed> {
        self.take(1);
        let mut text = String::new();
        loop {
            text.push_str(self.take_while(|character| character != quote));
            if self.rest.is_empty() {
                return Err(Malformed::Unreadable);
            }
            self.take(1);
            if !self.rest.starts_with(quote) {
                return Ok(text);
            }
            self.take(1);
            text.push(quote);
        }
    }

    fn number(&mut self) -> Result<Token<'s>, Malformed> {
        let bytes = self.rest.as_bytes();
        let digits = |from: usize| {
            let rest = bytes.get(from..).unwrap_or_default();
            from + rest.iter().take_while(|byte| byte.is_ascii_digit()).count()
        };
        let mut end = digits(0);
        let mut fraction = 0;
        if bytes.get(end) == Some(&b'.') {
            let from = end + 1;
            end = digits(from);
            fraction = end - from;
        }
        let mut exponent = 0;
        if matches!(bytes.get(end), Some(b'e' | b'E')) {
            let signed = matches!(bytes.get(end + 1), Some(b'+' | b'-'));
            let from = end + 1;
            end = digits(from + usize::from(signed));
            let text = self.rest.get(from..end).unwrap_or_default();
            exponent = text.parse::<i32>().map_err(|_| Malformed::Unreadable)?;
        }
        let scale = i64::try_from(fraction)
            .unwrap_or(i64::MAX)
            .saturating_sub(i64::from(exponent));
        let text = self.take(end);
        let next = self.rest.chars().next();
        let ends = !next.is_some_and(|next| continues_name(next) || next == '.');
        if ends && i32::try_from(scale).is_ok() {
            Ok(Token::Number(text))
        } else {
            Err(Malformed::Unreadable)
        }
    }
}

fn starts_name(character: char) -> bool {
    character.is_ascii_alphabetic() || matches!(character, '_' | '$')
}

fn continues_name(character: char) -> bool {
    starts_name(character) || character.is_ascii_digit()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<Token<'_>> {
        tokens(text).unwrap().into_iter().map(|placed| placed.token).collect()
    }

    #[test]
    fn tokens_know_their_places() {
        let text = "SELECT \"é\"\n  <<'it''s'>> -- to the end\n/* not\n this */ .5e-3;";
        let read: Vec<_> = tokens(text)
            .unwrap()
            .into_iter()
            .map(|placed| (placed.token, placed.span.line, placed.span.column, placed.span.length))
            .collect();
        assert_eq!(
            read,
            [
                (Token::Keyword("select", "SELECT"), 1, 1, 6),
                (Token::Quoted("é".to_owned()), 1, 8, 3),
                (Token::Symbol("<<"), 2, 3, 2),
                (Token::Text("it's".to_owned()), 2, 5, 7),
                (Token::Symbol(">>"), 2, 12, 2),
                (Token::Number(".5e-3"), 4, 10, 5),
                (Token::Symbol(";"), 4, 15, 1),
                (Token::End, 4, 16, 0),
            ]
        );
    }

    #[test]
    fn numbers_in_all_forms() {
        for number in ["0", "12", "5.", ".73e1", "7.31E+6", "1e-5", "1e2147483647", "0042.1200"] {
            assert_eq!(kinds(number), [Token::Number(number), Token::End]);
        }
        assert_eq!(
            kinds("1 e5"),
            [Token::Number("1"), Token::Name("e5"), Token::End],
            "a blank ends a number"
        );
    }

    #[test]
    fn what_is_no_token_is_not_understood() {
        for text in [
            "#",
            "'a",
            "\"a",
            "`a",
            "/* a",
            "1a",
            "1e",
            "1e+",
            "1.2.3",
            "1e2147483648",
            "1e-2147483648",
            "1e99999999999",
            "~",
            "é",
        ] {
            assert_eq!(tokens(text).unwrap_err(), Malformed::Unreadable, "{text}");
        }
    }
}
