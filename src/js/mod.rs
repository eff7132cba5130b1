//! The only code that knows JavaScript: the exported engine, its storage bindings and the conversion of options.

pub mod indexeddb;
