//! The exported engine: one database's region behind a handle.
//!
//! Requests and responses cross the boundary as bytes in wasm memory, never as JS values: JavaScript writes a flat request tree
//! into the request area, makes one call, and reads the response where the registers say. Control-plane matters that happen
//! once (options, descriptions) are converted by serde. All state hangs on the handle: two databases in one process, or two
//! Durable Objects in one isolate, share code and nothing else.

use super::memory::Headroom;
use super::options::EngineOptions;
use super::snapshot::SnapshotJob;
use crate::cluster::{Purpose, Random, Ticket};
use crate::error::Error;
use crate::http::{Edge, Exchange, Routed};
use crate::ordered::OrderedMap;
use crate::region::{Answer, Caller, Region, RegionOptions, Restore};
use crate::request::Operation;
use crate::store::Corrupt;
use crate::store::snapshot::{Sink, SnapshotReader, SnapshotWriter};
use crate::table::Origin;
use crate::time::Time;
use crate::value::flat::{Malformed, Writer};
use wasm_bindgen::prelude::*;

/// What a call came to; the values are part of the boundary's contract.
#[derive(Clone, Copy)]
enum Status {
    Done = 0,
    Failed = 1,
    Pending = 2,
}

/// Where each word lies in the register block; the values are part of the boundary's contract.
#[derive(Clone, Copy)]
enum Register {
    Status = 0,
    Address = 1,
    Length = 2,
    Ticket = 3,
    Timed = 4,
    Recorded = 5,
    Noted = 6,
}

const REGISTERS: usize = 8;

/// The operations' names with a space between; a name's place is the number that [`Engine::call`] takes. One string, since each that
/// crosses the boundary costs opening several microseconds.
#[wasm_bindgen]
pub fn operations() -> String {
    let names: Vec<&str> = Operation::ALL.iter().map(|operation| operation.name()).collect();
    names.join(" ")
}

/// The module's memory, for those who write requests and read responses. (`memory` itself is the name of wasm's own export.)
#[wasm_bindgen(js_name = linearMemory)]
pub fn linear_memory() -> JsValue {
    wasm_bindgen::memory()
}

/// One database.
#[wasm_bindgen]
pub struct Engine {
    region: Region,
    edge: Edge,
    request_ids: Random,
    /// Exchanges whose operation is pending.
    exchanges: OrderedMap<Ticket, Exchange>,
    registers: Box<[u32; REGISTERS]>,
    request: Vec<u8>,
    response: Vec<u8>,
    revision: u32,
    headroom: Headroom,
}

#[wasm_bindgen]
impl Engine {
    /// A database without tables.
    ///
    /// # Errors
    /// A JS `TypeError` that names the option that is wrong.
    #[wasm_bindgen(constructor)]
    pub fn new(options: JsValue) -> Result<Engine, JsValue> {
        let options = EngineOptions::read(options)?;
        Ok(Engine::around(
            Region::new(options.region()?),
            options.edge(),
            options.seed,
        ))
    }

    fn around(region: Region, edge: Edge, seed: u64) -> Engine {
        Engine {
            region,
            edge,
            request_ids: Random::new(seed, Purpose::Requests),
            exchanges: OrderedMap::new(),
            registers: Box::new([0; REGISTERS]),
            request: Vec::new(),
            response: Vec::new(),
            revision: 0,
            headroom: Headroom::new(),
        }
    }

    /// Address of the registers: eight words that every call fills in.
    pub fn registers(&self) -> usize {
        self.registers.as_ptr().addr()
    }

    /// Makes sure that the request area holds `capacity` bytes; returns its address.
    #[wasm_bindgen(js_name = requestBuffer)]
    pub fn request_buffer(&mut self, capacity: usize) -> usize {
        if self.request.len() < capacity {
            self.request.resize(capacity.next_power_of_two(), 0);
        }
        self.request.as_ptr().addr()
    }

    /// Runs an operation whose request tree is the first `length` bytes of the request area. Returns a status.
    pub fn call(&mut self, operation: usize, length: usize, now_ms: f64) -> u32 {
        let now = Time::from_ms(now_ms);
        let answer = match (Operation::ALL.get(operation).copied(), self.request.get(..length)) {
            (Some(operation), Some(tree)) => {
                self.revision = self.revision.wrapping_add(u32::from(!only_reads(operation)));
                self.region.call(now, operation, tree)
            }
            (None, _) | (_, None) => Answer::Failed(Error::UnknownOperationException),
        };
        let status = self.load(answer);
        self.finish(status)
    }

