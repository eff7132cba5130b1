//! Who signed a request: AWS's Signature Version 4 over HTTP requests.
//!
//! [`scope`] reads what a request claims, [`verify`] proves it against known keys. Reads no clock: the caller says what time
//! it is. Secrets are compared in constant time and appear in no sentence.

pub mod date;

use crate::error::Error;
use crate::error::access::{AccessFault, MissingPart, ScopeFault};
use crate::ordered::OrderedMap;
use crate::sort;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// How far a signature's date may be from now, either way.
const SKEW_SECONDS_MAX: i64 = 15 * 60;
const ALGORITHM: &str = "AWS4-HMAC-SHA256";
const TERMINATOR: &str = "aws4_request";
/// The name under which both DynamoDB and its streams sign.
const SERVICE: &str = "dynamodb";

/// What an access key's requests must be signed with.
#[derive(Clone)]
pub struct Secret {
    /// The secret access key.
    pub key: String,
    /// The session token that temporary credentials go with.
    pub session_token: Option<String>,
    /// The ARN of whom the key belongs to, where it is not its account's root.
    pub principal: Option<String>,
}

/// Secrets by access key.
#[derive(Clone, Default)]
pub struct Credentials(OrderedMap<String, Secret>);

impl Credentials {
    /// Takes the keys that are believed.
    pub fn new(keys: impl IntoIterator<Item = (String, Secret)>) -> Self {
        Credentials(keys.into_iter().collect())
    }

    /// The ARN of whom a key belongs to, if that was said.
    pub fn principal(&self, access_key: &str) -> Option<&str> {
        self.0.get(access_key)?.principal.as_deref()
    }
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Credentials({} keys)", self.0.len())
    }
}

/// An HTTP request, as far as a signature covers it.
#[derive(Clone, Copy, Debug)]
pub struct Signed<'a> {
    /// `POST`
    pub method: &'a str,
    /// The target without its query, as sent.
    pub path: &'a str,
    /// What follows the question mark.
    pub query: &'a str,
    /// Names in lower case, and values.
    pub headers: &'a [(&'a str, &'a str)],
    /// The body.
    pub body: &'a [u8],
}

impl<'a> Signed<'a> {
    /// The value of a header, by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&'a str> {
        self.headers
            .iter()
            .find(|(key, _)| *key == name)
            .map(|(_, value)| *value)
    }
}

/// The credential scope of a request: who signs, when, for where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope<'a> {
    /// The access key.
    pub access_key: &'a str,
    /// `YYYYMMDD`
    pub date: &'a str,
    /// The region.
    pub region: &'a str,
    /// The service.
    pub service: &'a str,
    /// `aws4_request`
    pub terminator: &'a str,
}

impl<'a> Scope<'a> {
    fn parse(credential: &'a str) -> Option<Self> {
        let mut parts = credential.split('/');
        let scope = Scope {
            access_key: parts.next()?,
            date: parts.next()?,
            region: parts.next()?,
            service: parts.next()?,
            terminator: parts.next()?,
        };
        parts.next().is_none().then_some(scope)
    }

    /// The account of the access key: emulators' clients use an account id for one; any other key belongs to no account.
    pub fn account(&self) -> Option<&'a str> {
        let is_account = self.access_key.len() == 12 && self.access_key.bytes().all(|byte| byte.is_ascii_digit());
        is_account.then_some(self.access_key)
    }
}

/// The parameters of an `Authorization` header.
#[derive(Clone, Copy, Default)]
struct Authorization<'a> {
    credential: Option<&'a str>,
    signed_headers: Option<&'a str>,
    signature: Option<&'a str>,
}

impl<'a> Authorization<'a> {
    fn parse(header: &'a str) -> Self {
        let parameters = header.trim_start().split_once(' ').map_or("", |(_, rest)| rest);
        let mut authorization = Authorization::default();
        for parameter in parameters.split(',') {
            match parameter.trim().split_once('=') {
                Some(("Credential", value)) => authorization.credential = Some(value),
                Some(("SignedHeaders", value)) => authorization.signed_headers = Some(value),
                Some(("Signature", value)) => authorization.signature = Some(value),
                Some(_) | None => {}
            }
        }
        authorization
    }
}

