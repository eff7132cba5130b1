//! What may be done to a table as it stands, and what is going on that forbids it.
//!
//! Planning asks, of the table as its caller can know it; then the admin actor asks again, of the table as the operation
//! before left it. On a network that takes time the two differ.

use super::{Catalog, IndexChange, IndexStatus, Table, TableChange, TableName, TableStatus};
use crate::error::resource::Transition;
use crate::error::table::ChangeFault;
use crate::error::{Busy, Error, Exceeded};
use crate::limits;

/// What is done to an index while its table is used.
#[derive(Clone, Copy, Debug)]
pub enum Online<'a> {
    /// It is made.
    Make,
    /// The one of that name is dropped.
    Drop(&'a str),
}

impl Catalog {
    /// Refuses to make a table under a name that is taken, or one more than there may be.
    ///
    /// # Errors
    /// ResourceInUseException, LimitExceededException
    pub fn check_creatable(&self, name: &TableName) -> Result<(), Error> {
        if let Some(table) = self.get(name.as_str()) {
            return Err(Error::ResourceInUseException(match table.status {
                TableStatus::Creating => table.busy(Transition::Created),
                TableStatus::Deleting => table.busy(Transition::Deleted),
                TableStatus::Updating | TableStatus::Active => Busy::TableExists {
                    table: name.to_string(),
                },
            }));
        }
        if self.len() >= limits::TABLES_MAX {
            return Err(Error::LimitExceededException(Exceeded::TableOperations {
                limit: u32::try_from(limits::TABLES_MAX).unwrap_or(u32::MAX),
            }));
        }
        Ok(())
    }
}

impl Table {
    /// Refuses a change while the table is made, changed or dropped.
    ///
    /// # Errors
    /// ResourceInUseException
    pub fn check_idle(&self) -> Result<(), Error> {
        let transition = match self.status {
            TableStatus::Active => return Ok(()),
            TableStatus::Creating => Transition::Created,
            TableStatus::Updating => Transition::Updated,
            TableStatus::Deleting => Transition::Deleted,
        };
        Err(Error::ResourceInUseException(self.busy(transition)))
    }

    /// Refuses to drop the table while it, or an index of it, is made, changed or dropped, and while it is protected. An index
    /// that comes or goes is told of before the table that is UPDATING for it; indexes that come or go together with their
    /// table are not.
    ///
    /// # Errors
    /// ResourceInUseException, ValidationException
    pub fn check_droppable(&self) -> Result<(), Error> {
        match self.status {
            TableStatus::Active | TableStatus::Updating => {
                let mut indexes = self.fed_indexes();
                if indexes.any(|index| index.status != IndexStatus::Active) {
                    return Err(Error::ResourceInUseException(Busy::Indexes));
                }
            }
            TableStatus::Creating | TableStatus::Deleting => {}
        }
        self.check_idle()?;
        if self.deletion_protection {
            return Err(Error::invalid(ChangeFault::Protected));
        }
        Ok(())
    }

    /// Refuses to make or drop an index while another one comes or goes: a table that is UPDATING for it is not to blame. What
    /// is being made can be asked to go.
    ///
    /// # Errors
    /// LimitExceededException
    pub fn check_online<'a>(&self, actions: impl IntoIterator<Item = Online<'a>>) -> Result<(), Error> {
        if !self.changes_online() {
            return Ok(());
        }
        let conflicts = |action: Online<'_>| match action {
            Online::Make => true,
            Online::Drop(name) => !self.is_being_made(name),
        };
        if actions.into_iter().any(conflicts) {
            return Err(Error::LimitExceededException(Exceeded::OnlineIndexes));
        }
        Ok(())
    }

    /// Refuses a change that was planned on the table as it was at `planned`, if another one came first: what it was checked
    /// against may not hold any more. DynamoDB, where the other one takes seconds, refuses it as well.
    ///
    /// # Errors
    /// LimitExceededException, ResourceInUseException
    pub fn check_changeable(&self, planned: &Table, change: &TableChange) -> Result<(), Error> {
        self.check_online(change.online())?;
        self.check_idle()?;
        if self.updates != planned.updates {
            return Err(Error::ResourceInUseException(self.busy(Transition::Updated)));
        }
        Ok(())
    }

    /// True while an index is made or dropped on the table that there is: one at a time.
    fn changes_online(&self) -> bool {
        match self.status {
            TableStatus::Active | TableStatus::Updating => self.fed_indexes().any(|index| match index.status {
                IndexStatus::Creating { .. } | IndexStatus::Deleting => true,
                IndexStatus::Updating | IndexStatus::Active => false,
            }),
            TableStatus::Creating | TableStatus::Deleting => false,
        }
    }

    fn is_being_made(&self, name: &str) -> bool {
        self.fed_indexes()
            .any(|index| index.name.as_str() == name && matches!(index.status, IndexStatus::Creating { .. }))
    }

    /// The table in a state that forbids what was asked.
    pub fn busy(&self, transition: Transition) -> Busy {
        Busy::Table {
            table: self.name.to_string(),
            transition,
        }
    }
}

impl TableChange {
    fn online(&self) -> impl Iterator<Item = Online<'_>> {
        self.indexes.iter().filter_map(|change| match change {
            IndexChange::Create(_) | IndexChange::CreateVector(_) => Some(Online::Make),
            IndexChange::Delete(name) => Some(Online::Drop(name.as_str())),
            IndexChange::Update { .. } => None,
        })
    }
}
