//! What one replica says to what it is told, the whole transcript expected.

mod transcript;

use snowglobe::error::Error;
use snowglobe::replica::{
    ActorId, Ballot, Entries, LOG_ENTRIES_MAX, LineageId, Message, Progress, RoleName, SequenceNumber, SweeperId,
    ToLeader,
};
use transcript::{LEADER, ONE, TWO, Transcript, append, appended, delete, follower, leader, put, table};

#[test]
fn a_write_is_answered_after_the_first_acknowledgement() {
    let (table, mut leader, mut out) = (table(), leader(), Transcript::default());
    leader.handle(ActorId::Router, put(&table, 1), &mut out);
    assert_eq!(
        out.take(),
        [
            "replica 1: append [1] under 1, committed to 0, trimmed to 0",
            "replica 2: append [1] under 1, committed to 0, trimmed to 0",
        ]
    );
    assert_eq!(
        (leader.appended().0, leader.committed().0, leader.applied().0),
        (1, 0, 0)
    );
    leader.handle(TWO, appended(1, 0), &mut out);
    assert_eq!(
        out.take(),
        [
            "router: wrote part 1, an item after nothing",
            "replica 1: commit under 1, committed to 1, trimmed to 0",
            "replica 2: commit under 1, committed to 1, trimmed to 0",
        ]
    );
    // The second acknowledgement changes nothing that anybody must know.
    leader.handle(ONE, appended(1, 0), &mut out);
    assert_eq!(out.take(), [""; 0]);
    assert_eq!(leader.log_entries(), 1, "nobody has applied the entry yet");
    leader.handle(ActorId::Router, put(&table, 2), &mut out);
    leader.handle(ONE, appended(2, 1), &mut out);
    leader.handle(TWO, appended(2, 1), &mut out);
    assert_eq!(leader.log_entries(), 1, "what everybody has applied is trimmed");
}

#[test]
fn what_is_decided_on_uncommitted_ground_waits_for_it() {
    let (table, mut leader, mut out) = (table(), leader(), Transcript::default());
    leader.handle(ActorId::Router, put(&table, 1), &mut out);
    leader.handle(ActorId::Router, delete(&table, 1), &mut out);
    out.take();
    // Finds nothing to delete, because of a deletion that may yet come to nothing.
    leader.handle(ActorId::Router, delete(&table, 1), &mut out);
    assert_eq!(out.take(), [""; 0]);
    leader.handle(ONE, appended(1, 0), &mut out);
    assert_eq!(
        out.take(),
        [
            "router: wrote part 1, an item after nothing",
            "replica 1: commit under 1, committed to 1, trimmed to 0",
            "replica 2: commit under 1, committed to 1, trimmed to 0",
        ]
    );
    leader.handle(ONE, appended(2, 1), &mut out);
    assert_eq!(
        out.take(),
        [
            "router: wrote part 1, nothing after an item",
            "router: wrote part 1, nothing after nothing",
            "replica 1: commit under 1, committed to 2, trimmed to 0",
            "replica 2: commit under 1, committed to 2, trimmed to 0",
        ]
    );
    assert!(leader.rows().is_empty());
}

#[test]
fn a_follower_applies_what_is_committed_and_no_more() {
    let (table, mut leader, mut follower, mut out) = (table(), leader(), follower(), Transcript::default());
    for number in 1..=3 {
        leader.handle(ActorId::Router, put(&table, number), &mut out);
    }
    let entries: Vec<Entries> = (0..3).map(|at| out.entry(at * 2)).collect();
    out.take();
    follower.handle(LEADER, append(1, entries[0].clone(), 0), &mut out);
    follower.handle(LEADER, append(1, entries[1].clone(), 1), &mut out);
    assert_eq!(
        out.take(),
        [
            "replica 0: appended to 1 under 1, applied to 0",
            "replica 0: appended to 2 under 1, applied to 1",
        ]
    );
    // It may learn of a commit before it has the entry.
    let commit = Message::Commit {
        ballot: Ballot(1),
        progress: Progress {
            committed: SequenceNumber(3),
            trimmed: SequenceNumber(3),
        },
    };
    follower.handle(LEADER, commit, &mut out);
    assert_eq!(
        (follower.applied().0, follower.committed().0, follower.log_entries()),
        (2, 2, 0)
    );
    follower.handle(LEADER, append(1, entries[2].clone(), 0), &mut out);
    assert_eq!(follower.applied().0, 3);
    assert_eq!(out.take(), ["replica 0: appended to 3 under 1, applied to 3"]);
}

