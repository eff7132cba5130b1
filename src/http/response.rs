//! A response, until it is a tree.

use crate::value::flat::{Tag, Writer};

/// Status, headers and body. The length is for the host to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// Names in lower case.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Response {
    /// A response without headers.
    pub fn new(status: u16, body: Vec<u8>) -> Self {
        Response {
            status,
            headers: Vec::with_capacity(8),
            body,
        }
    }

    /// Adds a header.
    pub fn header(&mut self, name: &'static str, value: &str) {
        self.headers.push((name, value.to_owned()));
    }

    /// The response tree: M {status, headers, body}.
    pub fn write_flat(&self) -> Vec<u8> {
        let mut writer = Writer::appending(Vec::with_capacity(self.body.len() + 512));
        let tree = writer.open(Tag::M, 3);
        writer.text(b"status");
        writer.scalar(Tag::N, self.status.to_string().as_bytes());
        writer.text(b"headers");
        let headers = writer.open(Tag::M, self.headers.len());
        for (name, value) in &self.headers {
            writer.text(name.as_bytes());
            writer.scalar(Tag::S, value.as_bytes());
        }
        writer.close(headers);
        writer.text(b"body");
        writer.scalar(Tag::B, &self.body);
        writer.close(tree);
        writer.into_bytes()
    }
}
