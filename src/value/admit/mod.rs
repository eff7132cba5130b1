//! Admission: the one checking walk over what a caller sent.
//!
//! It turns request bytes into an [`Item`], a key or a value that everything behind it may trust: layout whole, names and
//! strings UTF-8, no name twice in a map, nesting within bounds, numbers canonical, sets not empty, without duplicates and
//! in ascending order, no refused datatypes. The size by DynamoDB's rules falls out of the same walk. Bytes that are
//! canonical already are taken as they are; only others are written anew. Which keys a table wants, and how large an item
//! may be, is checked elsewhere.
//!
//! When several things are wrong the first in document order is reported, except that an empty name at the top comes before
//! everything and too many levels come before everything else, wherever they stand: the service looks at both up front.

pub use super::depth::{COMPARED_LEVELS_MAX, NESTING_LEVELS_MAX, deeper_than};
use super::fault::{SetKind, ValueFault};
use super::flat::{Collection, Cursor, Malformed, Map, Tag, Texts, ValueRef, View, Writer};
use super::{Item, Layer, Value, number, size};
use crate::sort;
use std::borrow::Cow;
use std::cmp::Ordering;

/// Bytes an attribute's name may have.
pub const NAME_BYTES_MAX: usize = 65_535;

/// Names of a map are compared with each other up to this many entries, and sorted above.
const COMPARED_NAMES_MAX: usize = 16;

/// An item that passed admission.
#[derive(Clone, Debug)]
pub struct Admitted {
    /// The item.
    pub item: Item,
    /// Its size by DynamoDB's rules, names included.
    pub size_bytes: usize,
}

/// A key that passed admission: the request's own bytes, unless something in them had to be made canonical.
#[derive(Clone, Debug)]
pub struct AdmittedKey<'a> {
    bytes: Cow<'a, [u8]>,
    /// Its size by DynamoDB's rules, names included.
    pub size_bytes: usize,
    /// True if a string or binary in it is empty.
    pub has_empty: bool,
}

impl AdmittedKey<'_> {
    /// The key's attributes.
    pub fn attributes(&self) -> Result<Map<'_>, Malformed> {
        Map::read(&self.bytes)
    }
    /// The flat bytes, `Attributes` tag first.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
    /// The key as an item of its own.
    pub fn to_item(&self) -> Item {
        Item::of_size(&self.bytes, self.size_bytes)
    }
}

/// A value that passed admission: the request's own bytes, unless something in them had to be made canonical.
#[derive(Clone, Debug)]
pub struct AdmittedValue<'a> {
    bytes: Cow<'a, [u8]>,
    /// Its size by DynamoDB's rules.
    pub size_bytes: usize,
}

impl AdmittedValue<'_> {
    /// A view of the value.
    pub fn get(&self) -> ValueRef<'_> {
        ValueRef::trusted(&self.bytes)
    }
    /// The value, owned.
    pub fn to_value(&self) -> Value {
        Value::from_admitted(&self.bytes)
    }
}

/// Admits an item: `raw` is its `Attributes` form.
pub fn admit_item(raw: &[u8], layer: Layer) -> Result<Admitted, ValueFault> {
    let AdmittedKey { bytes, size_bytes, .. } = admit_key(raw, layer)?;
    Ok(Admitted {
        item: Item::of_size(&bytes, size_bytes),
        size_bytes,
    })
}

/// Admits a key: `raw` is its `Attributes` form. The same rules as an item's, without the copy that storing takes.
pub fn admit_key(raw: &[u8], layer: Layer) -> Result<AdmittedKey<'_>, ValueFault> {
    let mut walk = Walk::new(layer, NESTING_LEVELS_MAX);
    let size_bytes = walk
        .attributes(raw)
        .map_err(|fault| first_in_order(raw, Position::Top, *fault))?;
    let bytes = if walk.rewrite {
        Cow::Owned(rewritten(raw, layer)?)
    } else {
        Cow::Borrowed(raw)
    };
    debug_assert_eq!(Map::read(&bytes).map(size::item_size), Ok(size_bytes));
    Ok(AdmittedKey {
        bytes,
        size_bytes,
        has_empty: walk.has_empty,
    })
}

