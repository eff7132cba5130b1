//! PartiQL as DynamoDB reads it: one statement of text becomes the same things that the native operations are made of.
//!
//! A statement passes through three types. Text becomes a tree that knows where each part stands ([`parse`]); with its parameters it
//! becomes a [`Statement`], whose conditions and updates are those of [`crate::expression`] and whose values are admitted; what
//! the keys in its WHERE clause select is asked of [`Where`] once the table's schema is known. Faults are data
//! ([`StatementFault`]), and say themselves in the service's words.
//!
//! Nothing here reads a table or a stored item.

mod ast;
mod condition;
mod fault;
mod keys;
mod keywords;
mod lexer;
mod literal;
mod parser;
mod statement;
mod update;

pub use ast::{Kind, Parsed, Returning, Span, Step};
pub use condition::Where;
pub use fault::{Malformed, StatementFault};
pub use keys::{Selected, Slice};
pub use parser::parse;
pub use statement::{Column, Delete, Insert, Order, Select, Source, Statement, Update, admit, bind};
