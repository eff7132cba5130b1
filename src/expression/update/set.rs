//! What ADD and DELETE make of two sets: both are sorted, so one walk over both is enough.

use crate::value::flat::{Tag, Texts, Writer};
use crate::value::number;
use std::cmp::Ordering;

fn compare_members(tag: Tag, a: &[u8], b: &[u8]) -> Ordering {
    if tag == Tag::Ns {
        number::compare(a, b)
    } else {
        a.cmp(b)
    }
}

/// Both sets' members, ascending as in both.
pub(super) fn union(tag: Tag, a: Texts<'_>, b: Texts<'_>) -> Vec<u8> {
    let mut members = Vec::with_capacity(a.len() + b.len());
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    loop {
        let order = match (a.peek(), b.peek()) {
            (Some(a), Some(b)) => compare_members(tag, a, b),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => break,
        };
        members.extend(match order {
            Ordering::Less => a.next(),
            Ordering::Greater => b.next(),
            Ordering::Equal => a.next().and(b.next()),
        });
    }
    set_value(tag, &members)
}

/// The members of `a` that are not in `b`, unless there are none.
pub(super) fn difference(tag: Tag, a: Texts<'_>, b: Texts<'_>) -> Option<Vec<u8>> {
    let mut members = Vec::with_capacity(a.len());
    let mut b = b.iter().peekable();
    for member in a.iter() {
        while b
            .next_if(|deleted| compare_members(tag, deleted, member) == Ordering::Less)
            .is_some()
        {}
        if b.peek() != Some(&member) {
            members.push(member);
        }
    }
    (!members.is_empty()).then(|| set_value(tag, &members))
}

fn set_value(tag: Tag, members: &[&[u8]]) -> Vec<u8> {
    let mut out = Writer::new();
    let open = out.open(tag, members.len());
    for member in members {
        out.text(member);
    }
    out.close(open);
    out.into_bytes()
}