/// Admits a single value, as an expression or a legacy condition carries it: `raw` is its bytes, with or without the
/// `Attribute` marker. Its first level is that of an attribute.
pub fn admit_value(raw: &[u8], layer: Layer) -> Result<AdmittedValue<'_>, ValueFault> {
    admit_value_within(raw, layer, NESTING_LEVELS_MAX)
}

/// The same of a value that may have that many levels: one that is only compared may have more than one that is stored.
pub fn admit_value_within(raw: &[u8], layer: Layer, levels: usize) -> Result<AdmittedValue<'_>, ValueFault> {
    let raw = unmarked(raw);
    admitted_value(raw, layer, levels).map_err(|met| first_in_order(raw, Position::Inside { levels }, met))
}

/// Admits a parameter of a statement. Of those the first fault in document order is reported, whatever it is.
pub fn admit_parameter(raw: &[u8], layer: Layer) -> Result<AdmittedValue<'_>, ValueFault> {
    admitted_value(unmarked(raw), layer, NESTING_LEVELS_MAX)
}

fn unmarked(raw: &[u8]) -> &[u8] {
    raw.strip_prefix(&[Tag::Attribute as u8]).unwrap_or(raw)
}

fn admitted_value(raw: &[u8], layer: Layer, levels: usize) -> Result<AdmittedValue<'_>, ValueFault> {
    let mut walk = Walk::new(layer, levels);
    let size_bytes = walk.whole_value(raw).map_err(|met| *met)?;
    let bytes = if walk.rewrite {
        Cow::Owned(rewritten(raw, layer)?)
    } else {
        Cow::Borrowed(raw)
    };
    debug_assert_eq!(size::value_size(ValueRef::trusted(&bytes)), size_bytes);
    Ok(AdmittedValue { bytes, size_bytes })
}

/// What the walk's functions return: a size, or a fault on the heap. That keeps every return in registers.
type Walked = Result<usize, Box<ValueFault>>;

impl From<Malformed> for Box<ValueFault> {
    fn from(Malformed: Malformed) -> Self {
        Box::new(ValueFault::Malformed)
    }
}

/// One walk: what it needs to know, and what it found out.
struct Walk {
    layer: Layer,
    /// Levels that a value may have.
    levels: usize,
    /// Something is not in its canonical form.
    rewrite: bool,
    /// A string or binary is empty.
    has_empty: bool,
}

impl Walk {
    fn new(layer: Layer, levels: usize) -> Self {
        Walk {
            layer,
            levels,
            rewrite: false,
            has_empty: false,
        }
    }

    /// Checks an `Attributes` form and returns its size.
    fn attributes(&mut self, raw: &[u8]) -> Walked {
        let mut cursor = Cursor::new(raw);
        if cursor.tag()? != Tag::Attributes {
            return Err(Box::new(ValueFault::Malformed));
        }
        let collection = cursor.collection()?;
        finished(cursor)?;
        self.entries(collection, 1)
    }

    /// Checks bytes that are one value and returns its size.
    fn whole_value(&mut self, raw: &[u8]) -> Walked {
        let mut cursor = Cursor::new(raw);
        let size = self.value(&mut cursor, 1)?;
        finished(cursor)?;
        Ok(size)
    }

    /// Checks the value at the cursor, which is at `level`, and returns its size.
    fn value(&mut self, cursor: &mut Cursor<'_>, level: usize) -> Walked {
        match cursor.tag()? {
            Tag::Null | Tag::False | Tag::True => Ok(1),
            Tag::S => {
                let text = cursor.text()?;
                check_utf8(text)?;
                self.has_empty |= text.is_empty();
                Ok(text.len())
            }
            Tag::N => self.number(cursor.text()?),
            Tag::B => {
                let bytes = cursor.text()?;
                self.has_empty |= bytes.is_empty();
                Ok(bytes.len())
            }
            Tag::Ss => self.byte_set(SetKind::S, cursor.collection()?),
            Tag::Ns => self.number_set(cursor.collection()?),
            Tag::Bs => self.byte_set(SetKind::B, cursor.collection()?),
            Tag::L => {
                let elements = self.opened(cursor, level)?;
                let size = self.elements(elements, level + 1)?;
                Ok(size::COLLECTION_BYTES + elements.count * size::ELEMENT_BYTES + size)
            }
            Tag::M => {
                let entries = self.opened(cursor, level)?;
                let size = self.entries(entries, level + 1)?;
                Ok(size::COLLECTION_BYTES + entries.count * size::ELEMENT_BYTES + size)
            }
            Tag::NullFalse => Err(Box::new(ValueFault::NullFalse)),
            Tag::NoDatatype => Err(Box::new(ValueFault::NoDatatype)),
            Tag::ManyDatatypes => Err(Box::new(ValueFault::ManyDatatypes)),
            Tag::Attributes | Tag::Attribute | Tag::Time => Err(Box::new(ValueFault::Malformed)),
        }
    }