/// The scope that a request claims, unproven; `None` for a request that is not signed, or oddly.
pub fn scope<'a>(request: &Signed<'a>) -> Option<Scope<'a>> {
    Scope::parse(Authorization::parse(request.header("authorization")?).credential?)
}

/// Proves a request's signature at an instant, in milliseconds since the epoch.
///
/// # Errors
/// AWS's exceptions: `MissingAuthenticationTokenException`, `IncompleteSignatureException`, `InvalidSignatureException`,
/// `UnrecognizedClientException`.
pub fn verify<'a>(request: &Signed<'a>, credentials: &Credentials, now_ms: u64) -> Result<Scope<'a>, Error> {
    let header = request.header("authorization").unwrap_or_default();
    let algorithm = header.split_whitespace().next().unwrap_or_default();
    if !algorithm.starts_with("AWS4-") {
        return Err(Error::MissingAuthenticationTokenException(AccessFault::MissingToken));
    }
    if algorithm != ALGORITHM {
        return Err(Error::IncompleteSignatureException(AccessFault::UnsupportedAlgorithm {
            algorithm: algorithm.to_owned(),
        }));
    }
    let authorization = Authorization::parse(header);
    let date = request.header("x-amz-date").or_else(|| request.header("date"));
    let (Some(credential), Some(signature), Some(signed_headers), Some(date)) = (
        authorization.credential,
        authorization.signature,
        authorization.signed_headers,
        date,
    ) else {
        return Err(incomplete(header, &authorization, date));
    };
    let scope = Scope::parse(credential).ok_or_else(|| {
        Error::IncompleteSignatureException(AccessFault::CredentialShape {
            credential: credential.to_owned(),
        })
    })?;
    let signed_at = date::parse(date)
        .ok_or_else(|| Error::IncompleteSignatureException(AccessFault::DateFormat { date: date.to_owned() }))?;
    check_signed_headers(request, signed_headers)?;
    check_scope(&scope, date)?;
    check_skew(date, signed_at, now_ms)?;
    let secret = credentials
        .0
        .get(scope.access_key)
        .filter(|secret| secret.session_token.as_deref() == request.header("x-amz-security-token"))
        .ok_or(Error::UnrecognizedClientException(AccessFault::UnknownKey))?;
    check_signature(request, &scope, date, signed_headers, signature, &secret.key)?;
    Ok(scope)
}

fn incomplete(header: &str, authorization: &Authorization<'_>, date: Option<&str>) -> Error {
    let parts = [
        (MissingPart::Credential, authorization.credential.is_none()),
        (MissingPart::Signature, authorization.signature.is_none()),
        (MissingPart::SignedHeaders, authorization.signed_headers.is_none()),
        (MissingPart::Date, date.is_none()),
    ];
    Error::IncompleteSignatureException(AccessFault::Incomplete {
        missing: parts
            .into_iter()
            .filter(|(_, absent)| *absent)
            .map(|(part, _)| part)
            .collect(),
        digest: STANDARD.encode(Sha256::digest(header.as_bytes())),
    })
}

/// The host and every header of AWS's own have to be under the signature, or another request could be made of this one.
fn check_signed_headers(request: &Signed<'_>, signed_headers: &str) -> Result<(), Error> {
    let is_signed = |name: &str| signed_headers.split(';').any(|signed| signed == name);
    let unsigned = |header: &str| {
        Err(Error::InvalidSignatureException(AccessFault::Unsigned {
            header: header.to_owned(),
        }))
    };
    if !is_signed("host") {
        return unsigned("Host' or ':authority");
    }
    match request
        .headers
        .iter()
        .find(|(name, _)| name.starts_with("x-amz-") && !is_signed(name))
    {
        Some((name, _)) => unsigned(name),
        None => Ok(()),
    }
}

fn check_scope(scope: &Scope<'_>, date: &str) -> Result<(), Error> {
    let day = date.get(..8).unwrap_or_default();
    let fault = if scope.service != SERVICE {
        ScopeFault::Service
    } else if scope.terminator != TERMINATOR {
        ScopeFault::Terminator {
            found: scope.terminator.to_owned(),
        }
    } else if scope.date != day {
        ScopeFault::Date {
            scope: scope.date.to_owned(),
            day: day.to_owned(),
            date: date.to_owned(),
        }
    } else {
        return Ok(());
    };
    Err(Error::InvalidSignatureException(AccessFault::Scope(fault)))
}