#[test]
fn entries_in_any_order_and_number_are_appended_once_and_in_order() {
    let (table, mut leader, mut out) = (table(), leader(), Transcript::default());
    for number in 1..=3 {
        leader.handle(ActorId::Router, put(&table, number), &mut out);
    }
    let entries: Vec<Entries> = (0..3).map(|at| out.entry(at * 2)).collect();
    // Every order of six deliveries, each entry twice.
    let mut orders: Vec<Vec<usize>> = vec![Vec::new()];
    for _ in 0..6 {
        orders = orders
            .into_iter()
            .flat_map(|order| {
                (0..3)
                    .filter(|next| order.iter().filter(|seen| *seen == next).count() < 2)
                    .map(|next| [order.clone(), vec![next]].concat())
                    .collect::<Vec<_>>()
            })
            .collect();
    }
    assert_eq!(orders.len(), 90);
    for order in orders {
        let (mut follower, mut out) = (follower(), Transcript::default());
        for at in &order {
            follower.handle(LEADER, append(1, entries[*at].clone(), 3), &mut out);
        }
        assert_eq!((follower.appended().0, follower.applied().0), (3, 3), "{order:?}");
        assert_eq!(follower.rows().len(), 3);
        let gaps = out.lines.iter().filter(|line| line.ends_with("gap")).count();
        assert!(gaps <= 2, "a gap is asked for once: {order:?}");
    }
}

#[test]
fn a_gap_is_filled_from_the_log() {
    let (table, mut leader, mut out) = (table(), leader(), Transcript::default());
    for number in 1..=3 {
        leader.handle(ActorId::Router, put(&table, number), &mut out);
    }
    out.take();
    let gap = |last| {
        Message::ToLeader(ToLeader::Appended {
            ballot: Ballot(1),
            last: SequenceNumber(last),
            applied: SequenceNumber::ZERO,
            gap: true,
        })
    };
    leader.handle(ONE, gap(0), &mut out);
    assert_eq!(
        out.take(),
        [
            "(SentAgain { from: SequenceNumber(1) })",
            "replica 1: append [1, 2, 3] under 1, committed to 0, trimmed to 0",
        ]
    );
    leader.handle(ONE, appended(3, 3), &mut out);
    out.take();
    // An old complaint that comes late.
    leader.handle(ONE, gap(1), &mut out);
    assert_eq!(out.take(), [""; 0]);
}

#[test]
fn a_network_that_loses_messages_has_them_sent_again() {
    let (table, mut leader) = (table(), leader());
    let mut out = Transcript {
        ticks: true,
        ..Transcript::default()
    };
    leader.handle(ActorId::Router, put(&table, 1), &mut out);
    leader.handle(ONE, appended(1, 0), &mut out);
    out.take();
    leader.handle(LEADER, ToLeader::Tick.into(), &mut out);
    assert_eq!(
        out.take(),
        [
            // The first has the entry and may not know that it is committed, the second may have nothing.
            "(SentAgain { from: SequenceNumber(2) })",
            "replica 1: append [] under 1, committed to 1, trimmed to 0",
            "(SentAgain { from: SequenceNumber(1) })",
            "replica 2: append [1] under 1, committed to 1, trimmed to 0",
        ]
    );
    leader.handle(ONE, appended(1, 1), &mut out);
    leader.handle(TWO, appended(1, 1), &mut out);
    leader.handle(LEADER, ToLeader::Tick.into(), &mut out);
    assert_eq!(out.take(), [""; 0], "everybody has everything: it is quiet");
}

