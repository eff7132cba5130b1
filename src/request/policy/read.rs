//! Policies from JSON text, as leniently as AWS reads them: one statement may stand without its list, one pattern without its
//! list, `allow` for `Allow`.

use super::condition::{Condition, Operator};
use super::{AWS, Effect, Listed, Policy, Principals, Statement, Who};
use crate::error::annotation::PolicyFault;
use crate::ordered::OrderedSet;
use crate::request::wire::scan::{Place, ScanFault, Scanner, Token};

impl From<ScanFault> for PolicyFault {
    fn from(_: ScanFault) -> Self {
        PolicyFault::Json
    }
}

fn syntax(element: &'static str) -> PolicyFault {
    PolicyFault::Syntax { element }
}

/// The kinds of principals there are.
const KINDS: &[&str] = &[AWS, "Service", "Federated", "CanonicalUser"];

impl Policy {
    /// Reads a document.
    ///
    /// # Errors
    /// [`PolicyFault`]
    pub fn read(text: &str) -> Result<Policy, PolicyFault> {
        let mut scanner = Scanner::new(text);
        match scanner.value()? {
            Token::Object => {}
            Token::Null => return Err(PolicyFault::Null),
            _ => return Err(PolicyFault::Json),
        }
        let mut policy = Policy {
            version: None,
            id: None,
            statements: Vec::new(),
        };
        let mut has_statements = false;
        let mut place = Place::First;
        while let Some(name) = scanner.member(&mut place)? {
            let token = scanner.value()?;
            match &*name {
                "Version" => policy.version = Some(text_of(token, "Version")?),
                "Id" => policy.id = Some(text_of(token, "Id")?),
                "Statement" => {
                    has_statements = true;
                    policy.statements = statements(&mut scanner, token)?;
                }
                _ => return Err(syntax("the document")),
            }
        }
        scanner.end()?;
        if !matches!(policy.version.as_deref(), None | Some("2012-10-17" | "2008-10-17")) {
            return Err(syntax("Version"));
        }
        if !has_statements {
            return Err(syntax("the document"));
        }
        if policy.statements.is_empty() {
            return Err(PolicyFault::NoStatements);
        }
        let mut sids = OrderedSet::new();
        let mut named = policy
            .statements
            .iter()
            .filter_map(|statement| statement.sid.as_deref());
        if named.any(|sid| !sids.insert(sid)) {
            return Err(PolicyFault::SidTwice);
        }
        Ok(policy)
    }
}

fn text_of(token: Token<'_>, element: &'static str) -> Result<String, PolicyFault> {
    match token {
        Token::String(text) => Ok(text.into_owned()),
        Token::Object
        | Token::List
        | Token::Integer(_)
        | Token::Decimal(_)
        | Token::True
        | Token::False
        | Token::Null => Err(syntax(element)),
    }
}

/// Values of a condition may be numbers and booleans too.
fn value_of(token: Token<'_>) -> Result<String, PolicyFault> {
    match token {
        Token::String(text) => Ok(text.into_owned()),
        Token::Integer(text) | Token::Decimal(text) => Ok(text.to_owned()),
        Token::True => Ok("true".to_owned()),
        Token::False => Ok("false".to_owned()),
        Token::Object | Token::List | Token::Null => Err(syntax("Condition")),
    }
}

/// One value, or a list of them.
fn several<'a>(
    scanner: &mut Scanner<'a>,
    token: Token<'a>,
    one: impl Fn(Token<'a>) -> Result<String, PolicyFault>,
) -> Result<Vec<String>, PolicyFault> {
    if token != Token::List {
        return Ok(vec![one(token)?]);
    }
    let mut values = Vec::new();
    let mut place = Place::First;
    while scanner.element(&mut place)? {
        let token = scanner.value()?;
        values.push(one(token)?);
    }
    Ok(values)
}

fn statements<'a>(scanner: &mut Scanner<'a>, token: Token<'a>) -> Result<Vec<Statement>, PolicyFault> {
    let mut statements = Vec::new();
    match token {
        Token::Object => statements.push(statement(scanner)?),
        Token::List => {
            let mut place = Place::First;
            while scanner.element(&mut place)? {
                match scanner.value()? {
                    Token::Object => statements.push(statement(scanner)?),
                    _ => return Err(syntax("Statement")),
                }
            }
        }
        _ => return Err(syntax("Statement")),
    }
    Ok(statements)
}

