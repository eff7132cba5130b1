//! Which members of a request break which of their own constraints, and how that is reported.
//!
//! One interpreter over [`super::rules`], working on the request tree before it is read into a type, so that faults come in
//! the rules' order whatever the request's. A valid request costs one pass over its members and no
//! allocation; only a refused one is walked in the order of the rules.

use super::rules::{Check, Echo, Inside, Manner, NAME_PATTERN, OlderWhen, Rule, Rules, When, rules};
use super::shapes::{self, Shape, Structure};
use super::tree::parse_integer;
use super::wire::write_body;
use super::{Operation, deep, echo};
use crate::bytes::equal;
use crate::error::Envelope;
use crate::error::member::{Constraint, MemberFault, MemberFaults};
use crate::table::{Part, ResourceArn};
use crate::value::flat::{Map, Tag, ValueRef, View};

/// Checks the members of a request.
///
/// # Errors
/// The members' faults as AWS reports them: all of them, or the one that is reported by itself.
pub fn check(operation: Operation, tree: &[u8]) -> Result<(), MemberFaults> {
    let Ok(members) = Map::read(tree) else {
        // Reading the tree into its type will say so.
        return Ok(());
    };
    let rules = rules(operation);
    if is_clean(rules, members, operation) {
        return Ok(());
    }
    let mut breaches = Breaches::none(is_older(rules.older_when, members));
    breaches.walk(rules.members, members, shapes::input(operation), &Place::Top);
    if breaches.found.is_empty() {
        Ok(())
    } else {
        Err(breaches.report(rules.echo))
    }
}

/// True for a request that certainly keeps every rule: the common case, told by going once over the members that are there.
/// Conditions on other members are taken to apply, so a valid request may look unclean, and is then walked in order.
fn is_clean(rules: &'static Rules, members: Map<'_>, operation: Operation) -> bool {
    let mut seen = 0u64;
    for (name, value) in members.iter() {
        let known = (0u32..)
            .zip(rules.members)
            .find(|(_, rule)| equal(rule.member.as_bytes(), name));
        let Some((position, rule)) = known else {
            continue;
        };
        if value.tag() == Ok(Tag::Null) {
            continue;
        }
        seen |= 1 << position;
        if !rule.checks.iter().all(|check| holds(&check.constraint, Some(value))) {
            return false;
        }
        if !matches!(rule.inside, Inside::Nothing) {
            let mut breaches = Breaches::none(false);
            if let Some(shape) = shape_of(shapes::input(operation), rule.member) {
                breaches.walk_inside(&rule.inside, value, shape, &Place::Top);
            }
            if !breaches.found.is_empty() {
                return false;
            }
        }
    }
    seen & rules.demanded == rules.demanded
}

/// A breach, with what its report needs.
struct Found<'t> {
    check: &'static Check,
    value: Option<ValueRef<'t>>,
    shape: &'static Shape,
    path: Path,
}

/// A member's path, spelled as the newer layer and as the older layer do.
struct Path {
    newer: String,
    older: String,
}

/// Where the interpreter is: a list from the inside out, rendered only for a breach.
enum Place<'p> {
    Top,
    Member {
        outer: &'p Place<'p>,
        name: &'static str,
    },
    /// An element of a list, counted from one.
    Element {
        outer: &'p Place<'p>,
        number: usize,
    },
    Value {
        outer: &'p Place<'p>,
        key: &'p str,
    },
}

impl Place<'_> {
    fn path(&self) -> Path {
        let mut path = Path {
            newer: String::new(),
            older: String::new(),
        };
        self.render(&mut path);
        path
    }

    fn render(&self, path: &mut Path) {
        match self {
            Place::Top => {}
            Place::Member { outer, name } => {
                outer.render(path);
                path.push(name, &lower_camel(name));
            }
            Place::Element { outer, number } => {
                outer.render(path);
                let segment = format!("{number}.member");
                path.push(&segment, &segment);
            }
            Place::Value { outer, key } => {
                outer.render(path);
                let segment = format!("{key}.member");
                path.push(&segment, &segment);
            }
        }
    }
}

