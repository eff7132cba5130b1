//! Writing anew what was not canonical.

use super::set::{canonical, sorted_members};
use crate::value::Layer;
use crate::value::fault::{SetKind, ValueFault};
use crate::value::flat::{Collection, Tag, ValueRef, View, Writer};

/// Writes checked bytes anew, with canonical numbers and ascending sets.
pub(super) fn rewritten(raw: &[u8], layer: Layer) -> Result<Vec<u8>, ValueFault> {
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
