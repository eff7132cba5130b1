use super::*;
use crate::error::Missing;
use crate::value::flat::{Tag, Writer};

fn edge() -> Edge {
    Edge {
        region: "local-1".to_owned(),
        account: None,
        credentials: None,
    }
}

fn request(method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
    let mut writer = Writer::new();
    let tree = writer.open(Tag::M, 4);
    writer.text(b"method");
    writer.scalar(Tag::S, method.as_bytes());
    writer.text(b"path");
    writer.scalar(Tag::S, path.as_bytes());
    writer.text(b"headers");
    let open = writer.open(Tag::M, headers.len());
    for (name, value) in headers {
        writer.text(name.as_bytes());
        writer.scalar(Tag::S, value.as_bytes());
    }
    writer.close(open);
    writer.text(b"body");
    writer.scalar(Tag::B, body);
    writer.close(tree);
    writer.into_bytes()
}

fn route(edge: &Edge, tree: &[u8]) -> Routed {
    let mut number = 0u64;
    edge.route(tree, 0, &mut || {
        number += 1;
        number.wrapping_mul(0x9e37_79b9_7f4a_7c15)
    })
    .unwrap()
}

/// A response taken out of its tree: status, headers, body.
fn response(tree: &[u8]) -> (String, Vec<(String, String)>, String) {
    let members = Map::read(tree).unwrap();
    let owned = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let View::N(status) = members.get(b"status").unwrap().view().unwrap() else {
        panic!("a status")
    };
    let View::M(headers) = members.get(b"headers").unwrap().view().unwrap() else {
        panic!("headers")
    };
    let View::B(body) = members.get(b"body").unwrap().view().unwrap() else {
        panic!("a body")
    };
    let headers = headers
        .iter()
        .map(|(name, value)| match value.view() {
            Ok(View::S(value)) => (owned(name), owned(value)),
            other => panic!("a header, not {other:?}"),
        })
        .collect();
    (owned(status), headers, owned(body))
}

fn answer(edge: &Edge, tree: &[u8]) -> (String, Vec<(String, String)>, String) {
    match route(edge, tree) {
        Routed::Answer(tree) => response(&tree),
        Routed::Call(call) => panic!("not answered: {call:?}"),
    }
}

fn header<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    headers
        .iter()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.as_str())
}

fn post<'a>(target: &'a str, more: &[(&'a str, &'a str)], body: &[u8]) -> Vec<u8> {
    let mut headers = vec![("content-type", JSON_1_0), ("x-amz-target", target)];
    headers.extend_from_slice(more);
    request("POST", "/", &headers, body)
}

fn call(tree: &[u8]) -> Call {
    match route(&edge(), tree) {
        Routed::Call(call) => call,
        Routed::Answer(tree) => panic!("answered: {:?}", response(&tree)),
    }
}

#[test]
fn a_target_names_the_operation_and_the_scope_its_region_and_account() {
    let described = call(&post(
        "DynamoDB_20120810.DescribeTable",
        &[],
        br#"{"TableName":"Movie"}"#,
    ));
    assert_eq!(described.operation, Operation::DescribeTable);
    assert_eq!(
        (described.region.as_str(), described.account.as_str()),
        ("local-1", DEFAULT_ACCOUNT)
    );
    let authorization = "AWS4-HMAC-SHA256 Credential=123456789012/20261005/eu-west-2/dynamodb/aws4_request, SignedHeaders=host, Signature=x";
    let signed = call(&post(
        "DynamoDB_20120810.ListTables",
        &[("authorization", authorization)],
        b"{}",
    ));
    assert_eq!(
        (signed.region.as_str(), signed.account.as_str()),
        ("eu-west-2", "123456789012")
    );
}

