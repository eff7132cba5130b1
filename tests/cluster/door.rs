//! A region called with JSON bodies at times of the test's choosing.

use serde_json::Value;
use snowglobe::cluster::Network;
use snowglobe::error::Error;
use snowglobe::region::{Answer, Region, RegionOptions};
use snowglobe::request::{Operation, wire};
use snowglobe::time::{Span, Time};

/// When every test begins.
pub const START: Time = Time::from_micros(1_893_456_000_000_000);

/// A region and the present moment.
pub struct Door {
    pub region: Region,
    pub now: Time,
}

pub const TABLE: &str = r#"{"TableName":"Things","BillingMode":"PAY_PER_REQUEST",
    "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},{"AttributeName":"sk","AttributeType":"N"}],
    "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"sk","KeyType":"RANGE"}]}"#;

pub const INDEXED_TABLE: &str = r#"{"TableName":"Things","BillingMode":"PAY_PER_REQUEST",
    "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},{"AttributeName":"sk","AttributeType":"N"},
        {"AttributeName":"colour","AttributeType":"S"}],
    "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"sk","KeyType":"RANGE"}],
    "LocalSecondaryIndexes":[{"IndexName":"local","Projection":{"ProjectionType":"ALL"},
        "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"colour","KeyType":"RANGE"}]}],
    "GlobalSecondaryIndexes":[{"IndexName":"global","Projection":{"ProjectionType":"KEYS_ONLY"},
        "KeySchema":[{"AttributeName":"colour","KeyType":"HASH"}]}]}"#;

pub const ADD_INDEX: &str = r#"{"TableName":"Things","AttributeDefinitions":[{"AttributeName":"colour","AttributeType":"S"}],
    "GlobalSecondaryIndexUpdates":[{"Create":{"IndexName":"by-colour","Projection":{"ProjectionType":"ALL"},
        "KeySchema":[{"AttributeName":"colour","KeyType":"HASH"}]}}]}"#;

pub fn network(latency_ms: [f64; 2], loss: f64, reorder: f64) -> Network {
    Network::new(latency_ms, loss, reorder).unwrap()
}

impl Door {
    pub fn new(options: RegionOptions) -> Self {
        Door {
            region: Region::new(options),
            now: START,
        }
    }
    pub fn on(network: Network) -> Self {
        Door::new(RegionOptions {
            network,
            seed: 7,
            ..RegionOptions::default()
        })
    }
    /// Begins a call.
    pub fn begin(&mut self, operation: Operation, body: &str) -> Answer {
        let tree = wire::read_body(operation, body.as_bytes()).unwrap();
        self.region.call(self.now, operation, &tree)
    }
    /// Calls, and lets as much time pass as the answer takes.
    pub fn call(&mut self, operation: Operation, body: &str) -> Result<Value, Error> {
        match self.begin(operation, body) {
            Answer::Done(tree) => Ok(json(&tree)),
            Answer::Failed(error) => Err(error),
            Answer::Pending(ticket) => loop {
                self.now = self.region.next_deadline().expect("a pending call waits for something");
                self.region.step(self.now);
                while let Some((answered, result)) = self.region.next_completion() {
                    if answered == ticket {
                        return result.map(|tree| json(&tree));
                    }
                }
            },
        }
    }
    pub fn ok(&mut self, operation: Operation, body: &str) -> Value {
        self.call(operation, body)
            .unwrap_or_else(|error| panic!("{body}: {error}"))
    }
    /// Lets everything come to rest.
    pub fn settle(&mut self) {
        while let Some(next) = self.region.next_deadline() {
            self.now = self.now.max(next);
            self.region.step(self.now);
        }
    }
    pub fn advance_ms(&mut self, ms: u64) {
        self.now = self.now + Span::from_ms(ms);
        self.region.step(self.now);
    }
    pub fn put(&mut self, number: u32, colour: &str) {
        self.ok(Operation::PutItem, &put_body(number, colour));
    }
    /// Number of items that a scan of the table or of an index finds, over all pages.
    pub fn scan_count(&mut self, index: Option<&str>) -> u64 {
        let index = index.map_or(String::new(), |index| format!(r#","IndexName":"{index}""#));
        let page = self.ok(Operation::Scan, &format!(r#"{{"TableName":"Things"{index}}}"#));
        assert!(page.get("LastEvaluatedKey").is_none(), "the tests' tables fit a page");
        page["Count"].as_u64().unwrap()
    }
    pub fn describe(&mut self) -> Value {
        self.ok(Operation::DescribeTable, r#"{"TableName":"Things"}"#)["Table"].clone()
    }
}

pub fn put_body(number: u32, colour: &str) -> String {
    format!(
        r#"{{"TableName":"Things","Item":{{"pk":{{"S":"p{}"}},"sk":{{"N":"{number}"}},"colour":{{"S":"{colour}"}}}}}}"#,
        number % 10
    )
}

pub fn get_body(number: u32, consistent: bool) -> String {
    format!(
        r#"{{"TableName":"Things","ConsistentRead":{consistent},"Key":{{"pk":{{"S":"p{}"}},"sk":{{"N":"{number}"}}}}}}"#,
        number % 10
    )
}

pub fn json(tree: &[u8]) -> Value {
    let mut body = Vec::new();
    wire::write_body(tree, &mut body).unwrap();
    serde_json::from_slice(&body).unwrap()
}