    /// The inside of a list or map at `level`, which has to leave room for the level it opens.
    #[inline(always)]
    fn opened<'a>(&self, cursor: &mut Cursor<'a>, level: usize) -> Result<Collection<'a>, Box<ValueFault>> {
        if level >= self.levels {
            return Err(Box::new(ValueFault::TooDeep));
        }
        Ok(cursor.collection()?)
    }

    fn elements(&mut self, elements: Collection<'_>, level: usize) -> Walked {
        let Collection { count, mut body } = elements;
        let mut size = 0;
        for _ in 0..count {
            size += self.value(&mut body, level)?;
        }
        finished(body)?;
        Ok(size)
    }

    fn entries(&mut self, entries: Collection<'_>, level: usize) -> Walked {
        let Collection { count, mut body } = entries;
        let mut seen = SeenNames::default();
        let mut size = 0;
        for position in 0..count {
            let name = body.text()?;
            check_name(name)?;
            if count <= COMPARED_NAMES_MAX && seen.maybe(name) && named_before(entries.body, position, name)? {
                return Err(Box::new(ValueFault::Malformed));
            }
            size += name.len() + self.value(&mut body, level)?;
        }
        finished(body)?;
        if count > COMPARED_NAMES_MAX {
            check_many_names(entries)?;
        }
        Ok(size)
    }

    fn number(&mut self, text: &[u8]) -> Walked {
        if let Some(size) = number::size_if_short_canonical(text) {
            return Ok(size);
        }
        let canonical = canonical(text, self.layer)?;
        self.rewrite |= matches!(canonical, Cow::Owned(_));
        Ok(number::size_bytes(&canonical))
    }

    /// Strings or binaries: ascending members are different ones, so only others have to be looked at again.
    fn byte_set(&mut self, kind: SetKind, members: Collection<'_>) -> Walked {
        let Collection { count, mut body } = members;
        let mut ascending = true;
        let mut previous: Option<&[u8]> = None;
        let mut size = 0;
        for _ in 0..count {
            let member = body.text()?;
            if kind == SetKind::S {
                check_utf8(member)?;
            }
            ascending &= previous.is_none_or(|previous| previous < member);
            previous = Some(member);
            size += member.len();
        }
        finished(body)?;
        if count == 0 {
            return Err(Box::new(ValueFault::EmptySet(kind)));
        }
        if !ascending {
            self.rewrite = true;
            sorted_members(kind, members, self.layer)?;
        }
        Ok(size)
    }

    fn number_set(&mut self, members: Collection<'_>) -> Walked {
        let Collection { count, mut body } = members;
        let mut canonical = true;
        let mut previous: Option<&[u8]> = None;
        let mut size = 0;
        for _ in 0..count {
            let member = body.text()?;
            match number::size_if_short_canonical(member) {
                Some(member_size) => size += member_size,
                None => canonical = false,
            }
            canonical = canonical && previous.is_none_or(|previous| number::compare(previous, member).is_lt());
            previous = Some(member);
        }
        finished(body)?;
        if count == 0 {
            return Err(Box::new(ValueFault::EmptySet(SetKind::N)));
        }
        if !canonical {
            let sorted = sorted_members(SetKind::N, members, self.layer)?;
            self.rewrite |= !sorted.iter().map(|member| &**member).eq(Texts(members).iter());
            size = sorted.iter().map(|member| number::size_bytes(member)).sum();
        }
        Ok(size)
    }
}

/// A collection holds its elements and nothing behind them.
fn finished(cursor: Cursor<'_>) -> Result<(), Malformed> {
    if cursor.is_empty() { Ok(()) } else { Err(Malformed) }
}

