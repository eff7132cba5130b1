use super::*;

const NOW: u64 = 1_791_203_445_000;
const DATE: &str = "20261005T123045Z";
const BODY: &[u8] = br#"{"TableName":"Movie"}"#;

/// As botocore 1.44.5 signs a DescribeTable.
const AUTHORIZATION: &str = "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261005/eu-west-2/dynamodb/aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature=1a30daf7698985de76b37d9f5c48fa73218e559ca520fadf21cf1a05de06bf0a";

fn credentials() -> Credentials {
    Credentials::new([(
        "AKIDEXAMPLE".to_owned(),
        Secret {
            key: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY".to_owned(),
            session_token: None,
            principal: None,
        },
    )])
}

/// Verifies the request with another `Authorization`, date, body or time.
fn verify_with(authorization: &str, date: Option<&str>, body: &[u8], now_ms: u64) -> Result<String, Error> {
    let mut headers = vec![
        ("host", "localhost:8000"),
        ("content-type", "application/x-amz-json-1.0"),
        ("x-amz-target", "DynamoDB_20120810.DescribeTable"),
    ];
    if !authorization.is_empty() {
        headers.push(("authorization", authorization));
    }
    if let Some(date) = date {
        headers.push(("x-amz-date", date));
    }
    let request = Signed {
        method: "POST",
        path: "/",
        query: "",
        headers: &headers,
        body,
    };
    verify(&request, &credentials(), now_ms).map(|scope| scope.region.to_owned())
}

fn refused(authorization: &str) -> (&'static str, String) {
    let error = verify_with(authorization, Some(DATE), BODY, NOW).unwrap_err();
    (error.name(), error.message().unwrap().into_owned())
}

#[test]
fn a_signature_of_botocore_is_believed() {
    assert_eq!(
        verify_with(AUTHORIZATION, Some(DATE), BODY, NOW),
        Ok("eu-west-2".to_owned())
    );
    assert_eq!(
        verify_with(AUTHORIZATION, Some(DATE), BODY, NOW + 900_000),
        Ok("eu-west-2".to_owned())
    );
}

#[test]
fn another_body_secret_or_signature_is_not() {
    let error = verify_with(AUTHORIZATION, Some(DATE), b"{}", NOW).unwrap_err();
    assert_eq!(error.name(), "InvalidSignatureException");
    let message = error.message().unwrap();
    assert!(message.starts_with(
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details."
    ));
    assert!(message.contains("'POST\n/\n\ncontent-type:application/x-amz-json-1.0\nhost:localhost:8000\n"));
    for signature in [
        "1a30daf7698985de76b37d9f5c48fa73218e559ca520fadf21cf1a05de06bf0b",
        "1a",
        "x",
        "",
    ] {
        let (start, _) = AUTHORIZATION.split_once("Signature=").unwrap();
        assert_eq!(
            refused(&format!("{start}Signature={signature}")).0,
            "InvalidSignatureException"
        );
    }
}

#[test]
fn a_signature_lives_a_quarter_of_an_hour_either_way() {
    let message = |now| {
        verify_with(AUTHORIZATION, Some(DATE), BODY, now)
            .unwrap_err()
            .message()
            .unwrap()
            .into_owned()
    };
    assert_eq!(
        message(NOW + 901_000),
        "Signature expired: 20261005T123045Z is now earlier than 20261005T123046Z (20261005T124546Z - 15 min.)"
    );
    assert_eq!(
        message(NOW - 901_000),
        "Signature not yet current: 20261005T123045Z is still later than 20261005T123044Z (20261005T121544Z + 15 min.)"
    );
}

#[test]
fn each_way_to_be_refused_has_its_exception() {
    assert_eq!(
        refused(""),
        (
            "MissingAuthenticationTokenException",
            "Request is missing Authentication Token".to_owned()
        )
    );
    assert_eq!(refused("Basic abc").0, "MissingAuthenticationTokenException");
    assert_eq!(
        refused("AWS4-HMAC-MD5 Credential=a"),
        (
            "IncompleteSignatureException",
            "Unsupported AWS 'algorithm': 'AWS4-HMAC-MD5'.".to_owned()
        )
    );
    assert_eq!(
        verify_with("AWS4-HMAC-SHA256 x", None, BODY, NOW)
            .unwrap_err()
            .message()
            .unwrap(),
        "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. (Hashed with SHA-256 and encoded with Base64) Authorization=D6g1GisXlH+T3tugT4kJyB0BFiEOZqjg1nGwgXnvDLA="
    );
    let cases = [
        (
            AUTHORIZATION.replace("AKIDEXAMPLE/", "AKIDOTHER/"),
            "UnrecognizedClientException",
            "The security token included in the request is invalid.",
        ),
        (
            AUTHORIZATION.replace("/aws4_request", ""),
            "IncompleteSignatureException",
            "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 'AKIDEXAMPLE/20261005/eu-west-2/dynamodb'",
        ),
        (
            AUTHORIZATION.replace("/dynamodb/", "/s3/"),
            "InvalidSignatureException",
            "Credential should be scoped to correct service: 'dynamodb'. ",
        ),
        (
            AUTHORIZATION.replace("/aws4_request", "/aws5_request"),
            "InvalidSignatureException",
            "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5_request'. ",
        ),
        (
            AUTHORIZATION.replace("/20261005/", "/20261004/"),
            "InvalidSignatureException",
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20261004' != '20261005', from '20261005T123045Z'.",
        ),
        (
            AUTHORIZATION.replace("host;", ""),
            "InvalidSignatureException",
            "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
        ),
        (
            AUTHORIZATION.replace(";x-amz-target", ""),
            "InvalidSignatureException",
            "'x-amz-target' must be a 'SignedHeader' in the AWS Authorization.",
        ),
    ];
    for (authorization, name, message) in cases {
        assert_eq!(refused(&authorization), (name, message.to_owned()));
    }
}

#[test]
fn a_date_has_one_form() {
    let error = verify_with(AUTHORIZATION, Some("2026-10-05"), BODY, NOW).unwrap_err();
    assert_eq!(
        error.message().as_deref(),
        Some("Date must be in ISO-8601 'basic format'. Got '2026-10-05'. See http://en.wikipedia.org/wiki/ISO_8601")
    );
}

#[test]
fn a_secret_is_never_shown() {
    assert!(!format!("{:?}", credentials()).contains("wJalr"));
}
