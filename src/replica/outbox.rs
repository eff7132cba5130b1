//! Where the effects of a replica go: handling a message does nothing but change the replica and fill its outbox.

use super::id::{ActorId, Ballot, PartitionId, SequenceNumber};
use super::message::{Got, Message, Reply};

/// Where a replica's effects go.
pub trait Outbox {
    /// Tells another replica of the partition something.
    fn tell(&mut self, to: ActorId, message: Message);
    /// Answers with an item.
    fn got(&mut self, to: ActorId, got: Got);
    /// Answers with anything else.
    fn reply(&mut self, to: ActorId, reply: Reply);
    /// Asks for a [`ToLeader::Tick`](super::ToLeader::Tick) after the network's retransmission time. On a network that loses nothing nothing ever has
    /// to be sent twice, and no tick comes: false.
    fn tick(&mut self) -> bool;
    /// Notes something worth knowing.
    fn trace(&mut self, event: Event);
}

/// What replicas note in the trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// A message of a superseded leader was refused.
    StaleBallot {
        /// The ballot it carried.
        ballot: Ballot,
    },
    /// A leader learnt of a higher ballot and stepped down.
    SteppedDown {
        /// The higher ballot.
        ballot: Ballot,
    },
    /// Entries arrived that do not follow on what the log holds.
    LogGap {
        /// The last entry it has.
        last: SequenceNumber,
    },
    /// Index changes arrived that do not follow on what was taken.
    IndexGap {
        /// The base partition.
        source: PartitionId,
    },
    /// Entries were sent again because nobody had acknowledged them in time.
    SentAgain {
        /// From this entry on.
        from: SequenceNumber,
    },
}
