//! Which members of a request break which of their own constraints, and how that is reported.
//!
//! One interpreter over [`super::rules`], working on the request tree before it is read into a type, so that faults come in
//! the rules' order whatever the request's. A valid request costs one pass over its members and no
//! allocation; only a refused one is walked in the order of the rules.

use super::rules::{Check, Echo, Inside, Manner, NAME_PATTERN, OlderWhen, Rule, Rules, When, rules};
use super::shapes::{self, Shape, Structure};
use super::tree::parse_integer;
use super::wire::write_body;
use super::{Operation, echo};
use crate::error::Envelope;
use crate::error::member::{Constraint, MemberFault, MemberFaults};
use crate::table::{Part, ResourceArn};
use crate::value::depth::deeper_than;
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
    if is_clean(rules.members, members, operation) {
        return Ok(());
    }
    let mut found = Vec::new();
    walk(
        rules.members,
        members,
        shapes::input(operation),
        &Place::Top,
        &mut found,
    );
    if found.is_empty() {
        Ok(())
    } else {
        Err(report(rules, tree, members, found))
    }
}

/// True for a request that certainly keeps every rule: the common case, told by going once over the members that are there.
/// Conditions on other members are taken to apply, so a valid request may look unclean, and is then walked in order.
fn is_clean(rules: &'static [Rule], members: Map<'_>, operation: Operation) -> bool {
    debug_assert!(rules.len() <= 64, "the members seen are marked in 64 bits");
    let mut seen = 0u64;
    for (name, value) in members.iter() {
        let known = (0u32..).zip(rules).find(|(_, rule)| rule.member.as_bytes() == name);
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
            let mut found = Vec::new();
            if let Some(shape) = shape_of(shapes::input(operation), rule.member) {
                walk_inside(&rule.inside, value, shape, &Place::Top, &mut found);
            }
            if !found.is_empty() {
                return false;
            }
        }
    }
    (0u32..).zip(rules).all(|(position, rule)| {
        seen & (1 << position) != 0 || rule.checks.iter().all(|check| holds(&check.constraint, None))
    })
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

