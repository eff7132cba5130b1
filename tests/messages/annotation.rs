//! Tags, resource policies and Contributor Insights. Recorded in October 2026 in us-east-1 and us-west-2 unless said otherwise.

use super::engine::Engine;
use super::table::INDEXED;
use serde_json::{Value, json};
use snowglobe::request::Operation::{self, *};

const ARN: &str = "arn:aws:dynamodb:us-east-1:123456789012:table/t-1";

fn engine() -> Engine {
    Engine::with(&[INDEXED])
}

fn refusal(operation: Operation, body: Value) -> (&'static str, String) {
    engine().refusal(operation, &body.to_string())
}

fn invalid(operation: Operation, body: Value, sentence: &str) {
    engine().invalid(operation, &body.to_string(), sentence);
}

#[test]
fn tags() {
    let tag = |tags: Value, sentence: &str| {
        invalid(TagResource, json!({"ResourceArn": ARN, "Tags": tags}), sentence);
        if tags != json!([]) {
            let mut table: Value = serde_json::from_str(INDEXED).unwrap();
            table["Tags"] = tags;
            Engine::new().invalid(CreateTable, &table.to_string(), sentence);
        }
    };
    // Long known.
    tag(json!([]), "Atleast one Tag needs to be provided as Input.");
    let long = "k".repeat(129);
    tag(
        json!([{"Key": "good", "Value": "v"}, {"Key": long, "Value": "v"}]),
        &format!("The Tag Key provided is invalid, Key: {long}"),
    );
    tag(
        json!([{"Key": "", "Value": "v"}]),
        "The Tag Key provided is invalid, Key: ",
    );
    tag(
        json!([{"Key": "a#b", "Value": "v"}]),
        "The Tag Key provided is invalid, Key: a#b",
    );
    let long = "v".repeat(257);
    tag(
        json!([{"Key": "k", "Value": long}]),
        &format!("The Tag Value provided is invalid, Value: {long}"),
    );
    tag(json!([{"Key": "k"}]), "The Tag Value provided is invalid, Value: null");
    tag(
        json!([{"Key": "k", "Value": "100%"}]),
        "The Tag Value provided is invalid, Value: 100%",
    );
    tag(
        json!([{"Key": "aws:foo", "Value": "v"}]),
        "Tag Key cannot be prefixed with aws:, Key: aws:foo",
    );
    tag(
        json!([{"Key": "dup", "Value": "1"}, {"Key": "dup", "Value": "2"}]),
        "Duplicate Tag Keys provided as input: Duplicate Tag Key found dup",
    );
    let many: Value = (0..51)
        .map(|number| json!({"Key": number.to_string(), "Value": ""}))
        .collect();
    tag(
        many,
        "Number of Tags exceed the current limit for the provided ResourceArn",
    );
    // Letters of any script are fine.
    engine().ok(
        TagResource,
        &json!({"ResourceArn": ARN, "Tags": [{"Key": "ключ 表", "Value": "a+b-c=d.e_f:g/h@i"}]}).to_string(),
    );

    let untag =
        |keys: Value, sentence: &str| invalid(UntagResource, json!({"ResourceArn": ARN, "TagKeys": keys}), sentence);
    // Long known.
    untag(json!([]), "Atleast one Tag Key needs to be provided as Input.");
    untag(json!(["a%"]), "The Tag Key provided is invalid, Key: a%");
    let many: Value = (0..51)
        .map(|number| number.to_string().into())
        .collect::<Vec<Value>>()
        .into();
    untag(
        many,
        "Number of Tags exceed the current limit for the provided ResourceArn",
    );
}

