//! A region behind its HTTP edge, without a host: a JSON body in, a JSON body out, as over a connection. Time stands still
//! unless it is told to pass.

#![allow(
    clippy::panic,
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a mistake in a case must stop the test that reads it"
)]

use snowglobe::http::{Edge, Routed};
use snowglobe::region::{Answer, Region, RegionOptions};
use snowglobe::request::{Operation, Service as Api};
use snowglobe::table::Origin;
use snowglobe::time::Time;
use snowglobe::value::flat::{Map, Tag, View, Writer};

/// An edge, a region, and the time there.
pub struct Service {
    edge: Edge,
    region: Region,
    now: Time,
    draws: u64,
}

/// What a client receives.
pub struct Response {
    pub status: u16,
    pub body: String,
}

impl Service {
    /// An empty region: us-east-1 of account 123456789012, in the year 2030.
    pub fn new() -> Self {
        Service {
            edge: Edge {
                region: "us-east-1".to_owned(),
                account: None,
                credentials: None,
            },
            region: Region::new(RegionOptions {
                origin: Origin::new("us-east-1", "123456789012"),
                ..RegionOptions::default()
            }),
            now: Time::from_ms(1_893_456_000_000.0),
            draws: 0,
        }
    }

    /// Sends a body as the request of an operation of either API.
    pub fn call(&mut self, operation: Operation, body: &[u8]) -> Response {
        self.send(
            &format!("{}.{}", operation.service().target_prefix(), operation.name()),
            body,
        )
    }

    /// Sends a body as the request of the operation of a name, in whichever API has it.
    pub fn post(&mut self, operation: &str, body: &[u8]) -> Response {
        let api = match Operation::from_name(Api::Streams, operation) {
            Some(_) => Api::Streams,
            None => Api::DynamoDb,
        };
        self.send(&format!("{}.{operation}", api.target_prefix()), body)
    }

    fn send(&mut self, target: &str, body: &[u8]) -> Response {
        let draws = &mut self.draws;
        let mut draw = || {
            *draws += 1;
            draws.wrapping_mul(0x9e37_79b9_7f4a_7c15)
        };
        let routed = self
            .edge
            .route(&request(target, body), self.now.whole_ms(), &mut draw)
            .expect("a well-formed request tree");
        let tree = match routed {
            Routed::Answer(tree) => tree,
            Routed::Call(call) => match self.region.call(self.now, call.operation, &call.tree) {
                Answer::Done(tree) => call.exchange.succeed(&tree),
                Answer::Failed(error) => call.exchange.fail(&error),
                Answer::Pending(_) => panic!("nothing delays an answer here"),
            },
        };
        response(&tree)
    }
}

fn request(target: &str, body: &[u8]) -> Vec<u8> {
    let mut writer = Writer::new();
    let tree = writer.open(Tag::M, 4);
    for (name, value) in [("method", "POST"), ("path", "/")] {
        writer.text(name.as_bytes());
        writer.scalar(Tag::S, value.as_bytes());
    }
    writer.text(b"headers");
    let headers = writer.open(Tag::M, 2);
    for (name, value) in [("content-type", "application/x-amz-json-1.0"), ("x-amz-target", target)] {
        writer.text(name.as_bytes());
        writer.scalar(Tag::S, value.as_bytes());
    }
    writer.close(headers);
    writer.text(b"body");
    writer.scalar(Tag::B, body);
    writer.close(tree);
    writer.into_bytes()
}

fn response(tree: &[u8]) -> Response {
    let members = Map::read(tree).expect("a response tree");
    let view = |name: &str| {
        members
            .get(name.as_bytes())
            .expect("a member of a response")
            .view()
            .expect("a well-formed response tree")
    };
    let (View::N(status), View::B(body)) = (view("status"), view("body")) else {
        panic!("a response's status is a number, its body bytes");
    };
    let status = std::str::from_utf8(status).expect("digits");
    Response {
        status: status.parse().expect("a status"),
        body: String::from_utf8(body.to_vec()).expect("JSON is UTF-8"),
    }
}