#[test]
fn a_lineage_that_is_to_end_is_given_the_rest_and_nothing_after_it() {
    let (table, mut leader, mut out) = (table(), leader(), Transcript::default());
    let lineage = ActorId::Lineage(LineageId(0));
    leader.handle(lineage, ToLeader::Subscribe.into(), &mut out);
    assert_eq!(out.take(), ["lineage 0: subscribed at 0 with 0 rows"]);
    for number in 1..=2 {
        leader.handle(ActorId::Router, put(&table, number), &mut out);
        leader.handle(ONE, appended(number, 0), &mut out);
    }
    let fed = |lines: &[String]| {
        lines
            .iter()
            .filter(|line| line.starts_with("lineage"))
            .cloned()
            .collect::<Vec<_>>()
    };
    assert_eq!(fed(&out.take()), ["lineage 0: feed 1", "lineage 0: feed 1"]);
    let fed_up_to = ToLeader::Fed {
        position: SequenceNumber(1),
        missing: None,
    };
    leader.handle(lineage, fed_up_to.into(), &mut out);
    leader.handle(lineage, ToLeader::Finish.into(), &mut out);
    assert_eq!(fed(&out.take()), ["lineage 0: the last 1"]);
    leader.handle(ActorId::Router, put(&table, 3), &mut out);
    leader.handle(ONE, appended(3, 3), &mut out);
    assert_eq!(fed(&out.take()), Vec::<String>::new());
}

#[test]
fn a_leader_whose_partition_is_dropped_gives_lineages_the_rest() {
    let (table, mut leader, mut out) = (table(), leader(), Transcript::default());
    leader.handle(ActorId::Lineage(LineageId(0)), ToLeader::Subscribe.into(), &mut out);
    leader.handle(ActorId::Sweeper(SweeperId(0)), ToLeader::Subscribe.into(), &mut out);
    leader.handle(ActorId::Router, put(&table, 1), &mut out);
    leader.handle(ONE, appended(1, 0), &mut out);
    leader.handle(ActorId::Router, put(&table, 2), &mut out);
    out.take();
    leader.retire(&Error::InternalServerError, &mut out);
    assert_eq!(
        out.take(),
        ["lineage 0: the last 1", "router: part 2 failed, InternalServerError"]
    );
}

#[test]
fn a_stale_ballot_is_refused_and_its_leader_steps_down() {
    let (table, mut old, mut follower, mut out) = (table(), leader(), follower(), Transcript::default());
    follower.handle(TWO, append(2, Entries::none(), 0), &mut out);
    assert_eq!(out.take(), ["replica 2: appended to 0 under 2, applied to 0"]);
    old.handle(ActorId::Router, put(&table, 1), &mut out);
    let entries = out.entry(1);
    out.take();
    follower.handle(LEADER, append(1, entries, 0), &mut out);
    assert_eq!(
        out.take(),
        ["(StaleBallot { ballot: Ballot(1) })", "replica 0: superseded by 2"]
    );
    assert_eq!(follower.appended().0, 0);
    old.handle(ONE, Message::Superseded { ballot: Ballot(2) }, &mut out);
    assert_eq!(
        out.take(),
        [
            "(SteppedDown { ballot: Ballot(2) })",
            // Whether the write survives is the next leader's to know.
            "router: part 1 failed, InternalServerError",
        ]
    );
    assert_eq!(old.role(), RoleName::Follower);
    old.handle(ActorId::Router, put(&table, 2), &mut out);
    assert_eq!(out.take(), ["router: part 2 failed, InternalServerError"]);
}

#[test]
fn a_full_log_refuses_writes_until_it_drains() {
    let (table, mut leader, mut out) = (table(), leader(), Transcript::default());
    for number in 0..LOG_ENTRIES_MAX as u64 {
        leader.handle(ActorId::Router, put(&table, number + 1), &mut out);
        out.appended.clear();
        out.lines.clear();
    }
    leader.handle(ActorId::Router, put(&table, 7), &mut out);
    assert_eq!(out.take(), ["router: part 7 failed, ThrottlingException"]);
    let all = LOG_ENTRIES_MAX as u64;
    leader.handle(ONE, appended(all, all), &mut out);
    leader.handle(TWO, appended(all, all), &mut out);
    assert_eq!(leader.log_entries(), 0);
    out.take();
    leader.handle(ActorId::Router, put(&table, 7), &mut out);
    assert_eq!(out.lines.len(), 2);
}