#[test]
fn arns_of_what_is_tagged() {
    // Observed.
    const INVALID: &str = "One or more parameter values were invalid:";
    let foreign = format!("{INVALID} Provided Arn is not a DynamoDB resource arn:");
    for (arn, why) in [
        ("t-1", format!("{INVALID} ARNs must start with 'arn:':")),
        ("arn:aws:s3:us-east-1:123456789012:table/t-1", foreign.clone()),
        (
            "arn:aws:dynamodb:eu-west-2:123456789012:table/t-1",
            "Invalid TableArn: Invalid ResourceArn provided as input".to_owned(),
        ),
        (
            &format!("{ARN}/index/gsi"),
            format!(
                "{INVALID} Invalid resource arn provided, only table or stream is accepted. Provided resource arn:"
            ),
        ),
        (&format!("{ARN}/backup/0170"), foreign.clone()),
    ] {
        let sentence = format!("{why} {arn}");
        invalid(ListTagsOfResource, json!({"ResourceArn": arn}), &sentence);
        let tags = json!({"ResourceArn": arn, "Tags": [{"Key": "k", "Value": "v"}]});
        invalid(TagResource, tags, &sentence);
    }
    let absent = "arn:aws:dynamodb:us-east-1:123456789012:table/absent";
    assert_eq!(
        refusal(
            TagResource,
            json!({"ResourceArn": absent, "Tags": [{"Key": "k", "Value": "v"}]})
        ),
        (
            "ResourceNotFoundException",
            format!("Requested resource not found: ResourceArn: {absent} not found")
        )
    );
    assert_eq!(
        refusal(UntagResource, json!({"ResourceArn": absent, "TagKeys": ["k"]})).0,
        "ResourceNotFoundException"
    );
    // Observed.
    let denied = ("AccessDeniedException", "Access is denied".to_owned());
    assert_eq!(refusal(ListTagsOfResource, json!({"ResourceArn": absent})), denied);
    let foreign = "arn:aws:dynamodb:us-east-1:210987654321:table/t-1";
    assert_eq!(refusal(ListTagsOfResource, json!({"ResourceArn": foreign})), denied);
    invalid(
        ListTagsOfResource,
        json!({}),
        "1 validation error detected: Value null at 'resourceArn' failed to satisfy constraint: Member must not be null",
    );
}

fn policy(statement: Value) -> Value {
    json!({"ResourceArn": ARN, "Policy": json!({"Version": "2012-10-17", "Statement": statement}).to_string()})
}

