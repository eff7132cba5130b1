//! JSON 1.0, both ways: a body into a flat request tree, guided by the operation's shapes, and a flat response tree or an
//! error into a body.
//!
//! The only place where JSON text is met. Reading stops at the first value that does not fit its shape, in document order,
//! with the framework's own sentence; null means absent, members that the API does not have are ignored, and of a member that
//! comes twice the last one counts.

mod base64;
mod read;
pub mod scan;
mod write;

pub use read::read_body;
pub use write::{write_body, write_error};

/// The longest body that is read: 16 MB, as the service takes them.
pub const BODY_BYTES_MAX: usize = 16 * 1024 * 1024;

#[cfg(test)]
mod tests;
