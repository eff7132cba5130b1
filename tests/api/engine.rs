//! A region as a caller sees it: a JSON body in, a JSON answer or an error out. Everything between is the real thing, the
//! cluster included; time stands still.

use serde_json::Value;
use snowglobe::cluster::{Cluster, ClusterOptions};
use snowglobe::error::Error;
use snowglobe::expression::ExpressionCache;
use snowglobe::request::respond::respond;
use snowglobe::request::{Context, Operation, dispatch, wire};
use snowglobe::table::Origin;
use snowglobe::time::Time;

/// A region and what calls to it need.
pub struct Engine {
    /// The region's data.
    pub cluster: Cluster,
    cache: ExpressionCache,
    origin: Origin,
}

impl Engine {
    /// An empty region: us-east-1 of account 123456789012, in the year 2030.
    pub fn new() -> Self {
        Engine {
            cluster: Cluster::new(ClusterOptions::default()),
            cache: ExpressionCache::new(),
            origin: Origin::new("us-east-1", "123456789012"),
        }
    }

    /// A region with tables made by these bodies.
    pub fn with(tables: &[&str]) -> Self {
        let mut engine = Engine::new();
        for body in tables {
            engine.ok(Operation::CreateTable, body);
        }
        engine
    }

    /// Calls an operation.
    pub fn call(&mut self, operation: Operation, body: &str) -> Result<Value, Error> {
        let request = wire::read_body(operation, body.as_bytes())?;
        let context = Context {
            expressions: &mut self.cache,
            catalog: self.cluster.catalog(),
            origin: &self.origin,
        };
        let planned = dispatch(operation, &request, context)?;
        let now = Time::from_ms(1_893_456_000_000.0);
        let ticket = self.cluster.submit(now, planned.work);
        let done = self.cluster.next_completion().expect("nothing delays an answer here");
        assert_eq!(done.ticket, ticket);
        let tree = respond(planned.reply, done.result?)?;
        let mut json = Vec::new();
        wire::write_body(&tree, &mut json).expect("responses are well formed");
        Ok(serde_json::from_slice(&json).expect("responses are JSON"))
    }

    /// Calls an operation that must succeed.
    pub fn ok(&mut self, operation: Operation, body: &str) -> Value {
        self.call(operation, body)
            .unwrap_or_else(|error| panic!("{operation:?} {body}: {error}"))
    }

    /// Calls an operation that must be refused, and gives name and sentence.
    pub fn refusal(&mut self, operation: Operation, body: &str) -> (&'static str, String) {
        match self.call(operation, body) {
            Ok(answer) => panic!("{operation:?} {body} was answered {answer}"),
            Err(error) => (error.name(), error.message().unwrap_or_default().into_owned()),
        }
    }

    /// Checks that a call is refused with a ValidationException of that sentence.
    pub fn invalid(&mut self, operation: Operation, body: &str, message: &str) {
        let refusal = self.refusal(operation, body);
        assert_eq!(
            refusal,
            ("ValidationException", message.to_owned()),
            "{operation:?} {body}"
        );
    }
}