#[inline(always)]
fn check_utf8(text: &[u8]) -> Result<(), Malformed> {
    if is_ascii(text) {
        return Ok(());
    }
    match std::str::from_utf8(text) {
        Ok(_) => Ok(()),
        Err(_) => Err(Malformed),
    }
}

/// ASCII, eight bytes at a time, the last eight perhaps twice: the texts are many, short and nearly always this.
fn is_ascii(text: &[u8]) -> bool {
    let high_bits = if let Some(last) = text.last_chunk::<8>() {
        let (chunks, _) = text.as_chunks::<8>();
        chunks.iter().fold(u64::from_le_bytes(*last), |bits, chunk| {
            bits | u64::from_le_bytes(*chunk)
        })
    } else if let (Some(first), Some(last)) = (text.first_chunk::<4>(), text.last_chunk::<4>()) {
        u64::from(u32::from_le_bytes(*first) | u32::from_le_bytes(*last))
    } else {
        text.iter().fold(0, |bits, byte| bits | u64::from(*byte))
    };
    high_bits & 0x8080_8080_8080_8080 == 0
}

/// Refuses what is no attribute's name.
pub fn check_name(name: &[u8]) -> Result<(), Box<ValueFault>> {
    if name.is_empty() {
        return Err(Box::new(ValueFault::EmptyName));
    }
    if name.len() > NAME_BYTES_MAX {
        return Err(Box::new(ValueFault::NameTooLong));
    }
    Ok(check_utf8(name)?)
}

fn canonical(text: &[u8], layer: Layer) -> Result<Cow<'_, [u8]>, ValueFault> {
    number::canonical(text, layer).map_err(|fault| ValueFault::Number {
        fault,
        text: text.into(),
    })
}

/// Names of a map that were met, as one bit each: a name whose bit is not set is new, and nearly all are.
#[derive(Default)]
struct SeenNames([u64; 2]);

impl SeenNames {
    /// Notes the name; true when it may have been there before.
    fn maybe(&mut self, name: &[u8]) -> bool {
        let (Some(first), Some(middle), Some(last)) = (name.first(), name.get(name.len() / 2), name.last()) else {
            return true;
        };
        let mixed = name.len() * 29 + usize::from(*first) * 37 + usize::from(*middle) * 5 + usize::from(*last) * 11;
        let [even, odd] = &mut self.0;
        let bits = if mixed.is_multiple_of(2) { even } else { odd };
        let bit = 1u64 << (mixed / 2 % 64);
        let maybe = *bits & bit != 0;
        *bits |= bit;
        maybe
    }
}

/// True when `name` is among the first `count` names of the entries in `body`.
fn named_before(mut body: Cursor<'_>, count: usize, name: &[u8]) -> Result<bool, Malformed> {
    for _ in 0..count {
        if body.text()? == name {
            return Ok(true);
        }
        body.value()?;
    }
    Ok(false)
}

fn check_many_names(entries: Collection<'_>) -> Result<(), Malformed> {
    let Collection { count, mut body } = entries;
    let mut names = Vec::with_capacity(count);
    for _ in 0..count {
        names.push(body.text()?);
        body.value()?;
    }
    sort::ascending(&mut names);
    if names.is_sorted_by(|a, b| a < b) {
        Ok(())
    } else {
        Err(Malformed)
    }
}

/// A set's members, canonical and ascending. Members are judged one by one, so that a repeat before a bad number is what is
/// reported.
fn sorted_members<'a>(kind: SetKind, members: Collection<'a>, layer: Layer) -> Result<Vec<Cow<'a, [u8]>>, ValueFault> {
    let Collection { count, mut body } = members;
    let mut canonical_members = Vec::with_capacity(count);
    let mut fault = None;
    for _ in 0..count {
        let member = body.text()?;
        match kind {
            SetKind::S | SetKind::B => canonical_members.push(Cow::Borrowed(member)),
            SetKind::N => match canonical(member, layer) {
                Ok(member) => canonical_members.push(member),
                Err(bad_number) => {
                    fault = Some(bad_number);
                    break;
                }
            },
        }
    }
    sort::by(&mut canonical_members, |a, b| compare_members(kind, a, b));
    if !canonical_members.is_sorted_by(|a, b| a != b) {
        return Err(ValueFault::Duplicates {
            kind,
            members: texts(members)?,
        });
    }
    match fault {
        Some(fault) => Err(fault),
        None => Ok(canonical_members),
    }
}

