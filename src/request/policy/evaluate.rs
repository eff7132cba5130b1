//! What policies say about a request.

use super::{AWS, Effect, Listed, Policy, Principals, Statement, Who};

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principal {
    /// Such as `arn:aws:iam::123456789012:user/alice`.
    pub arn: String,
}

impl Principal {
    /// The root of an account.
    pub fn root(account: &str) -> Self {
        Principal {
            arn: format!("arn:aws:iam::{account}:root"),
        }
    }

    /// The account.
    pub fn account(&self) -> &str {
        self.arn.split(':').nth(4).unwrap_or_default()
    }

    /// What follows `user/` in a user's ARN.
    fn user_name(&self) -> Option<&str> {
        let (_, path) = self.arn.split_once(":user/")?;
        path.rsplit('/').next()
    }
}

/// One thing that a request does to one resource.
#[derive(Clone, Debug)]
pub struct Access<'a> {
    /// Who asks.
    pub principal: &'a Principal,
    /// Such as `dynamodb:GetItem`.
    pub action: &'a str,
    /// The ARN of a table, an index or a stream.
    pub resource: &'a str,
    /// The request's region.
    pub region: &'a str,
    /// Keys of DynamoDB's own and their values.
    pub keys: &'a [(&'static str, Vec<String>)],
}

impl Access<'_> {
    /// The values of a condition's key; keys are named without regard to case.
    pub fn values(&self, key: &str) -> Vec<String> {
        if let Some((_, values)) = self.keys.iter().find(|(name, _)| name.eq_ignore_ascii_case(key)) {
            return values.clone();
        }
        let value = match key.to_ascii_lowercase().as_str() {
            "aws:principalarn" => Some(self.principal.arn.as_str()),
            "aws:principalaccount" => Some(self.principal.account()),
            "aws:username" => self.principal.user_name(),
            "aws:requestedregion" => Some(self.region),
            // A database in the process stands for the service's own endpoint.
            "aws:securetransport" => Some("true"),
            _ => None,
        };
        value.map(str::to_owned).into_iter().collect()
    }
}

/// What a policy says about an access.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// A statement denies it, whatever others say.
    Deny,
    /// A statement allows it.
    Allow,
    /// No statement is about it.
    Nothing,
}

impl Policy {
    /// What the policy says.
    pub fn decide(&self, access: &Access<'_>) -> Decision {
        let mut decision = Decision::Nothing;
        for statement in &self.statements {
            if statement.applies(access) {
                match statement.effect {
                    Effect::Deny => return Decision::Deny,
                    Effect::Allow => decision = Decision::Allow,
                }
            }
        }
        decision
    }
}

impl Statement {
    fn applies(&self, access: &Access<'_>) -> bool {
        self.actions.includes(access.action, Case::Ignored)
            && self.resources.includes(access.resource, Case::Kept)
            && self.principals.include(access.principal)
            && self.conditions.iter().all(|condition| condition.holds(access))
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    Kept,
    Ignored,
}

impl Listed {
    fn includes(&self, text: &str, case: Case) -> bool {
        let found = match case {
            Case::Kept => self.patterns.iter().any(|pattern| wildcard(pattern, text)),
            Case::Ignored => {
                let text = text.to_ascii_lowercase();
                let mut patterns = self.patterns.iter();
                patterns.any(|pattern| wildcard(&pattern.to_ascii_lowercase(), &text))
            }
        };
        found != self.negated
    }
}

impl Principals {
    fn include(&self, principal: &Principal) -> bool {
        let found = match &self.who {
            Who::Everybody => true,
            Who::Named(kinds) => kinds
                .iter()
                .filter(|(kind, _)| kind == AWS)
                .any(|(_, names)| names.iter().any(|name| is_named(principal, name))),
        };
        found != self.negated
    }
}

/// An account's root stands for everybody in it.
fn is_named(principal: &Principal, name: &str) -> bool {
    name == "*" || name == principal.arn || name == Principal::root(principal.account()).arn
}

/// True if `text` is like `pattern`, in which `*` stands for any characters and `?` for one.
pub fn wildcard(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let (mut at, mut in_text) = (0, 0);
    // Where the last star stands, and how much of the text it has taken.
    let mut star: Option<(usize, usize)> = None;
    while in_text < text.len() {
        match pattern.get(at) {
            Some(b'*') => {
                star = Some((at, in_text));
                at += 1;
            }
            Some(b'?') => (at, in_text) = (at + 1, in_text + 1),
            Some(byte) if text.get(in_text) == Some(byte) => (at, in_text) = (at + 1, in_text + 1),
            Some(_) | None => match star {
                Some((of_star, taken)) => {
                    star = Some((of_star, taken + 1));
                    (at, in_text) = (of_star + 1, taken + 1);
                }
                None => return false,
            },
        }
    }
    pattern.get(at..).unwrap_or_default().iter().all(|byte| *byte == b'*')
}