#[test]
fn an_outcome_is_dressed_with_an_id_and_a_checksum_over_its_body() {
    let exchange = call(&post("DynamoDB_20120810.ListTables", &[], b"{}")).exchange;
    let mut writer = Writer::new();
    let tree = writer.open(Tag::M, 1);
    writer.text(b"TableNames");
    let names = writer.open(Tag::L, 0);
    writer.close(names);
    writer.close(tree);
    let (status, headers, body) = response(&exchange.succeed(writer.bytes()));
    assert_eq!((status.as_str(), body.as_str()), ("200", r#"{"TableNames":[]}"#));
    assert_eq!(header(&headers, "content-type"), Some(JSON_1_0));
    assert_eq!(
        header(&headers, "x-amz-crc32"),
        Some(crate::checksum::crc32(body.as_bytes()).to_string().as_str())
    );
    let id = header(&headers, "x-amzn-requestid").unwrap();
    assert_eq!(id.len(), 52);
    assert!(
        id.bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
    );
    assert_eq!(header(&headers, "access-control-allow-origin"), None);

    let (status, _, body) = response(&exchange.fail(&Error::ResourceNotFoundException(Missing::Resource)));
    assert_eq!(status, "400");
    assert!(body.contains("#ResourceNotFoundException"));
}

#[test]
fn an_unknown_target_or_a_missing_one_is_an_unknown_operation() {
    let unknown = r#"{"__type":"com.amazon.coral.service#UnknownOperationException"}"#;
    for target in [
        "",
        "DynamoDB_20120810.Nope",
        "DynamoDB_20111205.GetItem",
        "DynamoDBStreams_20120810.GetItem",
        "GetItem",
        "DynamoDB_20120810.CreateBackup",
    ] {
        let (status, _, body) = answer(&edge(), &post(target, &[], b"{}"));
        assert_eq!((status.as_str(), body.as_str()), ("400", unknown), "{target}");
    }
    let (_, _, body) = answer(&edge(), &request("POST", "/", &[("content-type", JSON)], b"{}"));
    assert_eq!(body, unknown);
}

/// The checksum of the XML body is one that AWS has been sending for years.
#[test]
fn another_media_type_or_method_is_answered_in_xml() {
    let target = ("x-amz-target", "DynamoDB_20120810.ListTables");
    let requests = [
        request(
            "POST",
            "/",
            &[("content-type", "application/x-amz-cbor-1.1"), target],
            b"\xa0",
        ),
        request("POST", "/", &[target], b"{}"),
        request("PUT", "/", &[("content-type", JSON_1_0), target], b"{}"),
        request("GET", "/elsewhere", &[], b""),
        request("OPTIONS", "/", &[], b""),
    ];
    for tree in requests {
        let (status, headers, body) = answer(&edge(), &tree);
        assert_eq!(
            (status.as_str(), body.as_str()),
            ("404", "<UnknownOperationException/>\n")
        );
        assert_eq!(header(&headers, "x-amz-crc32"), Some("3552371480"));
    }
}

#[test]
fn a_region_says_that_it_is_healthy() {
    let (status, _, body) = answer(&edge(), &request("GET", "/", &[], b""));
    assert_eq!(
        (status.as_str(), body.as_str()),
        ("200", "healthy: dynamodb.local-1.amazonaws.com ")
    );
    let (status, _, body) = answer(&edge(), &request("HEAD", "/", &[], b""));
    assert_eq!((status.as_str(), body.as_str()), ("200", ""));
}

#[test]
fn browsers_may_ask_and_may_read_the_id_and_the_checksum() {
    let (status, headers, _) = answer(
        &edge(),
        &request(
            "OPTIONS",
            "/",
            &[
                ("origin", "http://a.example"),
                ("access-control-request-headers", "x-amz-target,content-type"),
            ],
            b"",
        ),
    );
    assert_eq!(status, "200");
    assert_eq!(header(&headers, "access-control-allow-origin"), Some("*"));
    assert_eq!(
        header(&headers, "access-control-allow-headers"),
        Some("x-amz-target,content-type")
    );
    let exposed = header(&headers, "access-control-expose-headers").unwrap();
    assert!(exposed.contains("x-amzn-requestid") && exposed.contains("x-amz-crc32"));
}

#[test]
fn bodies_are_bounded_and_read_by_shape() {
    let (status, _, body) = answer(
        &edge(),
        &post("DynamoDB_20120810.ListTables", &[], &vec![b' '; BODY_BYTES_MAX + 1]),
    );
    assert_eq!(status, "413");
    assert!(body.contains("RequestEntityTooLargeException"));
    let (status, _, body) = answer(&edge(), &post("DynamoDB_20120810.ListTables", &[], br#"{"Limit":"1"}"#));
    assert_eq!(status, "400");
    assert_eq!(
        body,
        r#"{"__type":"com.amazon.coral.service#SerializationException","Message":"STRING_VALUE cannot be converted to Integer"}"#
    );
}

#[test]
fn signatures_matter_where_keys_are_configured() {
    let edge = Edge {
        credentials: Some(Credentials::default()),
        ..edge()
    };
    let (status, _, body) = answer(&edge, &post("DynamoDB_20120810.ListTables", &[], b"{}"));
    assert_eq!(status, "400");
    assert_eq!(
        body,
        r#"{"__type":"com.amazon.coral.service#MissingAuthenticationTokenException","message":"Request is missing Authentication Token"}"#
    );
}

#[test]
fn a_tree_that_is_no_request_is_malformed() {
    let whole = post("DynamoDB_20120810.ListTables", &[], b"{}");
    for length in 0..whole.len() {
        assert!(edge().route(&whole[..length], 0, &mut || 0).is_err());
    }
}