fn walk<'t>(
    rules: &'static [Rule],
    members: Map<'t>,
    structure: &'static Structure,
    outer: &Place<'_>,
    found: &mut Vec<Found<'t>>,
) {
    for rule in rules {
        let value = present(members, rule.member);
        let place = Place::Member {
            outer,
            name: rule.member,
        };
        let broken = rule
            .checks
            .iter()
            .filter(|check| applies(&check.when, value, members) && !holds(&check.constraint, value));
        for check in broken {
            if let Some(shape) = shape_of(structure, rule.member) {
                found.push(Found {
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
            walk_inside(&rule.inside, value, shape, &place, found);
        }
    }
}

fn shape_of(structure: &'static Structure, member: &str) -> Option<&'static Shape> {
    let shape = structure.member(member).map(|(_, member)| &member.shape);
    debug_assert!(shape.is_some(), "{} has no member {member}", structure.name);
    shape
}

fn walk_inside<'t>(
    inside: &'static Inside,
    value: ValueRef<'t>,
    shape: &'static Shape,
    place: &Place<'_>,
    found: &mut Vec<Found<'t>>,
) {
    match (inside, shape, value.view()) {
        (Inside::Structure(rules), Shape::Structure(structure), Ok(View::M(members))) => {
            walk(rules, members, structure, place, found);
        }
        (Inside::List(rules), Shape::List(Shape::Structure(structure)), Ok(View::L(list))) => {
            for (element, number) in list.iter().zip(1..) {
                if let Ok(View::M(members)) = element.view() {
                    let place = Place::Element { outer: place, number };
                    walk(rules, members, structure, &place, found);
                }
            }
        }
        (Inside::Texts(checks), Shape::List(shape), Ok(View::L(list))) => {
            for (element, number) in list.iter().zip(1..) {
                for check in checks.iter().filter(|check| !holds(&check.constraint, Some(element))) {
                    let place = Place::Element { outer: place, number };
                    found.push(Found {
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
                    walk(rules, members, structure, &place, found);
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
                        walk(rules, members, structure, &place, found);
                    }
                }
            }
        }
        // A value of another kind: reading the tree into its type will say so.
        _ => {}
    }
}

/// The value of a member that is there and not null.
fn present<'t>(members: Map<'t>, name: &str) -> Option<ValueRef<'t>> {
    let value = members.get(name.as_bytes())?;
    (value.tag() != Ok(Tag::Null)).then_some(value)
}

fn applies(when: &When, value: Option<ValueRef<'_>>, members: Map<'_>) -> bool {
    match when {
        When::Always => true,
        When::Named => match value.map(|value| value.view()) {
            Some(Ok(View::S(text))) => !text.is_empty() && !text.starts_with(b"arn:"),
            _ => false,
        },
        When::NamedAnew => match value.map(|value| value.view()) {
            Some(Ok(View::S(text))) => !text.is_empty() && !is_table_arn(text),
            _ => false,
        },
        When::TwoIn(member) => match present(members, member).map(|value| value.view()) {
            Some(Ok(View::M(map))) => map.len() >= 2,
            _ => false,
        },
        When::Without(member) => present(members, member).is_none(),
    }
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
        Constraint::LengthAtLeast(least) => length(value).is_none_or(|length| length >= *least),
        Constraint::LengthAtMost(most) => length(value).is_none_or(|length| length <= *most),
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

/// Keys of maps are tables' names; an ARN may stand there.
fn key_holds(key: &[u8], constraints: &[Constraint]) -> bool {
    key.starts_with(b"arn:")
        || constraints.iter().all(|constraint| match constraint {
            Constraint::LengthAtLeast(least) => characters(key) >= *least,
            Constraint::LengthAtMost(most) => characters(key) <= *most,
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
    match value.view() {
        Ok(View::S(text)) => Some(text),
        _ => None,
    }
}

fn number(value: ValueRef<'_>) -> Option<i64> {
    match value.view() {
        Ok(View::N(text)) => std::str::from_utf8(text).ok().and_then(parse_integer),
        _ => None,
    }
}

fn length(value: ValueRef<'_>) -> Option<usize> {
    match value.view().ok()? {
        View::S(text) => Some(characters(text)),
        View::L(list) => Some(list.len()),
        View::M(map) => Some(map.len()),
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

/// Decides which of the breaches are reported, and how.
fn report(rules: &Rules, tree: &[u8], members: Map<'_>, found: Vec<Found<'_>>) -> MemberFaults {
    let echo = rules.echo;
    if is_older(rules.older_when, members) {
        return MemberFaults::Counted(found.into_iter().map(|one| shown(one, echo)).collect());
    }
    let mut joined = Vec::new();
    let mut yielding = Vec::new();
    for one in found {
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
            Manner::MissingField => {
                // Who did not send JSON is told where the end of it would be: of what can be written of it, where it holds a value
                // of no datatype or of several.
                let mut body = Vec::new();
                let _ = write_body(tree, &mut body);
                return MemberFaults::MissingField {
                    member: one.path.newer,
                    column: body.len(),
                };
            }
        }
    }
    let reported = if joined.is_empty() { yielding } else { joined };
    MemberFaults::Counted(reported.into_iter().map(|one| shown(one, echo)).collect())
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
        OlderWhen::Deep => has_deep_value(members),
        OlderWhen::DeepOrWithoutKey => present(members, "Key").is_none() || has_deep_value(members),
    }
}

/// Levels of a value from which on the newer layer hands a request to the older one ("about 62", October 2026).
const DEEP_LEVELS: usize = 62;

/// True when a value in an item, a key or expression values has [`DEEP_LEVELS`] levels or more.
fn has_deep_value(members: Map<'_>) -> bool {
    members
        .iter()
        .filter(|(_, value)| value.tag() == Ok(Tag::Attributes))
        .filter_map(|(_, value)| Map::read(value.bytes()).ok())
        .any(has_deep_attribute)
}

/// True when one of these attributes has so many levels that the older layer reads the request.
pub(super) fn has_deep_attribute(attributes: Map<'_>) -> bool {
    attributes
        .iter()
        .any(|(_, value)| deeper_than(value, DEEP_LEVELS - 1) == Ok(true))
}