/// The order in which a set keeps its members.
pub(super) fn compare_members(kind: SetKind, a: &[u8], b: &[u8]) -> Ordering {
    match kind {
        SetKind::S | SetKind::B => a.cmp(b),
        SetKind::N => number::compare(a, b),
    }
}

fn texts(members: Collection<'_>) -> Result<Vec<Box<[u8]>>, Malformed> {
    let Collection { count, mut body } = members;
    (0..count).map(|_| Ok(body.text()?.into())).collect()
}

/// Where bytes with a fault stand.
#[derive(Clone, Copy)]
enum Position {
    /// They are an item or a key.
    Top,
    /// They are a value, which may have that many levels.
    Inside { levels: usize },
}

/// The fault to report when the walk met `met` first.
fn first_in_order(raw: &[u8], position: Position, met: ValueFault) -> ValueFault {
    let up_front = match (position, &met) {
        (_, ValueFault::Malformed) => Ok(None),
        (Position::Inside { levels }, _) => ValueRef::read(raw).and_then(|value| deep(value, levels)),
        (Position::Top, _) => Map::read(raw).and_then(|attributes| fault_at_top(attributes.0)),
    };
    match up_front {
        Ok(Some(fault)) => fault,
        Ok(None) => met,
        Err(Malformed) => ValueFault::Malformed,
    }
}

fn deep(value: ValueRef<'_>, levels: usize) -> Result<Option<ValueFault>, Malformed> {
    Ok(deeper_than(value, levels)?.then_some(ValueFault::TooDeep))
}

fn fault_at_top(attributes: Collection<'_>) -> Result<Option<ValueFault>, Malformed> {
    let Collection { count, mut body } = attributes;
    let mut fault = None;
    for _ in 0..count {
        if body.text()?.is_empty() {
            return Ok(Some(ValueFault::EmptyName));
        }
        let value = body.value()?;
        if fault.is_none() {
            fault = deep(value, NESTING_LEVELS_MAX)?;
        }
    }
    Ok(fault)
}

/// Writes checked bytes anew, with canonical numbers and ascending sets.
fn rewritten(raw: &[u8], layer: Layer) -> Result<Vec<u8>, ValueFault> {
    let mut writer = Writer::appending(Vec::with_capacity(raw.len()));
    rewrite(ValueRef::read(raw)?, layer, &mut writer)?;
    Ok(writer.into_bytes())
}

fn rewrite(value: ValueRef<'_>, layer: Layer, writer: &mut Writer) -> Result<(), ValueFault> {
    match value.view()? {
        View::Null | View::Bool(_) | View::S(_) | View::B(_) => writer.copy(value),
        View::N(text) => writer.scalar(Tag::N, &canonical(text, layer)?),
        View::Ss(members) => rewrite_set(SetKind::S, members.0, layer, writer)?,
        View::Ns(members) => rewrite_set(SetKind::N, members.0, layer, writer)?,
        View::Bs(members) => rewrite_set(SetKind::B, members.0, layer, writer)?,
        View::L(list) => {
            let open = writer.open(Tag::L, list.len());
            for element in list.iter() {
                rewrite(element, layer, writer)?;
            }
            writer.close(open);
        }
        View::M(map) => {
            let open = writer.open(value.tag()?, map.len());
            for (name, value) in map.iter() {
                writer.text(name);
                rewrite(value, layer, writer)?;
            }
            writer.close(open);
        }
    }
    Ok(())
}

fn rewrite_set(kind: SetKind, members: Collection<'_>, layer: Layer, writer: &mut Writer) -> Result<(), ValueFault> {
    let tag = match kind {
        SetKind::S => Tag::Ss,
        SetKind::N => Tag::Ns,
        SetKind::B => Tag::Bs,
    };
    let open = writer.open(tag, members.count);
    for member in sorted_members(kind, members, layer)? {
        writer.text(&member);
    }
    writer.close(open);
    Ok(())
}

#[cfg(test)]
#[path = "admit_tests.rs"]
mod tests;
