//! Which members of a request break which of their own constraints, and how that is reported.
//!
//! One interpreter over [`super::rules`], working on the request tree before it is read into a type, so that faults come in
//! the rules' order whatever the request's. A valid request costs one pass over its members and no
//! allocation; only a refused one is walked in the order of the rules.

mod constraint;
mod echo;
mod place;
mod report;

use super::rules::{Inside, OlderWhen, Rule, Rules, When, rules};
use super::shapes::{self, Shape, Structure};
use super::{Operation, deep};
use crate::bytes::equal;
use crate::error::member::MemberFaults;
use crate::table::{Part, ResourceArn};
use crate::value::flat::{List, Map, Tag, ValueRef, View};
use constraint::{holds, text};
use place::Place;
use report::Found;

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
    let mut breaches = Breaches::none(forms(rules.older_when, members));
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
            let mut breaches = Breaches::none(Forms::Ruled);
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

/// Whose forms a report takes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Forms {
    /// Those that the rules give to each check.
    Ruled,
    /// The older layer's: it reads the request although its operation has newer forms.
    Older,
}

/// The breaches of one request, in the order of the rules, and how they are reported.
struct Breaches<'t> {
    found: Vec<Found<'t>>,
    forms: Forms,
}

impl<'t> Breaches<'t> {
    fn none(forms: Forms) -> Self {
        Breaches {
            found: Vec::new(),
            forms,
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
            if let Some(value) = value
                && !matches!(rule.inside, Inside::Nothing)
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
                self.walk_elements(rules, list, structure, place);
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
                    if let (Ok(key), Ok(View::L(list))) = (std::str::from_utf8(key), value.view()) {
                        let place = Place::Value { outer: place, key };
                        self.walk_elements(rules, list, structure, &place);
                    }
                }
            }
            // A value of another kind: reading the tree into its type will say so.
            _ => {}
        }
    }

    fn walk_elements(
        &mut self,
        rules: &'static [Rule],
        list: List<'t>,
        structure: &'static Structure,
        outer: &Place<'_>,
    ) {
        for (element, number) in list.iter().zip(1..) {
            if let Ok(View::M(members)) = element.view() {
                self.walk(rules, members, structure, &Place::Element { outer, number });
            }
        }
    }

    /// Whether a check is made, by the member's value and the members beside it.
    fn applies(&self, when: &When, value: Option<ValueRef<'_>>, members: Map<'_>) -> bool {
        match when {
            When::Always => true,
            When::Named => value
                .and_then(text)
                .is_some_and(|text| !text.is_empty() && !text.starts_with(ARN)),
            When::NamedAnew => value
                .and_then(text)
                .is_some_and(|text| !text.is_empty() && !is_table_arn(text)),
            When::Arn => value.and_then(text).is_some_and(|text| text.starts_with(ARN)),
            When::TwoIn(member) => {
                let map = present(members, member).map(|value| value.view());
                // The older layer looks at every member by itself.
                self.forms == Forms::Older || matches!(map, Some(Ok(View::M(map))) if map.len() >= 2)
            }
            When::Without(member) => present(members, member).is_none(),
        }
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

fn forms(older_when: OlderWhen, members: Map<'_>) -> Forms {
    let is_older = match older_when {
        OlderWhen::Never => false,
        OlderWhen::Deep => deep::is_deep(members),
        OlderWhen::DeepOrWithoutKey => present(members, "Key").is_none() || deep::is_deep(members),
    };
    if is_older { Forms::Older } else { Forms::Ruled }
}
