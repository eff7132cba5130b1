//! Why a caller is not believed or not allowed: the causes of the exceptions about signatures and credentials.

use std::fmt;

/// What is wrong with a request's signature or credentials. AWS's sentences; long ones spell out what the service computed,
/// so that a client's author can find the difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AccessFault {
    /// There is no signature at all.
    MissingToken,
    /// `Authorization` is there, but is no SigV4.
    UnsupportedAlgorithm {
        /// The header.
        header: String,
    },
    /// Members of `Authorization` are missing.
    Incomplete {
        /// The missing ones, in AWS's order.
        missing: Vec<MissingPart>,
        /// The header.
        header: String,
    },
    /// `Credential` is not key/date/region/service/aws4_request.
    CredentialShape {
        /// What it is.
        credential: String,
    },
    /// A scope for another service, date or ending.
    Scope(ScopeFault),
    /// The access key is unknown.
    UnknownKey,
    /// The signature is another one.
    Mismatch {
        /// The canonical request that was signed here.
        canonical_request: String,
        /// The string that was signed here.
        string_to_sign: String,
    },
    /// The signature is too old.
    Expired {
        /// When it was made, as sent.
        signed: String,
        /// The oldest that is taken.
        earliest: String,
        /// Now.
        now: String,
    },
    /// The signature is from the future.
    Early {
        /// When it was made, as sent.
        signed: String,
        /// The newest that is taken.
        latest: String,
        /// Now.
        now: String,
    },
    /// A header that must be signed is not.
    Unsigned {
        /// Its name in lower case.
        header: String,
    },
}

/// A member of the `Authorization` header, or what replaces it, that is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "named as in the header")]
pub enum MissingPart {
    Credential,
    Signature,
    SignedHeaders,
    Date,
}

/// A part of the credential scope that does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScopeFault {
    /// The date in the scope is not that of the request.
    Date {
        /// In the scope.
        scope: String,
        /// Of the request.
        request: String,
    },
    /// The region is another one.
    Region {
        /// The one that is expected.
        expected: String,
    },
    /// The service is not DynamoDB.
    Service,
    /// The scope does not end in `aws4_request`.
    Terminator {
        /// What it ends in.
        found: String,
    },
}

impl fmt::Display for AccessFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AccessFault::MissingToken => f.write_str("Request is missing Authentication Token"),
            AccessFault::UnsupportedAlgorithm { header } => {
                write!(f, "Unsupported AWS 'algorithm': '{}'.", algorithm(header))
            }
            AccessFault::Incomplete { missing, header } => {
                for part in missing {
                    let sentence = match part {
                        MissingPart::Credential => "Authorization header requires 'Credential' parameter. ",
                        MissingPart::Signature => "Authorization header requires 'Signature' parameter. ",
                        MissingPart::SignedHeaders => "Authorization header requires 'SignedHeaders' parameter. ",
                        MissingPart::Date => {
                            "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. "
                        }
                    };
                    f.write_str(sentence)?;
                }
                write!(f, "Authorization={}", algorithm(header))
            }
            AccessFault::CredentialShape { credential } => write!(
                f,
                "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '{credential}'"
            ),
            AccessFault::Scope(fault) => fault.fmt(f),
            AccessFault::UnknownKey => f.write_str("The security token included in the request is invalid."),
            AccessFault::Mismatch {
                canonical_request,
                string_to_sign,
            } => write!(
                f,
                "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.\n\nThe Canonical String for this request should have been\n'{canonical_request}'\n\nThe String-to-Sign should have been\n'{string_to_sign}'\n"
            ),
            AccessFault::Expired { signed, earliest, now } => write!(
                f,
                "Signature expired: {signed} is now earlier than {earliest} ({now} - 15 min.)"
            ),
            AccessFault::Early { signed, latest, now } => write!(
                f,
                "Signature not yet current: {signed} is still later than {latest} ({now} + 15 min.)"
            ),
            AccessFault::Unsigned { header } => {
                write!(f, "'{header}' must be a 'SignedHeader' in the AWS Authorization.")
            }
        }
    }
}

impl fmt::Display for ScopeFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ScopeFault::Date { scope, request } => write!(
                f,
                "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '{scope}' != '{request}', from '{request}'."
            ),
            ScopeFault::Region { expected } => {
                write!(f, "Credential should be scoped to a valid region, not '{expected}'. ")
            }
            ScopeFault::Service => f.write_str("Credential should be scoped to correct service: 'dynamodb'. "),
            ScopeFault::Terminator { found } => write!(
                f,
                "Credential should be scoped with a valid terminator: 'aws4_request', not '{found}'. "
            ),
        }
    }
}

/// The first word of an `Authorization` header.
fn algorithm(header: &str) -> &str {
    header.split_whitespace().next().unwrap_or_default()
}
