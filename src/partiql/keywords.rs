//! The words that PartiQL keeps for itself: none of them is a name unless it stands in double quotes.
//!
//! The list is SQL-92's with PartiQL's additions, as the service was seen to keep it.

/// Sorted, in small letters.
#[rustfmt::skip]
const KEYWORDS: &[&str] = &[
    "absolute", "action", "add", "all", "allocate", "alter", "and", "any", "are", "as", "asc", "assertion", "at",
    "authorization", "avg", "bag", "begin", "between", "bit", "bit_length", "blob", "bool", "boolean", "by", "cascade",
    "cascaded", "case", "cast", "catalog", "char", "char_length", "character", "character_length", "check", "clob",
    "close", "coalesce", "collate", "collation", "column", "commit", "conflict", "connect", "connection", "constraint",
    "constraints", "continue", "convert", "corresponding", "count", "create", "cross", "current", "current_date",
    "current_time", "current_timestamp", "current_user", "cursor", "date", "date_add", "date_diff", "deallocate",
    "dec", "decimal", "declare", "default", "deferrable", "deferred", "delete", "desc", "describe", "descriptor",
    "diagnostics", "disconnect", "distinct", "do", "domain", "double", "drop", "else", "end", "escape", "except",
    "exception", "exec", "execute", "exists", "external", "extract", "false", "fetch", "first", "float", "for",
    "foreign", "found", "from", "full", "get", "global", "go", "goto", "grant", "group", "having", "identity",
    "immediate", "in", "index", "indicator", "initially", "inner", "input", "insensitive", "insert", "int", "integer",
    "intersect", "interval", "into", "is", "isolation", "join", "key", "language", "last", "left", "let", "level",
    "like", "limit", "list", "local", "lower", "match", "max", "min", "missing", "modified", "module", "names",
    "national", "natural", "nchar", "new", "next", "no", "not", "nothing", "null", "nullif", "numeric",
    "octet_length", "of", "old", "on", "only", "open", "option", "or", "order", "outer", "output", "overlaps", "pad",
    "partial", "pivot", "position", "precision", "prepare", "preserve", "primary", "prior", "privileges", "procedure",
    "public", "read", "real", "references", "relative", "remove", "restrict", "returning", "revoke", "right",
    "rollback", "rows", "schema", "scroll", "section", "select", "session", "session_user", "set", "sexp", "size",
    "smallint", "some", "space", "sql", "sqlcode", "sqlerror", "sqlstate", "string", "struct", "substring", "sum",
    "symbol", "system_user", "table", "temporary", "then", "time", "timestamp", "to", "transaction", "translate",
    "translation", "trim", "true", "tuple", "union", "unique", "unknown", "unpivot", "update", "upper", "usage",
    "user", "using", "value", "values", "varchar", "varying", "view", "when", "whenever", "where", "with", "work",
    "write", "zone",
];

/// Keywords that are names of functions when a parenthesis follows.
#[rustfmt::skip]
const FUNCTIONS: &[&str] = &[
    "bit_length", "char_length", "character_length", "coalesce", "date_add", "date_diff", "exists", "lower", "nullif",
    "octet_length", "size", "substring", "trim", "upper",
];

/// Functions over many rows, which the service reads and refuses.
const AGGREGATES: &[&str] = &["avg", "count", "max", "min", "sum"];

/// Keywords that are operators.
const OPERATORS: &[&str] = &[
    "and",
    "between",
    "except",
    "in",
    "intersect",
    "is",
    "like",
    "or",
    "union",
];

fn is_in(words: &[&str], word: &str) -> bool {
    words.binary_search(&word).is_ok()
}

/// The keyword that a word is, whatever its case, in small letters.
pub fn keyword(word: &str) -> Option<&'static str> {
    let lower = word.to_ascii_lowercase();
    let place = KEYWORDS.binary_search(&lower.as_str()).ok()?;
    KEYWORDS.get(place).copied()
}

/// True for a keyword that names a function.
pub fn is_function(keyword: &str) -> bool {
    is_in(FUNCTIONS, keyword)
}

/// True for a keyword that names a function over many rows.
pub fn is_aggregate(keyword: &str) -> bool {
    is_in(AGGREGATES, keyword)
}

/// True for a keyword that is an operator.
pub fn is_operator(keyword: &str) -> bool {
    is_in(OPERATORS, keyword)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted_and_of_keywords() {
        for list in [KEYWORDS, FUNCTIONS, AGGREGATES, OPERATORS] {
            assert!(list.is_sorted());
            assert!(list.iter().all(|word| keyword(word) == Some(word)), "{list:?}");
        }
        assert_eq!(keyword("Select"), Some("select"));
        assert_eq!(keyword("name"), None);
    }
}