impl Path {
    fn push(&mut self, newer: &str, older: &str) {
        if !self.newer.is_empty() {
            self.newer.push('.');
            self.older.push('.');
        }
        self.newer.push_str(newer);
        self.older.push_str(older);
    }
}

/// A member's name as the older layer spells it: as a Java field.
pub(super) fn lower_camel(name: &str) -> String {
    let mut letters = name.chars();
    match letters.next() {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// The breaches of one request, in the order of the rules, and which layer reports them.
struct Breaches<'t> {
    found: Vec<Found<'t>>,
    /// True when the older layer reads the request although its operation has newer forms.
    is_older: bool,
}

impl<'t> Breaches<'t> {
    fn none(is_older: bool) -> Self {
        Breaches {
            found: Vec::new(),
            is_older,
        }
    }

    fn walk(&mut self, rules: &'static [Rule], members: Map<'t>, structure: &'static Structure, outer: &Place<'_>) {
        for rule in rules {
            let value = present(members, rule.member);
            let place = Place::Member {
                outer,
                name: rule.member,
            };
            for check in rule.checks {
                if self.applies(&check.when, value, members)
                    && !holds(&check.constraint, value)
                    && let Some(shape) = shape_of(structure, rule.member)
                {
                    self.found.push(Found {
                        check,
                        value,
                        shape,
                        path: place.path(),
                    });
                }
            }
            if let (
                Some(value),
                Inside::Structure(_) | Inside::List(_) | Inside::Texts(_) | Inside::Map(_) | Inside::MapOfLists(_),
            ) = (value, &rule.inside)
                && let Some(shape) = shape_of(structure, rule.member)
            {
                self.walk_inside(&rule.inside, value, shape, &place);
            }
        }
    }

    fn walk_inside(&mut self, inside: &'static Inside, value: ValueRef<'t>, shape: &'static Shape, place: &Place<'_>) {
        match (inside, shape, value.view()) {
            (Inside::Structure(rules), Shape::Structure(structure), Ok(View::M(members))) => {
                self.walk(rules, members, structure, place);
            }
            (Inside::List(rules), Shape::List(Shape::Structure(structure)), Ok(View::L(list))) => {
                for (element, number) in list.iter().zip(1..) {
                    if let Ok(View::M(members)) = element.view() {
                        let place = Place::Element { outer: place, number };
                        self.walk(rules, members, structure, &place);
                    }
                }
            }
            (Inside::Texts(checks), Shape::List(shape), Ok(View::L(list))) => {
                for (element, number) in list.iter().zip(1..) {
                    for check in checks.iter().filter(|check| !holds(&check.constraint, Some(element))) {
                        let place = Place::Element { outer: place, number };
                        self.found.push(Found {
                            check,
                            value: Some(element),
                            shape,
                            path: place.path(),
                        });
                    }
                }
            }
            (Inside::Map(rules), Shape::Map(Shape::Structure(structure)), Ok(View::M(map))) => {
                for (key, value) in map.iter() {
                    if let (Ok(key), Ok(View::M(members))) = (std::str::from_utf8(key), value.view()) {
                        let place = Place::Value { outer: place, key };
                        self.walk(rules, members, structure, &place);
                    }
                }
            }
            (Inside::MapOfLists(rules), Shape::Map(Shape::List(Shape::Structure(structure))), Ok(View::M(map))) => {
                for (key, value) in map.iter() {
                    let (Ok(key), Ok(View::L(list))) = (std::str::from_utf8(key), value.view()) else {
                        continue;
                    };
                    let outer = Place::Value { outer: place, key };
                    for (element, number) in list.iter().zip(1..) {
                        if let Ok(View::M(members)) = element.view() {
                            let place = Place::Element { outer: &outer, number };
                            self.walk(rules, members, structure, &place);
                        }
                    }
                }
            }
            // A value of another kind: reading the tree into its type will say so.
            _ => {}
        }
    }

    fn applies(&self, when: &When, value: Option<ValueRef<'_>>, members: Map<'_>) -> bool {
        match when {
            When::Always => true,
            When::Named => match value.map(|value| value.view()) {
                Some(Ok(View::S(text))) => !text.is_empty() && !text.starts_with(ARN),
                _ => false,
            },
            When::NamedAnew => match value.map(|value| value.view()) {
                Some(Ok(View::S(text))) => !text.is_empty() && !is_table_arn(text),
                _ => false,
            },
            When::Arn => matches!(value.map(|value| value.view()), Some(Ok(View::S(text))) if text.starts_with(ARN)),
            When::TwoIn(member) => {
                // The older layer looks at every member by itself.
                self.is_older
                    || match present(members, member).map(|value| value.view()) {
                        Some(Ok(View::M(map))) => map.len() >= 2,
                        _ => false,
                    }
            }
            When::Without(member) => present(members, member).is_none(),
        }
    }

    /// Decides which of the breaches are reported, and how.
    fn report(self, echo: Echo) -> MemberFaults {
        if self.is_older {
            return MemberFaults::Counted(self.found.into_iter().map(|one| shown(one, echo)).collect());
        }
        let mut joined = Vec::new();
        let mut yielding = Vec::new();
        for one in self.found {
            match one.check.manner {
                Manner::Joined => joined.push(one),
                Manner::Yielding => yielding.push(one),
                Manner::Alone => return MemberFaults::Counted(vec![shown(one, echo)]),
                Manner::Located => {
                    return MemberFaults::Counted(vec![MemberFault::Located {
                        path: one.path.newer,
                        constraint: one.check.constraint,
                    }]);
                }
                Manner::Unlocated { shown, envelope } => {
                    let fault = MemberFault::Unlocated { constraint: shown };
                    return match envelope {
                        Envelope::Bare => MemberFaults::Bare(fault),
                        Envelope::OneError => MemberFaults::Counted(vec![fault]),
                    };
                }
                Manner::Sentence(sentence) => return sentence(),
            }
        }
        let reported = if joined.is_empty() { yielding } else { joined };
        MemberFaults::Counted(reported.into_iter().map(|one| shown(one, echo)).collect())
    }
}

/// What an ARN that stands in a name's place begins with.
const ARN: &[u8] = b"arn:";

fn shape_of(structure: &'static Structure, member: &str) -> Option<&'static Shape> {
    let shape = structure.member(member).map(|(_, member)| &member.shape);
    debug_assert!(shape.is_some(), "{} has no member {member}", structure.name);
    shape
}

/// The value of a member that is there and not null.
fn present<'t>(members: Map<'t>, name: &str) -> Option<ValueRef<'t>> {
    let value = members.get(name.as_bytes())?;
    (value.tag() != Ok(Tag::Null)).then_some(value)
}