#[test]
fn policies() {
    const INVALID: &str = "One or more parameter values were invalid: Invalid policy document: ";
    let document = |text: &str, sentence: &str| {
        let body = json!({"ResourceArn": ARN, "Policy": text});
        invalid(PutResourcePolicy, body, &format!("{INVALID}{sentence}"));
    };
    document("", "This policy contains invalid Json");
    document("{not json", "This policy contains invalid Json");
    document(r#"{"Statement":[]}"#, "Could not parse the policy: Statement is empty!");
    let statement = json!({"Sid": "s", "Effect": "Allow", "Principal": {"AWS": "111122223333"},
        "Action": "dynamodb:GetItem", "Resource": "*"});
    let with = |member: &str, value: Value| {
        let mut changed = statement.clone();
        match value {
            Value::Null => drop(changed.as_object_mut().unwrap().remove(member)),
            value => changed[member] = value,
        }
        policy(json!([changed]))
    };
    invalid(
        PutResourcePolicy,
        with("Resource", Value::Null),
        &format!("{INVALID}Missing required field Resource"),
    );
    invalid(
        PutResourcePolicy,
        policy(json!([statement, statement])),
        &format!("{INVALID}The Statement Ids in the policy are not unique"),
    );
    invalid(
        PutResourcePolicy,
        with("Action", json!(["dynamodb:GetRecords", "dynamodb:DescribeStream"])),
        &format!(
            r#"{INVALID}The following action names are invalid: "dynamodb:GetRecords", "dynamodb:DescribeStream""#
        ),
    );
    for everybody in [json!("*"), json!({"AWS": "*"})] {
        invalid(
            PutResourcePolicy,
            with("Principal", everybody),
            "Resource-based policy grants unbounded access in one or more elements. Please revise the policy to ensure least-privilege form of access",
        );
    }
    engine().ok(
        PutResourcePolicy,
        &policy(json!({"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*"})).to_string(),
    );
    let long = format!(
        "{}{}",
        " ".repeat(20_480),
        policy(statement.clone())["Policy"].as_str().unwrap()
    );
    invalid(
        PutResourcePolicy,
        json!({"ResourceArn": ARN, "Policy": long}),
        "One or more parameter values were invalid: Maximum policy size of 20480 bytes exceeded",
    );
    // Tables are made with policies under the same rules.
    let mut table: Value = serde_json::from_str(INDEXED).unwrap();
    table["ResourcePolicy"] = "{".into();
    Engine::new().invalid(
        CreateTable,
        &table.to_string(),
        &format!("{INVALID}This policy contains invalid Json"),
    );
}

#[test]
fn arns_of_policies() {
    let get = |arn: &str, sentence: &str| {
        invalid(
            GetResourcePolicy,
            json!({"ResourceArn": arn}),
            &sentence.replace("{arn}", arn),
        );
    };
    get(
        "t-1",
        "One or more parameter values were invalid: ARNs must start with 'arn:': {arn}",
    );
    get(
        &format!("{ARN}/index/gsi"),
        "One or more parameter values were invalid: Invalid resource arn provided, only table or stream is accepted. Provided resource arn: {arn}",
    );
    get(
        &format!("{ARN}/backup/0170"),
        "One or more parameter values were invalid: Provided Arn is not a DynamoDB resource arn: {arn}",
    );
    for elsewhere in [
        "arn:aws:dynamodb:eu-west-2:123456789012:table/t-1",
        "arn:aws-cn:dynamodb:us-east-1:123456789012:table/t-1",
    ] {
        get(
            elsewhere,
            "One or more parameter values were invalid: Invalid resource Arn: {arn}",
        );
    }
    get(
        "arn:aws:dynamodb:us-east-1:210987654321:table/t-1",
        "This action is only supported by accounts that match the resource owner\u{2019}s account.",
    );
    assert_eq!(
        refusal(
            GetResourcePolicy,
            json!({"ResourceArn": "arn:aws:dynamodb:us-east-1:123456789012:table/absent"})
        ),
        (
            "ResourceNotFoundException",
            "Requested resource not found: Table: absent not found".to_owned()
        )
    );
    assert_eq!(
        refusal(
            DeleteResourcePolicy,
            json!({"ResourceArn": format!("{ARN}/stream/2000-01-01T00:00:00.000")})
        ),
        (
            "ResourceNotFoundException",
            "Requested resource not found: Stream: 2000-01-01T00:00:00.000 not found for Table: t-1".to_owned()
        )
    );
}

#[test]
fn insights() {
    for index in ["lsi", "nope"] {
        assert_eq!(
            refusal(
                DescribeContributorInsights,
                json!({"TableName": "t-1", "IndexName": index})
            ),
            (
                "ResourceNotFoundException",
                format!("Requested resource not found: Index: {index} not found for table: t-1")
            )
        );
    }
    for (operation, body) in [
        (DescribeContributorInsights, json!({"TableName": "absent"})),
        (ListContributorInsights, json!({"TableName": "absent"})),
        (
            UpdateContributorInsights,
            json!({"TableName": "absent", "ContributorInsightsAction": "ENABLE"}),
        ),
    ] {
        assert_eq!(
            refusal(operation, body),
            (
                "ResourceNotFoundException",
                "Requested resource not found: Table: absent not found".to_owned()
            )
        );
    }
    invalid(
        UpdateContributorInsights,
        json!({"TableName": "t-1", "ContributorInsightsAction": "ON"}),
        "1 validation error detected: Value 'ON' at 'contributorInsightsAction' failed to satisfy constraint: Member must satisfy enum value set: [ENABLE, DISABLE]",
    );
    invalid(
        ListContributorInsights,
        json!({"MaxResults": 101}),
        "1 validation error detected: Value '101' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 100",
    );
}

#[test]
fn texts_that_are_no_policies() {
    let policy = |text: &str, fault: &str| {
        invalid(
            PutResourcePolicy,
            json!({"ResourceArn": ARN, "Policy": text}),
            &format!("One or more parameter values were invalid: Invalid policy document: {fault}"),
        );
    };
    policy("null", "This text appears not to be a policy");
    policy(
        r#"{"Version":"2012-10-17","Statement":[{"Effect":"Maybe","Principal":{"AWS":"123456789012"},"Action":"dynamodb:GetItem","Resource":"*"}]}"#,
        "Syntax error in Effect",
    );
}

/// Not recorded.
#[test]
fn a_token_that_no_page_ended_with() {
    invalid(
        ListContributorInsights,
        json!({"NextToken": "behind"}),
        "One or more parameter values were invalid: The provided NextToken is invalid",
    );
}
