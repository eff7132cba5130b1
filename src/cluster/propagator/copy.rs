//! The copy of what was there when the propagator subscribed.

use crate::btree::{self, Tree};
use crate::replica::Row;
use crate::value::key::OrderedBytes;
use std::ops::Bound;

/// Rows that one step takes.
const COPY_ROWS: usize = 128;

/// The copy of what was there at the beginning.
#[derive(Clone, Debug)]
pub(super) struct Copying {
    rows: Tree<Row>,
    /// The last row copied.
    after: Option<OrderedBytes>,
    step: u32,
}

impl Copying {
    /// A copy that has yet to begin.
    pub fn of(rows: Tree<Row>) -> Self {
        Copying {
            rows,
            after: None,
            step: 0,
        }
    }

    /// Counts the steps, from one.
    pub fn next_step(&mut self) -> u32 {
        self.step += 1;
        self.step
    }

    /// The rows that the next step takes; none once all are copied.
    pub fn next_rows(&mut self) -> Vec<Row> {
        let lower = match &self.after {
            Some(key) => Bound::Excluded(key.as_bytes()),
            None => Bound::Unbounded,
        };
        let rows: Vec<Row> = self
            .rows
            .range((lower, Bound::Unbounded))
            .take(COPY_ROWS)
            .cloned()
            .collect();
        if let Some(last) = rows.last() {
            self.after = Some(OrderedBytes::new(btree::Row::key(last)));
        }
        rows
    }
}