    /// Runs one HTTP exchange whose request tree is the first `length` bytes of the request area. Returns a status, never
    /// that of a failure: failures are responses too.
    pub fn exchange(&mut self, length: usize, now_ms: f64) -> u32 {
        let now = Time::from_ms(now_ms);
        let tree = self.request.get(..length).unwrap_or_default();
        let request_ids = &mut self.request_ids;
        let status = match self.edge.route(tree, now.whole_ms(), &mut || request_ids.bits()) {
            Ok(Routed::Answer(response)) => self.load_response(response),
            Ok(Routed::Call(call)) => {
                self.revision = self.revision.wrapping_add(u32::from(!only_reads(call.operation)));
                let caller = Caller {
                    origin: Origin::new(&call.region, &call.account),
                    principal: call.principal,
                };
                match self.region.call_as(now, Some(&caller), call.operation, &call.tree) {
                    Answer::Done(tree) => self.load_response(call.exchange.succeed(&tree)),
                    Answer::Failed(error) => self.load_response(call.exchange.fail(&error)),
                    Answer::Pending(ticket) => {
                        self.exchanges.insert(ticket, call.exchange);
                        self.load(Answer::Pending(ticket))
                    }
                }
            }
            // The package writes request trees; this one was not written by it.
            Err(Malformed) => self.load(Answer::Failed(Error::InternalServerError)),
        };
        self.finish(status)
    }

    /// Lets everything up to `now` happen. Returns how many requests have completed.
    pub fn step(&mut self, now_ms: f64) -> usize {
        let now = Time::from_ms(now_ms);
        let happens = self.region.next_deadline().is_some_and(|next| next <= now);
        self.revision = self.revision.wrapping_add(u32::from(happens));
        let completed = self.region.step(now);
        self.finish(Status::Done);
        completed
    }

    /// Loads the registers with the next completed request; 0 when there is none.
    #[wasm_bindgen(js_name = nextCompletion)]
    pub fn next_completion(&mut self) -> u32 {
        let Some((ticket, result)) = self.region.next_completion() else {
            return 0;
        };
        let status = match (self.exchanges.remove(&ticket), result) {
            (Some(exchange), Ok(tree)) => self.load_response(exchange.succeed(&tree)),
            (Some(exchange), Err(error)) => self.load_response(exchange.fail(&error)),
            (None, Ok(tree)) => self.load(Answer::Done(tree)),
            (None, Err(error)) => self.load(Answer::Failed(error)),
        };
        self.set(Register::Ticket, ticket.0);
        self.finish(status);
        1
    }

    /// When something will happen next, in epoch milliseconds; NaN when nothing is going on.
    #[wasm_bindgen(js_name = nextDeadline)]
    pub fn next_deadline(&self) -> f64 {
        self.region.next_deadline().map_or(f64::NAN, Time::as_ms)
    }

    /// The region's own time, in epoch milliseconds: where a virtual clock goes on after a restore.
    pub fn now(&self) -> f64 {
        self.region.now().as_ms()
    }

    /// Partitions and replicas, as a JS object.
    ///
    /// # Errors
    /// None that data can cause.
    pub fn describe(&self) -> Result<JsValue, JsValue> {
        let serializer = serde_wasm_bindgen::Serializer::json_compatible();
        Ok(serde::Serialize::serialize(&self.region.describe(), &serializer)?)
    }

    /// What happened after the first `after` things that did, as far as it is kept: a JS object.
    ///
    /// # Errors
    /// None that data can cause.
    pub fn trace(&self, after: f64) -> Result<JsValue, JsValue> {
        let serializer = serde_wasm_bindgen::Serializer::json_compatible();
        Ok(serde::Serialize::serialize(
            &self.region.chronicle(after as u64),
            &serializer,
        )?)
    }

    /// What Contributor Insights have counted, as a JS object; `undefined` if there is no such table or index.
    ///
    /// # Errors
    /// None that data can cause.
    pub fn contributors(&self, table: &str, index: Option<String>) -> Result<JsValue, JsValue> {
        let serializer = serde_wasm_bindgen::Serializer::json_compatible().serialize_bytes_as_arrays(false);
        match self.region.contributors(table, index.as_deref()) {
            Some(contributions) => Ok(serde::Serialize::serialize(&contributions, &serializer)?),
            None => Ok(JsValue::UNDEFINED),
        }
    }

    /// Every stream that can be read, with iterators that do not expire, as a JS array.
    ///
    /// # Errors
    /// None that data can cause.
    pub fn feeds(&self) -> Result<JsValue, JsValue> {
        let serializer = serde_wasm_bindgen::Serializer::json_compatible();
        Ok(serde::Serialize::serialize(&self.region.feeds(), &serializer)?)
    }

