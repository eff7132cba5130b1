//! The HTTP edge: what an exchange is about, and how its answer is dressed.
//!
//! [`Edge::route`] takes a request that a host has received and either answers it itself (health, preflight, refusals) or says
//! which operation to run on which request tree; [`Exchange`] then makes the response of the outcome. Nothing here opens a
//! socket, reads a clock or runs an operation. Requests and responses are flat trees, as the package sends and takes them:
//! `{method, path, headers: {name: value}, body}` and `{status, headers, body}`.

mod response;

pub use response::Response;

use crate::error::Error;
use crate::request::policy::Principal;
use crate::request::wire::{BODY_BYTES_MAX, read_body, write_body, write_error};
use crate::request::{Operation, Service};
use crate::sigv4::{self, Credentials, Signed};
use crate::value::flat::{Malformed, Map, View};

/// What the edge of a region knows.
#[derive(Clone, Debug)]
pub struct Edge {
    /// The region of requests that name none.
    pub region: String,
    /// The account of every request, where the database has one of its own.
    pub account: Option<String>,
    /// The keys that are believed; without any, signatures are accepted unread.
    pub credentials: Option<Credentials>,
}

/// The account of requests whose access key is no account id, in a database without an account of its own.
pub const DEFAULT_ACCOUNT: &str = "000000000000";

const JSON_1_0: &str = "application/x-amz-json-1.0";
const JSON: &str = "application/json";
/// What the framework answers where it sees no operation at all.
const UNKNOWN_OPERATION_XML: &[u8] = b"<UnknownOperationException/>\n";
/// A day's preflights need asking once.
const PREFLIGHT_SECONDS: &str = "172800";
/// The headers that AWS's clients send.
const CLIENT_HEADERS: &str = "content-type,x-amz-target,x-amz-date,x-amz-content-sha256,x-amz-security-token,x-amz-user-agent,authorization,amz-sdk-invocation-id,amz-sdk-request,user-agent,content-length,host";

/// What is to be done about a request.
#[derive(Debug)]
pub enum Routed {
    /// Nothing more: this is its response tree.
    Answer(Vec<u8>),
    /// An operation is to be run.
    Call(Call),
}

/// An operation that a request asks for.
#[derive(Debug)]
pub struct Call {
    /// Which.
    pub operation: Operation,
    /// Its request tree.
    pub tree: Vec<u8>,
    /// The region of the request's credential scope, or the configured one.
    pub region: String,
    /// The database's account; or else that of the request's access key, or [`DEFAULT_ACCOUNT`].
    pub account: String,
    /// Whom the request was proven to be from: the account's root, unless the key belongs to somebody else.
    pub principal: Option<Principal>,
    /// Makes the response.
    pub exchange: Exchange,
}

/// An exchange that waits for its response.
#[derive(Clone, Debug)]
pub struct Exchange {
    request_id: String,
    content_type: &'static str,
    is_cross_origin: bool,
    /// True for operations that answer with no body at all.
    is_silent: bool,
}

/// A request, taken out of its tree.
struct Request<'a> {
    method: &'a str,
    path: &'a str,
    query: &'a str,
    headers: Vec<(&'a str, &'a str)>,
    body: &'a [u8],
}

impl<'a> Request<'a> {
    fn read(tree: &'a [u8]) -> Result<Self, Malformed> {
        let members = Map::read(tree)?;
        let target = text(members, "path")?;
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let View::M(headers) = members.get(b"headers").ok_or(Malformed)?.view()? else {
            return Err(Malformed);
        };
        Ok(Request {
            method: text(members, "method")?,
            path,
            query,
            headers: headers
                .iter()
                .filter_map(|(name, value)| match value.view() {
                    Ok(View::S(value)) => Some((std::str::from_utf8(name).ok()?, std::str::from_utf8(value).ok()?)),
                    _ => None,
                })
                .collect(),
            body: match members.get(b"body").map(|body| body.view()) {
                Some(Ok(View::B(body) | View::S(body))) => body,
                None | Some(Ok(View::Null)) => &[],
                Some(_) => return Err(Malformed),
            },
        })
    }

