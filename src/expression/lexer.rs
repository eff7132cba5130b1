//! Expression text cut into tokens.
//!
//! The lexer never fails: a character that belongs to no token becomes one of its own, which no rule of the grammar accepts,
//! so that faults come out in the order in which the parser meets them.

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// An attribute or function name.
    Name,
    /// `#name`
    NamePlaceholder,
    /// `:value`
    ValuePlaceholder,
    /// Digits without a leading zero.
    Index,
    /// A word of the grammar, in any case.
    Keyword(Keyword),
    /// `(`
    Open,
    /// `)`
    Close,
    /// `[`
    OpenIndex,
    /// `]`
    CloseIndex,
    /// `,`
    Comma,
    /// `.`
    Dot,
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `=`
    Equal,
    /// `<>`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// A character that no token has.
    Unknown,
    /// The end of the text.
    End,
}

/// Words that can never be names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keyword {
    /// `AND`
    And,
    /// `OR`
    Or,
    /// `NOT`
    Not,
    /// `BETWEEN`
    Between,
    /// `IN`
    In,
    /// `SET`
    Set,
    /// `REMOVE`
    Remove,
    /// `ADD`
    Add,
    /// `DELETE`
    Delete,
}

impl Keyword {
    fn of(word: &str) -> Option<Self> {
        const KEYWORDS: [(&str, Keyword); 9] = [
            ("AND", Keyword::And),
            ("OR", Keyword::Or),
            ("NOT", Keyword::Not),
            ("BETWEEN", Keyword::Between),
            ("IN", Keyword::In),
            ("SET", Keyword::Set),
            ("REMOVE", Keyword::Remove),
            ("ADD", Keyword::Add),
            ("DELETE", Keyword::Delete),
        ];
        KEYWORDS
            .iter()
            .find(|(text, _)| text.eq_ignore_ascii_case(word))
            .map(|(_, keyword)| *keyword)
    }
}

/// A token and where it stands in the text, in bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Cuts the text; the last token is [`TokenKind::End`].
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 3 + 1);
    let mut start = 0;
    while let Some(rest) = text.get(start..).filter(|rest| !rest.is_empty()) {
        let (kind, length) = first_token(rest);
        let end = start + length;
        if let Some(kind) = kind {
            tokens.push(Token { kind, start, end });
        }
        start = end;
    }
    tokens.push(Token {
        kind: TokenKind::End,
        start: text.len(),
        end: text.len(),
    });
    tokens
}

/// The first token of a text that is not empty, and its length; no kind for white space.
fn first_token(text: &str) -> (Option<TokenKind>, usize) {
    let mut bytes = text.bytes();
    let (first, second) = (bytes.next().unwrap_or_default(), bytes.next());
    let (kind, length) = match (first, second) {
        (b' ' | b'\t' | b'\r' | b'\n', _) => return (None, 1),
        (b'a'..=b'z' | b'A'..=b'Z', _) => {
            let length = word_length(text);
            let keyword = text.get(..length).and_then(Keyword::of);
            (keyword.map_or(TokenKind::Name, TokenKind::Keyword), length)
        }
        (b'#', Some(second)) if is_word(second) => (TokenKind::NamePlaceholder, 1 + placeholder_length(text)),
        (b':', Some(second)) if is_word(second) => (TokenKind::ValuePlaceholder, 1 + placeholder_length(text)),
        (b'0', _) => (TokenKind::Index, 1),
        (b'1'..=b'9', _) => (TokenKind::Index, text.bytes().take_while(u8::is_ascii_digit).count()),
        (b'(', _) => (TokenKind::Open, 1),
        (b')', _) => (TokenKind::Close, 1),
        (b'[', _) => (TokenKind::OpenIndex, 1),
        (b']', _) => (TokenKind::CloseIndex, 1),
        (b',', _) => (TokenKind::Comma, 1),
        (b'.', _) => (TokenKind::Dot, 1),
        (b'+', _) => (TokenKind::Plus, 1),
        (b'-', _) => (TokenKind::Minus, 1),
        (b'=', _) => (TokenKind::Equal, 1),
        (b'<', Some(b'>')) => (TokenKind::NotEqual, 2),
        (b'<', Some(b'=')) => (TokenKind::LessOrEqual, 2),
        (b'<', _) => (TokenKind::Less, 1),
        (b'>', Some(b'=')) => (TokenKind::GreaterOrEqual, 2),
        (b'>', _) => (TokenKind::Greater, 1),
        (_, _) => (TokenKind::Unknown, text.chars().next().map_or(1, char::len_utf8)),
    };
    (Some(kind), length)
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn word_length(text: &str) -> usize {
    text.bytes().take_while(|byte| is_word(*byte)).count()
}

fn placeholder_length(text: &str) -> usize {
    text.get(1..).map_or(0, word_length)
}

/// True for a placeholder's whole text: its mark, then letters, digits and underscores.
pub(super) fn is_placeholder(text: &str, mark: char) -> bool {
    text.strip_prefix(mark)
        .is_some_and(|word| !word.is_empty() && word.bytes().all(is_word))
}
