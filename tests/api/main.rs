//! Each operation from request to response, through a whole region.

mod capacity;
mod engine;
mod items;
mod legacy;
mod tables;