    fn header(&self, name: &str) -> Option<&'a str> {
        self.headers
            .iter()
            .find(|(key, _)| *key == name)
            .map(|(_, value)| *value)
    }

    fn signed(&self) -> Signed<'_> {
        Signed {
            method: self.method,
            path: self.path,
            query: self.query,
            headers: &self.headers,
            body: self.body,
        }
    }
}

fn text<'a>(members: Map<'a>, name: &str) -> Result<&'a str, Malformed> {
    match members.get(name.as_bytes()).ok_or(Malformed)?.view()? {
        View::S(text) => std::str::from_utf8(text).map_err(|_| Malformed),
        _ => Err(Malformed),
    }
}

impl Edge {
    /// Decides what a request asks for. `now_ms` is the time for signatures, `draw` a seeded source of numbers for the
    /// request's id.
    ///
    /// # Errors
    /// [`Malformed`] for a tree that is no request.
    pub fn route(&self, tree: &[u8], now_ms: u64, draw: &mut dyn FnMut() -> u64) -> Result<Routed, Malformed> {
        let request = Request::read(tree)?;
        let content_type = media_type(request.header("content-type"));
        let exchange = Exchange {
            request_id: request_id(draw),
            content_type: content_type.unwrap_or(JSON_1_0),
            is_cross_origin: request.header("origin").is_some(),
            is_silent: false,
        };
        Ok(match request.method {
            "POST" if content_type.is_some() => match self.call(&request, now_ms) {
                Ok((operation, tree)) => {
                    let (region, account, principal) = self.place(&request);
                    let exchange = Exchange {
                        is_silent: !operation.has_output(),
                        ..exchange
                    };
                    Routed::Call(Call {
                        operation,
                        tree,
                        region,
                        account,
                        principal,
                        exchange,
                    })
                }
                Err(error) => Routed::Answer(exchange.fail(&error)),
            },
            "GET" | "HEAD" if request.path == "/" => Routed::Answer(exchange.health(&self.region, request.method)),
            "OPTIONS" if exchange.is_cross_origin => Routed::Answer(exchange.preflight(&request)),
            _ => Routed::Answer(exchange.unknown()),
        })
    }

    /// Where a request is at home, by its credential scope.
    fn place(&self, request: &Request<'_>) -> (String, String, Option<Principal>) {
        let signed = request.signed();
        let scope = sigv4::scope(&signed);
        let region = scope.map(|scope| scope.region).filter(|region| !region.is_empty());
        let of_key = scope.and_then(|scope| scope.account());
        let account = self.account.as_deref().or(of_key).unwrap_or(DEFAULT_ACCOUNT);
        let principal = self.credentials.as_ref().map(|credentials| {
            let arn = scope.and_then(|scope| credentials.principal(scope.access_key));
            arn.map_or_else(|| Principal::root(account), |arn| Principal { arn: arn.to_owned() })
        });
        (region.unwrap_or(&self.region).to_owned(), account.to_owned(), principal)
    }

    /// The operation that a request asks for, and its request tree.
    fn call(&self, request: &Request<'_>, now_ms: u64) -> Result<(Operation, Vec<u8>), Error> {
        if request.body.len() > BODY_BYTES_MAX {
            return Err(Error::RequestEntityTooLargeException);
        }
        if let Some(credentials) = &self.credentials {
            sigv4::verify(&request.signed(), credentials, now_ms)?;
        }
        let operation = request
            .header("x-amz-target")
            .and_then(target)
            .filter(|operation| operation.is_supported())
            .ok_or(Error::UnknownOperationException)?;
        let tree = read_body(operation, request.body)?;
        Ok((operation, tree))
    }
}

