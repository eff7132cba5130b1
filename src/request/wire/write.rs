//! From flat response trees and errors to JSON 1.0 bodies, in one pass.

use super::base64::write_encoded;
use super::first_special;
use crate::error::Error;
use crate::value::flat::{Cursor, Malformed, Tag, Writer};

/// Levels of a response: an item's 32, two each for its JSON form, and the structures around it. Trees are the engine's own,
/// so a deeper one is refused as malformed before it can exhaust a stack.
const LEVELS_MAX: usize = 128;

/// Appends a response tree as a JSON body.
///
/// # Errors
/// [`Malformed`] for bytes that are no response tree; the body then holds what came before.
pub fn write_body(tree: &[u8], json: &mut Vec<u8>) -> Result<(), Malformed> {
    let mut cursor = Cursor::new(tree);
    write_member(&mut cursor, json, LEVELS_MAX)?;
    if cursor.is_empty() { Ok(()) } else { Err(Malformed) }
}

/// The JSON body of an error: `__type`, its sentence under the key that the exception's shape has, its own members.
pub fn write_error(error: &Error) -> Vec<u8> {
    let mut json = Vec::with_capacity(256);
    json.extend_from_slice(b"{\"__type\":\"");
    json.extend_from_slice(error.type_prefix().as_bytes());
    json.push(b'#');
    json.extend_from_slice(error.name().as_bytes());
    json.push(b'"');
    if let Some(message) = error.message() {
        json.push(b',');
        write_name(error.message_key().as_str().as_bytes(), &mut json);
        write_text(message.as_bytes(), &mut json);
    }
    let mut members = Writer::new();
    error.write_members(&mut members);
    let mut cursor = Cursor::new(members.bytes());
    while let Ok(name) = cursor.text() {
        json.push(b',');
        write_name(name, &mut json);
        let written = write_member(&mut cursor, &mut json, LEVELS_MAX);
        debug_assert!(written.is_ok(), "an error writes its members as the layout has them");
    }
    json.push(b'}');
    json
}

/// Writes a value of a response's own: structures, counts, times, and the caller's data behind its marker.
fn write_member(cursor: &mut Cursor<'_>, json: &mut Vec<u8>, levels: usize) -> Result<(), Malformed> {
    let levels = levels.checked_sub(1).ok_or(Malformed)?;
    match cursor.tag()? {
        Tag::Null => json.extend_from_slice(b"null"),
        Tag::False => json.extend_from_slice(b"false"),
        Tag::True => json.extend_from_slice(b"true"),
        Tag::S => write_text(cursor.text()?, json),
        Tag::N | Tag::Time => json.extend_from_slice(cursor.text()?),
        Tag::B => write_binary(cursor.text()?, json),
        Tag::L => {
            let mut list = cursor.collection()?;
            write_elements(list.count, json, |json| write_member(&mut list.body, json, levels))?;
        }
        Tag::M => {
            let mut map = cursor.collection()?;
            write_entries(map.count, json, |json| {
                write_name(map.body.text()?, json);
                write_member(&mut map.body, json, levels)
            })?;
        }
        Tag::Attributes => write_attributes(cursor, json, levels)?,
        Tag::Attribute => write_attribute(cursor, json, levels)?,
        Tag::Ss | Tag::Ns | Tag::Bs | Tag::NullFalse | Tag::NoDatatype | Tag::ManyDatatypes => return Err(Malformed),
    }
    Ok(())
}

fn write_attributes(cursor: &mut Cursor<'_>, json: &mut Vec<u8>, levels: usize) -> Result<(), Malformed> {
    let mut map = cursor.collection()?;
    write_entries(map.count, json, |json| {
        write_name(map.body.text()?, json);
        write_attribute(&mut map.body, json, levels)
    })
}

