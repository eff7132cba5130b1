//! Names and values resolved: what a bound expression refers to.