fn statement(scanner: &mut Scanner<'_>) -> Result<Statement, PolicyFault> {
    let (mut sid, mut effect, mut principals, mut actions, mut resources) = (None, None, None, None, None);
    let mut conditions = Vec::new();
    let mut place = Place::First;
    while let Some(name) = scanner.member(&mut place)? {
        let token = scanner.value()?;
        match &*name {
            "Sid" => sid = Some(text_of(token, "Sid")?),
            "Effect" => effect = Some(effect_of(&text_of(token, "Effect")?)?),
            "Principal" | "NotPrincipal" => {
                principals = Some(read_principals(scanner, token, &*name == "NotPrincipal")?)
            }
            "Action" | "NotAction" => actions = Some(listed(scanner, token, "Action", &*name == "NotAction")?),
            "Resource" | "NotResource" => {
                resources = Some(listed(scanner, token, "Resource", &*name == "NotResource")?)
            }
            "Condition" if token == Token::Object => read_conditions(scanner, &mut conditions)?,
            "Condition" => return Err(syntax("Condition")),
            _ => return Err(syntax("Statement")),
        }
    }
    let missing = |element| PolicyFault::Missing { element };
    Ok(Statement {
        sid,
        effect: effect.ok_or(missing("Effect"))?,
        principals: principals.ok_or(missing("Principal"))?,
        actions: actions.ok_or(missing("Action"))?,
        resources: resources.ok_or(missing("Resource"))?,
        conditions,
    })
}

fn effect_of(text: &str) -> Result<Effect, PolicyFault> {
    if text.eq_ignore_ascii_case("Allow") {
        Ok(Effect::Allow)
    } else if text.eq_ignore_ascii_case("Deny") {
        Ok(Effect::Deny)
    } else {
        Err(syntax("Effect"))
    }
}

fn listed<'a>(
    scanner: &mut Scanner<'a>,
    token: Token<'a>,
    element: &'static str,
    negated: bool,
) -> Result<Listed, PolicyFault> {
    let patterns = several(scanner, token, |token| text_of(token, element))?;
    if patterns.is_empty() {
        return Err(PolicyFault::Missing { element });
    }
    Ok(Listed { negated, patterns })
}

fn read_principals<'a>(scanner: &mut Scanner<'a>, token: Token<'a>, negated: bool) -> Result<Principals, PolicyFault> {
    const ELEMENT: &str = "Principal";
    let who = match token {
        Token::String(text) if text == "*" => Who::Everybody,
        Token::Object => {
            let mut kinds = Vec::new();
            let mut place = Place::First;
            while let Some(kind) = scanner.member(&mut place)? {
                if !KINDS.contains(&&*kind) {
                    return Err(syntax(ELEMENT));
                }
                let token = scanner.value()?;
                let mut names = several(scanner, token, |token| text_of(token, ELEMENT))?;
                if *kind == *AWS {
                    names = names
                        .iter()
                        .map(|name| principal_arn(name))
                        .collect::<Option<_>>()
                        .ok_or(syntax(ELEMENT))?;
                }
                dedup(&mut names);
                kinds.push((kind.into_owned(), names));
            }
            if kinds.iter().all(|(_, names)| names.is_empty()) {
                return Err(PolicyFault::Missing { element: ELEMENT });
            }
            Who::Named(kinds)
        }
        _ => return Err(syntax(ELEMENT)),
    };
    Ok(Principals { negated, who })
}

/// An account's number stands for its root; anything else is an ARN or everybody.
fn principal_arn(name: &str) -> Option<String> {
    let is_account = name.len() == 12 && name.bytes().all(|byte| byte.is_ascii_digit());
    if is_account {
        Some(format!("arn:aws:iam::{name}:root"))
    } else if name == "*" || name.starts_with("arn:") {
        Some(name.to_owned())
    } else {
        None
    }
}

/// Keeps the first of equal names.
fn dedup(names: &mut Vec<String>) {
    let mut seen = OrderedSet::new();
    names.retain(|name| seen.insert(name.clone()));
}

fn read_conditions(scanner: &mut Scanner<'_>, conditions: &mut Vec<Condition>) -> Result<(), PolicyFault> {
    const ELEMENT: &str = "Condition";
    let mut operators = Place::First;
    while let Some(operator) = scanner.member(&mut operators)? {
        let operator = Operator::parse(&operator).ok_or(syntax(ELEMENT))?;
        let Token::Object = scanner.value()? else {
            return Err(syntax(ELEMENT));
        };
        let mut keys = Place::First;
        while let Some(key) = scanner.member(&mut keys)? {
            let token = scanner.value()?;
            conditions.push(Condition {
                operator,
                key: key.into_owned(),
                values: several(scanner, token, value_of)?,
            });
        }
    }
    Ok(())
}
