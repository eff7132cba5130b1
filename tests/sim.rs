//! Random operations on random networks against a plain model: a few seconds of seeds.
//!
//! `SIM_SEED=n` replays one seed, `SIM_SEEDS=n` runs more of them.

#![allow(clippy::panic, reason = "a finding fails the test, with the seed that replays it")]

use snowglobe::cluster::Network;
use snowglobe::sim::{Fault, Finding, Report, SimOptions, run};

fn seeds() -> std::ops::Range<u64> {
    let variable = |name: &str| std::env::var(name).ok()?.parse::<u64>().ok();
    match (variable("SIM_SEED"), variable("SIM_SEEDS")) {
        (Some(seed), _) => seed..seed + 1,
        (None, count) => 0..count.unwrap_or(60),
    }
}

/// The networks every seed is run on.
fn networks() -> [Network; 4] {
    let network = |latency_ms, loss, reorder| match Network::new(latency_ms, loss, reorder) {
        Ok(network) => network,
        Err(fault) => panic!("{fault:?}"),
    };
    [
        Network::default(),
        network([1.0, 30.0], 0.0, 0.0),
        network([0.5, 20.0], 0.0, 0.3),
        network([0.0, 40.0], 0.15, 0.3),
    ]
}

fn options(seed: u64, network: Network) -> SimOptions {
    SimOptions {
        seed,
        network,
        partitions: 1 + (seed % 4) as u32,
        operations: 250,
        concurrency: 1 + (seed % 9) as usize,
        transient_states: seed % 5 == 4,
        fault: None,
    }
}

fn check(options: SimOptions) -> Report {
    match run(options) {
        Ok(report) => report,
        Err(finding) => panic!("SIM_SEED={} found {finding} with {options:?}", options.seed),
    }
}

#[test]
fn every_seed_holds_on_every_network() {
    let (mut writes, mut stale) = (0, 0);
    for seed in seeds() {
        for network in networks() {
            let report = check(options(seed, network));
            writes += report.writes;
            stale += report.stale_reads;
            if network == Network::default() {
                assert_eq!(report.stale_reads, 0, "an instant network leaves no replica behind");
            }
        }
    }
    assert!(writes > 0);
    // A simulator that never sees a stale read has gone blind.
    assert!(stale > 0 || seeds().count() < 10);
}

#[test]
fn the_same_seed_gives_the_same_messages() {
    for seed in seeds().take(8) {
        for network in networks() {
            let [first, second] = [check(options(seed, network)), check(options(seed, network))];
            assert!(first == second, "SIM_SEED={seed} ran differently the second time");
        }
    }
}

#[test]
fn other_seeds_give_other_messages() {
    let [first, second] = [0, 1].map(|seed| check(options(seed, networks()[1])));
    assert_ne!(first.notes, second.notes);
}

#[test]
fn a_lost_write_is_found() {
    let found = seeds().take(5).any(|seed| {
        let options = SimOptions {
            fault: Some(Fault::LostWrite),
            ..options(seed, Network::default())
        };
        run(options).is_err()
    });
    assert!(found, "a simulator that does not miss a write checks nothing");
}

#[test]
fn a_row_too_few_is_found() {
    let options = SimOptions {
        fault: Some(Fault::SilentWrite),
        ..options(3, Network::default())
    };
    assert!(matches!(run(options), Err(Finding::Rows { .. })));
}
