//! Why a caller is not believed or not allowed: the causes of the exceptions about signatures and credentials.

use std::fmt;

/// Why a principal may not do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// A policy denies it.
    Denied,
    /// No policy allows it.
    NotAllowed,
}

/// What is wrong with a request's signature or credentials. AWS's sentences; long ones spell out what the service computed,
/// so that a client's author can find the difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AccessFault {
    /// What is named belongs to another account, or to none.
    Denied,
    /// A principal may not do what it asks for.
    NotAuthorized {
        /// Who asks.
        principal: String,
        /// Such as `dynamodb:GetItem`.
        action: String,
        /// The ARN of what it is asked of.
        resource: String,
        /// Why.
        refusal: Refusal,
    },
    /// There is no signature at all.
    MissingToken,
    /// `Authorization` names another algorithm than the one that is verified.
    UnsupportedAlgorithm {
        /// The algorithm.
        algorithm: String,
    },
    /// Members of `Authorization` are missing.
    Incomplete {
        /// The missing ones, in AWS's order.
        missing: Vec<MissingPart>,
        /// The SHA-256 of the header in base64, which is all of it that is shown.
        digest: String,
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
    /// The date is not written as it has to be.
    DateFormat {
        /// As sent.
        date: String,
    },
    /// A header that must be signed is not.
    Unsigned {
        /// Its name as the sentence shows it.
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
        /// The day in the scope.
        scope: String,
        /// The day of the request.
        day: String,
        /// The date of the request, as sent.
        date: String,
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
            AccessFault::Denied => f.write_str("Access is denied"),
            AccessFault::NotAuthorized {
                principal,
                action,
                resource,
                refusal,
            } => {
                write!(
                    f,
                    "User: {principal} is not authorized to perform: {action} on resource: {resource} "
                )?;
                match refusal {
                    Refusal::Denied => f.write_str("with an explicit deny in a resource-based policy"),
                    Refusal::NotAllowed => {
                        write!(f, "because no resource-based policy allows the {action} action")
                    }
                }
            }
            AccessFault::MissingToken => f.write_str("Request is missing Authentication Token"),
            AccessFault::UnsupportedAlgorithm { algorithm } => {
                write!(f, "Unsupported AWS 'algorithm': '{algorithm}'.")
            }
            AccessFault::Incomplete { missing, digest } => {
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
                write!(
                    f,
                    "(Hashed with SHA-256 and encoded with Base64) Authorization={digest}"
                )
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
            AccessFault::DateFormat { date } => write!(
                f,
                "Date must be in ISO-8601 'basic format'. Got '{date}'. See http://en.wikipedia.org/wiki/ISO_8601"
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
            ScopeFault::Date { scope, day, date } => write!(
                f,
                "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '{scope}' != '{day}', from '{date}'."
            ),
            ScopeFault::Service => f.write_str("Credential should be scoped to correct service: 'dynamodb'. "),
            ScopeFault::Terminator { found } => write!(
                f,
                "Credential should be scoped with a valid terminator: 'aws4_request', not '{found}'. "
            ),
        }
    }
}
