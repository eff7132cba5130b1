//! Whether a table may be changed or dropped now, or what is going on that forbids it.

use super::{IndexStatus, Table, TableStatus};
use crate::error::Busy;
use crate::error::resource::Transition;

impl Table {
    /// Refuses a change while the table is made, changed or dropped.
    ///
    /// # Errors
    /// What is going on.
    pub fn check_idle(&self) -> Result<(), Busy> {
        match self.status {
            TableStatus::Active => Ok(()),
            TableStatus::Creating => Err(self.busy(Transition::Created)),
            TableStatus::Updating => Err(self.busy(Transition::Updated)),
            TableStatus::Deleting => Err(self.busy(Transition::Deleted)),
        }
    }

    /// Refuses to drop the table while it, or an index of it, is made, changed or dropped. An index that comes or goes is
    /// told of before the table that is UPDATING for it; indexes that come or go together with their table are not.
    ///
    /// # Errors
    /// What is going on.
    pub fn check_droppable(&self) -> Result<(), Busy> {
        match self.status {
            TableStatus::Active | TableStatus::Updating => {
                let mut indexes = self.fed_indexes();
                if indexes.any(|index| index.status != IndexStatus::Active) {
                    return Err(Busy::Indexes);
                }
            }
            TableStatus::Creating | TableStatus::Deleting => {}
        }
        self.check_idle()
    }

    /// True while an index is made or dropped on the table that there is: one at a time.
    pub fn changes_online(&self) -> bool {
        match self.status {
            TableStatus::Active | TableStatus::Updating => self.fed_indexes().any(|index| match index.status {
                IndexStatus::Creating { .. } | IndexStatus::Deleting => true,
                IndexStatus::Updating | IndexStatus::Active => false,
            }),
            TableStatus::Creating | TableStatus::Deleting => false,
        }
    }

    /// The table in a state that forbids what was asked.
    pub fn busy(&self, transition: Transition) -> Busy {
        Busy::Table {
            table: self.name.to_string(),
            transition,
        }
    }
}
