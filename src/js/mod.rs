//! The only code that knows JavaScript: the exported engine, its storage bindings and the conversion of options.

pub mod engine;
pub mod indexeddb;
mod memory;
mod options;
pub mod snapshot;