fn check_skew(date: &str, signed_at: i64, now_ms: u64) -> Result<(), Error> {
    let now = i64::try_from(now_ms / 1000).unwrap_or(i64::MAX - SKEW_SECONDS_MAX);
    let signed = date.to_owned();
    let fault = if signed_at < now - SKEW_SECONDS_MAX {
        AccessFault::Expired {
            signed,
            earliest: date::format(now - SKEW_SECONDS_MAX),
            now: date::format(now),
        }
    } else if signed_at > now + SKEW_SECONDS_MAX {
        AccessFault::Early {
            signed,
            latest: date::format(now + SKEW_SECONDS_MAX),
            now: date::format(now),
        }
    } else {
        return Ok(());
    };
    Err(Error::InvalidSignatureException(fault))
}

fn check_signature(
    request: &Signed<'_>,
    scope: &Scope<'_>,
    date: &str,
    signed_headers: &str,
    signature: &str,
    secret: &str,
) -> Result<(), Error> {
    let canonical_request = canonical_request(request, signed_headers);
    let string_to_sign = format!(
        "{ALGORITHM}\n{date}\n{}/{}/{}/{}\n{}",
        scope.date,
        scope.region,
        scope.service,
        scope.terminator,
        hex(&Sha256::digest(canonical_request.as_bytes()))
    );
    let mut key = format!("AWS4{secret}").into_bytes();
    for part in [scope.date, scope.region, scope.service, scope.terminator] {
        key = keyed(&key, part.as_bytes())?.finalize().into_bytes().to_vec();
    }
    let expected = keyed(&key, string_to_sign.as_bytes())?;
    // `verify_slice` takes the same time wherever the first difference is.
    let matches = unhex(signature).is_some_and(|given| expected.verify_slice(&given).is_ok());
    if matches {
        Ok(())
    } else {
        Err(Error::InvalidSignatureException(AccessFault::Mismatch {
            canonical_request,
            string_to_sign,
        }))
    }
}

fn canonical_request(request: &Signed<'_>, signed_headers: &str) -> String {
    let mut headers = String::new();
    for name in signed_headers.split(';') {
        let values: Vec<String> = request
            .headers
            .iter()
            .filter(|(key, _)| *key == name)
            .map(|(_, value)| value.split_whitespace().collect::<Vec<_>>().join(" "))
            .collect();
        headers.push_str(name);
        headers.push(':');
        headers.push_str(&values.join(","));
        headers.push('\n');
    }
    format!(
        "{}\n{}\n{}\n{headers}\n{signed_headers}\n{}",
        request.method,
        canonical_path(request.path),
        canonical_query(request.query),
        hex(&Sha256::digest(request.body))
    )
}

/// A path as it is signed: what was sent, encoded once more.
fn canonical_path(path: &str) -> String {
    if path.is_empty() {
        return "/".to_owned();
    }
    let mut canonical = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~' | b'/') {
            canonical.push(char::from(byte));
        } else {
            canonical.push_str(&format!("%{byte:02X}"));
        }
    }
    canonical
}

/// Parameters sorted; one without a value has an empty one.
fn canonical_query(query: &str) -> String {
    let mut parameters: Vec<String> = query
        .split('&')
        .filter(|parameter| !parameter.is_empty())
        .map(|parameter| {
            if parameter.contains('=') {
                parameter.to_owned()
            } else {
                format!("{parameter}=")
            }
        })
        .collect();
    sort::ascending(&mut parameters);
    parameters.join("&")
}

/// HMAC takes keys of any length; the fault that the type has is for algorithms that do not.
fn keyed(key: &[u8], data: &[u8]) -> Result<Hmac<Sha256>, Error> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).map_err(|_| Error::InternalServerError)?;
    mac.update(data);
    Ok(mac)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    if !digits.len().is_multiple_of(2) {
        return None;
    }
    let digit = |byte: u8| char::from(byte).to_digit(16);
    digits
        .chunks_exact(2)
        .map(|pair| match pair {
            [high, low] => u8::try_from(digit(*high)? * 16 + digit(*low)?).ok(),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests;