/// Writes an attribute value in DynamoDB's JSON.
fn write_attribute(cursor: &mut Cursor<'_>, json: &mut Vec<u8>, levels: usize) -> Result<(), Malformed> {
    let levels = levels.checked_sub(1).ok_or(Malformed)?;
    match cursor.tag()? {
        Tag::Null => json.extend_from_slice(b"{\"NULL\":true"),
        Tag::False => json.extend_from_slice(b"{\"BOOL\":false"),
        Tag::True => json.extend_from_slice(b"{\"BOOL\":true"),
        Tag::S => {
            json.extend_from_slice(b"{\"S\":");
            write_text(cursor.text()?, json);
        }
        Tag::N => {
            json.extend_from_slice(b"{\"N\":");
            write_text(cursor.text()?, json);
        }
        Tag::B => {
            json.extend_from_slice(b"{\"B\":");
            write_binary(cursor.text()?, json);
        }
        Tag::Ss => write_set(b"{\"SS\":", cursor, json, write_text)?,
        Tag::Ns => write_set(b"{\"NS\":", cursor, json, write_text)?,
        Tag::Bs => write_set(b"{\"BS\":", cursor, json, write_binary)?,
        Tag::L => {
            json.extend_from_slice(b"{\"L\":");
            let mut list = cursor.collection()?;
            write_elements(list.count, json, |json| write_attribute(&mut list.body, json, levels))?;
        }
        Tag::M => {
            json.extend_from_slice(b"{\"M\":");
            write_attributes(cursor, json, levels)?;
        }
        // Requests that are shown or read again hold these; of several datatypes, that there were several is all that was kept.
        Tag::NullFalse => json.extend_from_slice(b"{\"NULL\":false"),
        Tag::NoDatatype => json.push(b'{'),
        Tag::ManyDatatypes => json.extend_from_slice(b"{\"S\":\"\",\"N\":\"0\""),
        Tag::Attributes | Tag::Attribute | Tag::Time => return Err(Malformed),
    }
    json.push(b'}');
    Ok(())
}

fn write_set(
    opening: &[u8],
    cursor: &mut Cursor<'_>,
    json: &mut Vec<u8>,
    write: fn(&[u8], &mut Vec<u8>),
) -> Result<(), Malformed> {
    json.extend_from_slice(opening);
    let mut set = cursor.collection()?;
    write_elements(set.count, json, |json| {
        write(set.body.text()?, json);
        Ok(())
    })
}

fn write_elements(
    count: usize,
    json: &mut Vec<u8>,
    write: impl FnMut(&mut Vec<u8>) -> Result<(), Malformed>,
) -> Result<(), Malformed> {
    write_collection(b"[]", count, json, write)
}

fn write_entries(
    count: usize,
    json: &mut Vec<u8>,
    write: impl FnMut(&mut Vec<u8>) -> Result<(), Malformed>,
) -> Result<(), Malformed> {
    write_collection(b"{}", count, json, write)
}

fn write_collection(
    brackets: &[u8; 2],
    count: usize,
    json: &mut Vec<u8>,
    mut write: impl FnMut(&mut Vec<u8>) -> Result<(), Malformed>,
) -> Result<(), Malformed> {
    let [opening, closing] = *brackets;
    json.push(opening);
    for position in 0..count {
        if position > 0 {
            json.push(b',');
        }
        write(json)?;
    }
    json.push(closing);
    Ok(())
}

fn write_name(name: &[u8], json: &mut Vec<u8>) {
    write_text(name, json);
    json.push(b':');
}

fn write_binary(bytes: &[u8], json: &mut Vec<u8>) {
    json.push(b'"');
    write_encoded(bytes, json);
    json.push(b'"');
}

/// Writes UTF-8 text in quotes, escaping what JSON demands and nothing else.
pub fn write_text(text: &[u8], json: &mut Vec<u8>) {
    json.push(b'"');
    let mut rest = text;
    while let Some(length) = first_special(rest) {
        let (plain, special) = rest.split_at(length);
        json.extend_from_slice(plain);
        let Some((byte, tail)) = special.split_first() else {
            break;
        };
        write_escape(*byte, json);
        rest = tail;
    }
    json.extend_from_slice(rest);
    json.push(b'"');
}

fn write_escape(byte: u8, json: &mut Vec<u8>) {
    let short = match byte {
        b'"' => b'"',
        b'\\' => b'\\',
        0x08 => b'b',
        0x0c => b'f',
        b'\n' => b'n',
        b'\r' => b'r',
        b'\t' => b't',
        _ => {
            json.extend_from_slice(format!("\\u{byte:04x}").as_bytes());
            return;
        }
    };
    json.extend_from_slice(&[b'\\', short]);
}