fn is_table_arn(text: &[u8]) -> bool {
    let arn = std::str::from_utf8(text)
        .ok()
        .and_then(|text| ResourceArn::parse(text).ok());
    arn.is_some_and(|arn| matches!(arn.part, Part::Table))
}

/// True when a value keeps a constraint. An absent one breaks only [`Constraint::NotNull`]; one of another kind is not looked
/// at here.
fn holds(constraint: &Constraint, value: Option<ValueRef<'_>>) -> bool {
    let Some(value) = value else {
        return *constraint != Constraint::NotNull;
    };
    match constraint {
        Constraint::NotNull => true,
        Constraint::LengthAtLeast(least) => length(value).is_none_or(|length| length.is_at_least(*least)),
        Constraint::LengthAtMost(most) => length(value).is_none_or(|length| length.is_at_most(*most)),
        Constraint::ValueAtLeast(least) => number(value).is_none_or(|number| number >= *least),
        Constraint::ValueAtMost(most) => number(value).is_none_or(|number| number <= *most),
        Constraint::Pattern(pattern) => text(value).is_none_or(|text| matches_pattern(text, pattern)),
        Constraint::OneOf(values) => text(value).is_none_or(|text| values.iter().any(|value| value.as_bytes() == text)),
        Constraint::MapKeys(constraints) => match value.view() {
            Ok(View::M(map)) => map.iter().all(|(key, _)| key_holds(key, constraints)),
            _ => true,
        },
        Constraint::MapValues(constraints) => match value.view() {
            Ok(View::M(map)) => map
                .iter()
                .all(|(_, value)| constraints.iter().all(|constraint| holds(constraint, Some(value)))),
            _ => true,
        },
    }
}