    /// Changes the simulated network: `{ latencyMs: [min, max], loss, reorder }`.
    ///
    /// # Errors
    /// A JS `TypeError` that says which figure is out of range; nothing changes then.
    #[wasm_bindgen(js_name = setNetwork)]
    pub fn set_network(&mut self, options: JsValue) -> Result<(), JsValue> {
        let network = super::options::NetworkOptions::read(options)?;
        self.region
            .set_network(network.latency_ms, network.loss, network.reorder)
            .map_err(super::options::bad_network)
    }

    /// An independent database with the same contents; what neither changes is shared.
    pub fn fork(&self) -> Engine {
        Engine {
            request_ids: self.request_ids.clone(),
            revision: self.revision,
            ..Engine::around(self.region.fork(), self.edge.clone(), 0)
        }
    }

    /// The whole database as bytes.
    ///
    /// # Errors
    /// None that data can cause.
    pub fn snapshot(&self) -> Result<Vec<u8>, JsValue> {
        SnapshotWriter::new(self.region.image()).write_all().map_err(corrupt)
    }

    /// A database from the bytes of [`Engine::snapshot`].
    ///
    /// # Errors
    /// A JS `Error` for bytes that are torn, damaged, foreign or of another version; a `TypeError` for wrong options.
    pub fn restore(bytes: &[u8], options: JsValue) -> Result<Engine, JsValue> {
        let options = EngineOptions::read(options)?;
        let mut restoring = Restoring::begin(options.region()?);
        let mut reader = SnapshotReader::new();
        reader.feed(bytes, restoring.sink()).map_err(corrupt)?;
        reader.finish().map_err(corrupt)?;
        Engine::recovered(restoring, &options)
    }

    /// Counts what may have changed the stored state: equal figures mean that nothing has.
    pub fn revision(&self) -> u32 {
        self.revision
    }

    /// Begins to write a snapshot of the database as it is now, in chunks of at most `max_value_bytes`.
    #[wasm_bindgen(js_name = startSnapshot)]
    pub fn start_snapshot(&self, database: String, generation: f64, max_value_bytes: f64) -> SnapshotJob {
        SnapshotJob::begin(self.region.image(), database, generation, max_value_bytes)
    }

    fn load(&mut self, answer: Answer) -> Status {
        match answer {
            Answer::Done(tree) => self.load_response(tree),
            Answer::Failed(error) => {
                let mut writer = Writer::new();
                error.write_flat(&mut writer);
                self.response = writer.into_bytes();
                Status::Failed
            }
            Answer::Pending(ticket) => {
                self.set(Register::Ticket, ticket.0);
                self.response.clear();
                Status::Pending
            }
        }
    }

    fn load_response(&mut self, tree: Vec<u8>) -> Status {
        self.response = tree;
        Status::Done
    }

    fn finish(&mut self, status: Status) -> u32 {
        self.headroom.keep();
        self.set(Register::Status, status as u32);
        self.set(Register::Address, self.response.as_ptr().addr() as u32);
        self.set(Register::Length, self.response.len() as u32);
        self.set(Register::Timed, u32::from(self.region.next_deadline().is_some()));
        self.set(Register::Recorded, self.region.recorded());
        self.set(Register::Noted, self.region.trace().noted() as u32);
        status as u32
    }

    fn set(&mut self, register: Register, word: u32) {
        if let Some(place) = self.registers.get_mut(register as usize) {
            *place = word;
        }
    }
}

/// True for operations that cannot change what is stored.
fn only_reads(operation: Operation) -> bool {
    let name = operation.name();
    ["Describe", "List", "Get"]
        .iter()
        .any(|prefix| name.starts_with(prefix))
        || matches!(operation, Operation::Query | Operation::Scan | Operation::BatchGetItem)
}

/// A region coming out of a snapshot's stream.
pub(super) struct Restoring(Restore);

impl Restoring {
    pub(super) fn begin(options: RegionOptions) -> Self {
        Restoring(Region::restore(options))
    }
    pub(super) fn sink(&mut self) -> &mut dyn Sink {
        &mut self.0
    }
}

impl Engine {
    pub(super) fn recovered(restoring: Restoring, options: &EngineOptions) -> Result<Engine, JsValue> {
        let region = restoring.0.finish().map_err(|_| corrupt(Corrupt::Undecodable))?;
        Ok(Engine::around(region, options.edge(), options.seed))
    }
}

/// Stored data that was refused, as a JS error.
pub(super) fn corrupt(reason: Corrupt) -> JsValue {
    let error = js_sys::Error::new(&reason.to_string());
    error.set_name("SnapshotError");
    error.into()
}
