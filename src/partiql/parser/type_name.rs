//! The types that IS tells apart.

use super::super::ast::TypeName;
use super::super::fault::Malformed;
use super::super::lexer::Token;
use super::{Parse, Parser};

/// The types that IS reads, by their names.
#[rustfmt::skip]
const TYPES: &[(&str, TypeName)] = &[
    ("missing", TypeName::Missing), ("null", TypeName::Attribute("NULL")), ("bool", TypeName::Attribute("BOOL")),
    ("boolean", TypeName::Attribute("BOOL")), ("string", TypeName::Attribute("S")), ("char", TypeName::Attribute("S")),
    ("character", TypeName::Attribute("S")), ("varchar", TypeName::Attribute("S")), ("int", TypeName::Attribute("N")),
    ("integer", TypeName::Attribute("N")), ("int2", TypeName::Attribute("N")), ("int4", TypeName::Attribute("N")),
    ("int8", TypeName::Attribute("N")), ("integer2", TypeName::Attribute("N")), ("integer4", TypeName::Attribute("N")),
    ("integer8", TypeName::Attribute("N")), ("bigint", TypeName::Attribute("N")), ("smallint", TypeName::Attribute("N")),
    ("decimal", TypeName::Attribute("N")), ("dec", TypeName::Attribute("N")), ("numeric", TypeName::Attribute("N")),
    ("float", TypeName::Attribute("N")), ("real", TypeName::Attribute("N")), ("double", TypeName::Attribute("N")),
    ("blob", TypeName::Attribute("B")), ("list", TypeName::Attribute("L")), ("struct", TypeName::Attribute("M")),
    ("tuple", TypeName::Attribute("M")), ("bag", TypeName::Foreign("BAG")), ("sexp", TypeName::Foreign("SEXP")),
    ("symbol", TypeName::Foreign("SYMBOL")), ("clob", TypeName::Foreign("CLOB")), ("date", TypeName::Foreign("DATE")),
    ("time", TypeName::Foreign("TIME")), ("timestamp", TypeName::Foreign("TIMESTAMP")),
];

impl Parser<'_> {
    /// The name of a type, with a length or precision behind it where one may stand there.
    pub(super) fn type_name(&mut self) -> Parse<TypeName> {
        let word = match self.peek(0) {
            Token::Keyword(word, _) => (*word).to_owned(),
            Token::Name(word) => word.to_ascii_lowercase(),
            Token::Quoted(_) | Token::Text(_) | Token::Number(_) | Token::Ion | Token::Symbol(_) | Token::End => {
                String::new()
            }
        };
        let known = TYPES.iter().find(|(name, _)| *name == word);
        let (_, known) = known.ok_or(Malformed::TypeNameExpected)?;
        self.skip();
        if word == "character" {
            self.take_keyword("varying");
        } else if word == "double" && !self.take_keyword("precision") {
            return Err(Malformed::TypeNameExpected.into());
        }
        if matches!(known, TypeName::Attribute("S" | "N")) && self.is_symbol("(") {
            self.arguments()?;
        }
        Ok(*known)
    }
}