/// Keys that have a pattern are tables' names; an ARN may stand there.
fn key_holds(key: &[u8], constraints: &[Constraint]) -> bool {
    let is_name = |constraint: &Constraint| matches!(constraint, Constraint::Pattern(_));
    (key.starts_with(ARN) && constraints.iter().any(is_name))
        || constraints.iter().all(|constraint| match constraint {
            Constraint::LengthAtLeast(least) => Length::Text(key).is_at_least(*least),
            Constraint::LengthAtMost(most) => Length::Text(key).is_at_most(*most),
            Constraint::Pattern(pattern) => matches_pattern(key, pattern),
            Constraint::NotNull
            | Constraint::ValueAtLeast(_)
            | Constraint::ValueAtMost(_)
            | Constraint::OneOf(_)
            | Constraint::MapKeys(_)
            | Constraint::MapValues(_) => true,
        })
}

fn matches_pattern(text: &[u8], pattern: &str) -> bool {
    debug_assert_eq!(pattern, NAME_PATTERN, "names are the only thing with a pattern");
    !text.is_empty()
        && text
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-'))
}

fn text(value: ValueRef<'_>) -> Option<&[u8]> {
    match value.scalar() {
        Some((Tag::S, text)) => Some(text),
        _ => None,
    }
}

fn number(value: ValueRef<'_>) -> Option<i64> {
    match value.view() {
        Ok(View::N(text)) => std::str::from_utf8(text).ok().and_then(parse_integer),
        _ => None,
    }
}

/// What a bound on lengths is about.
enum Length<'t> {
    /// Counted in characters.
    Text(&'t [u8]),
    /// A list's or map's.
    Count(usize),
}

impl Length<'_> {
    /// No character has more than three bytes a UTF-16 unit, so most texts need not be counted.
    fn is_at_least(&self, least: usize) -> bool {
        match self {
            Length::Text(text) => text.len() >= least.saturating_mul(3) || characters(text) >= least,
            Length::Count(count) => *count >= least,
        }
    }

    /// No UTF-16 unit stands for less than a byte, so most texts need not be counted.
    fn is_at_most(&self, most: usize) -> bool {
        match self {
            Length::Text(text) => text.len() <= most || characters(text) <= most,
            Length::Count(count) => *count <= most,
        }
    }
}

fn length(value: ValueRef<'_>) -> Option<Length<'_>> {
    if let Some(text) = text(value) {
        return Some(Length::Text(text));
    }
    match value.view().ok()? {
        View::L(list) => Some(Length::Count(list.len())),
        View::M(map) => Some(Length::Count(map.len())),
        _ => None,
    }
}

/// Length as Java counts it: in UTF-16 units.
fn characters(text: &[u8]) -> usize {
    match std::str::from_utf8(text) {
        Ok(text) if text.is_ascii() => text.len(),
        Ok(text) => text.encode_utf16().count(),
        Err(_) => text.len(),
    }
}

fn shown(found: Found<'_>, echo: Echo) -> MemberFault {
    let value = found.value.map(|value| match echo {
        Echo::Java => echo::java(found.shape, value),
        Echo::Json if matches!(found.shape, Shape::Map(_) | Shape::List(_) | Shape::Structure(_)) => json(value),
        Echo::Json => echo::java(found.shape, value),
    });
    MemberFault::Shown {
        value,
        path: found.path.older,
        constraint: found.check.constraint,
    }
}

/// As JSON; a value too deep to be shown ends where it is.
fn json(value: ValueRef<'_>) -> String {
    let mut json = Vec::new();
    let _ = write_body(value.bytes(), &mut json);
    String::from_utf8_lossy(&json).into_owned()
}

fn is_older(when: OlderWhen, members: Map<'_>) -> bool {
    match when {
        OlderWhen::Never => false,
        OlderWhen::Deep => deep::is_deep(members),
        OlderWhen::DeepOrWithoutKey => present(members, "Key").is_none() || deep::is_deep(members),
    }
}