/// The operation of a target: the API's name, a dot, the operation's name.
fn target(target: &str) -> Option<Operation> {
    let (prefix, name) = target.split_once('.')?;
    let service = [Service::DynamoDb, Service::Streams]
        .into_iter()
        .find(|service| service.target_prefix() == prefix)?;
    Operation::from_name(service, name)
}

/// The media type of a body, if it is one that is read.
fn media_type(header: Option<&str>) -> Option<&'static str> {
    let media_type = header?.split(';').next().unwrap_or_default().trim();
    [JSON_1_0, JSON]
        .into_iter()
        .find(|known| media_type.eq_ignore_ascii_case(known))
}

/// Symbols of a request id.
const ID_SYMBOLS: &[u8; 32] = b"0123456789ABCDEFGHIJKLMNOPQRSTUV";
const ID_LENGTH: usize = 52;

/// A request id as AWS's look: 52 symbols of base 32.
fn request_id(draw: &mut dyn FnMut() -> u64) -> String {
    let mut id = String::with_capacity(ID_LENGTH);
    let (mut number, mut symbols_left) = (0u64, 0);
    for _ in 0..ID_LENGTH {
        if symbols_left == 0 {
            // A number of 64 bits has twelve symbols of five bits.
            (number, symbols_left) = (draw(), 12);
        }
        let symbol = ID_SYMBOLS.get((number & 31) as usize).copied().unwrap_or(b'0');
        id.push(char::from(symbol));
        number >>= 5;
        symbols_left -= 1;
    }
    id
}

impl Exchange {
    /// The request's id, for events and traces.
    pub fn request_id(&self) -> &str {
        &self.request_id
    }

    /// The response tree of an operation's response tree.
    pub fn succeed(&self, tree: &[u8]) -> Vec<u8> {
        if self.is_silent {
            return self.dressed(200, self.content_type, Vec::new()).write_flat();
        }
        let mut body = Vec::with_capacity(tree.len() * 2);
        match write_body(tree, &mut body) {
            Ok(()) => self.dressed(200, self.content_type, body).write_flat(),
            Err(Malformed) => {
                debug_assert!(false, "operations answer with response trees");
                self.fail(&Error::InternalServerError)
            }
        }
    }

    /// The response tree of a refusal or failure.
    pub fn fail(&self, error: &Error) -> Vec<u8> {
        self.dressed(error.http_status(), self.content_type, write_error(error))
            .write_flat()
    }

    fn health(&self, region: &str, method: &str) -> Vec<u8> {
        let body = format!("healthy: dynamodb.{region}.amazonaws.com ").into_bytes();
        let mut response = self.dressed(200, "text/plain", body);
        if method == "HEAD" {
            response.body.clear();
        }
        response.write_flat()
    }

    fn unknown(&self) -> Vec<u8> {
        self.dressed(404, "text/xml", UNKNOWN_OPERATION_XML.to_vec())
            .write_flat()
    }

    fn preflight(&self, request: &Request<'_>) -> Vec<u8> {
        let headers = request
            .header("access-control-request-headers")
            .unwrap_or(CLIENT_HEADERS);
        let mut response = self.dressed(200, "text/plain", Vec::new());
        response.header("access-control-allow-methods", "GET, HEAD, POST, OPTIONS");
        response.header("access-control-allow-headers", headers);
        response.header("access-control-max-age", PREFLIGHT_SECONDS);
        response.write_flat()
    }

    /// A response with the headers that each has.
    fn dressed(&self, status: u16, content_type: &str, body: Vec<u8>) -> Response {
        let mut response = Response::new(status, body);
        response.header("content-type", content_type);
        response.header("x-amzn-requestid", &self.request_id);
        response.header("x-amz-crc32", &crate::checksum::crc32(&response.body).to_string());
        if self.is_cross_origin {
            response.header("access-control-allow-origin", "*");
            response.header(
                "access-control-expose-headers",
                "x-amzn-requestid,x-amz-crc32,x-amzn-errortype,x-amzn-errormessage,date",
            );
        }
        response
    }
}

#[cfg(test)]
mod tests;
