//! Policies: what is read, what is written back, and what they decide.
#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use super::*;
use crate::error::annotation::PolicyFault;

const TABLE: &str = "arn:aws:dynamodb:us-east-1:123456789012:table/films";

fn read(statement: &str) -> Policy {
    Policy::read(&format!(r#"{{"Version":"2012-10-17","Statement":{statement}}}"#)).unwrap()
}

fn statement(effect: &str, principal: &str, action: &str, rest: &str) -> String {
    format!(r#"{{"Effect":"{effect}","Principal":{principal},"Action":{action},"Resource":"{TABLE}*"{rest}}}"#)
}

#[test]
fn the_canonical_form_has_one_order_no_blanks_and_no_lists_of_one() {
    let sent = r#"{ "Statement" : [ { "Resource": ["*"], "Action": ["dynamodb:GetItem", "dynamodb:Query"],
        "Principal": {"AWS": ["123456789012", "arn:aws:iam::123456789012:root"]}, "Effect": "allow", "Sid": "a\"b",
        "Condition": {"stringequals": {"dynamodb:Select": ["COUNT"]}, "Bool": {"aws:SecureTransport": true}} } ],
        "Version": "2012-10-17" }"#;
    let canonical = Policy::read(sent).unwrap().to_canonical();
    assert_eq!(
        canonical,
        r#"{"Version":"2012-10-17","Statement":[{"Sid":"a\"b","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":["dynamodb:GetItem","dynamodb:Query"],"Resource":"*","Condition":{"StringEquals":{"dynamodb:Select":"COUNT"},"Bool":{"aws:SecureTransport":"true"}}}]}"#
    );
    assert_eq!(Policy::read(&canonical).unwrap().to_canonical(), canonical);
}

#[test]
fn what_is_no_policy_is_refused() {
    let fault = |text: &str| Policy::read(text).unwrap_err();
    let missing = |element| PolicyFault::Missing { element };
    for text in ["", "{not json", "[]", "{}x", r#"{"Statement":[]"#] {
        assert_eq!(fault(text), PolicyFault::Json, "{text}");
    }
    assert!(matches!(fault("{}"), PolicyFault::Syntax { .. }));
    assert_eq!(fault("null"), PolicyFault::Null);
    assert_eq!(fault(r#"{"Statement":[]}"#), PolicyFault::NoStatements);
    let without = |element: &str| {
        let members = [
            ("Effect", r#""Deny""#),
            ("Principal", r#""*""#),
            ("Action", r#""*""#),
            ("Resource", r#""*""#),
        ];
        let kept: Vec<String> = members
            .iter()
            .filter(|(name, _)| *name != element)
            .map(|(name, value)| format!(r#""{name}":{value}"#))
            .collect();
        fault(&format!(r#"{{"Statement":{{{}}}}}"#, kept.join(",")))
    };
    for element in ["Effect", "Principal", "Action", "Resource"] {
        assert_eq!(without(element), missing(element));
    }
    let twice = statement("Deny", r#""*""#, r#""*""#, r#","Sid":"same""#);
    assert_eq!(
        fault(&format!(r#"{{"Statement":[{twice},{twice}]}}"#)),
        PolicyFault::SidTwice
    );
    for (principal, rest) in [
        (r#""123456789012""#, ""),
        (r#"{"Robots":"*"}"#, ""),
        (r#"{"AWS":"alice"}"#, ""),
        (r#""*""#, r#","Condition":{"StringResembles":{"aws:username":"a"}}"#),
        (r#""*""#, r#","Mood":"good""#),
    ] {
        let text = format!(r#"{{"Statement":{}}}"#, statement("Deny", principal, r#""*""#, rest));
        assert!(matches!(fault(&text), PolicyFault::Syntax { .. }), "{text}");
    }
}

#[test]
fn actions_must_be_the_subjects_own() {
    let with = |actions: &str| read(&statement("Allow", r#"{"AWS":"123456789012"}"#, actions, ""));
    for action in [
        "dynamodb:*",
        "*",
        "dynamodb:getitem",
        "dynamodb:Batch*",
        "dynamodb:PartiQLSelect",
        "dynamodb:ListTagsOfResource",
    ] {
        assert_eq!(
            with(&format!(r#""{action}""#)).check_actions(Subject::Table),
            Ok(()),
            "{action}"
        );
    }
    let names = vec!["dynamodb:GetRecords".to_owned(), "s3:GetObject".to_owned()];
    assert_eq!(
        with(r#"["dynamodb:GetRecords","dynamodb:GetItem","s3:GetObject"]"#).check_actions(Subject::Table),
        Err(PolicyFault::Actions { names })
    );
    assert_eq!(with(r#""dynamodb:GetRecords""#).check_actions(Subject::Stream), Ok(()));
    for action in ["dynamodb:ListStreams", "dynamodb:GetItem"] {
        assert!(
            with(&format!(r#""{action}""#)).check_actions(Subject::Stream).is_err(),
            "{action}"
        );
    }
}

fn decide(policy: &Policy, who: &str, action: &str, keys: &[(&'static str, Vec<String>)]) -> Decision {
    let principal = Principal { arn: who.to_owned() };
    policy.decide(&Access {
        principal: &principal,
        action,
        resource: TABLE,
        region: "us-east-1",
        keys,
    })
}

const ALICE: &str = "arn:aws:iam::123456789012:user/staff/alice";
const BOB: &str = "arn:aws:iam::111122223333:user/bob";

#[test]
fn a_deny_wins_and_silence_is_neither() {
    let allow = statement("Allow", r#"{"AWS":"123456789012"}"#, r#""dynamodb:Get*""#, "");
    let deny = statement("Deny", &format!(r#"{{"AWS":"{ALICE}"}}"#), r#""dynamodb:GetItem""#, "");
    let policy = read(&format!("[{allow},{deny}]"));
    assert_eq!(decide(&policy, ALICE, "dynamodb:GetItem", &[]), Decision::Deny);
    assert_eq!(
        decide(&policy, ALICE, "dynamodb:GetResourcePolicy", &[]),
        Decision::Allow
    );
    assert_eq!(decide(&policy, ALICE, "dynamodb:PutItem", &[]), Decision::Nothing);
    assert_eq!(decide(&policy, BOB, "dynamodb:GetItem", &[]), Decision::Nothing);
}

#[test]
fn everything_but_what_is_named() {
    let statement = format!(
        r#"{{"Effect":"Deny","NotPrincipal":{{"AWS":"{ALICE}"}},"NotAction":"dynamodb:GetItem","NotResource":"arn:other"}}"#
    );
    let policy = read(&statement);
    assert_eq!(decide(&policy, BOB, "dynamodb:PutItem", &[]), Decision::Deny);
    assert_eq!(decide(&policy, BOB, "dynamodb:GetItem", &[]), Decision::Nothing);
    assert_eq!(decide(&policy, ALICE, "dynamodb:PutItem", &[]), Decision::Nothing);
}

#[test]
fn conditions_look_at_the_keys_of_the_request() {
    let keys = [("dynamodb:LeadingKeys", vec!["a".to_owned(), "b".to_owned()])];
    let holds = |condition: &str, keys: &[(&'static str, Vec<String>)]| {
        let rest = format!(r#","Condition":{{{condition}}}"#);
        let policy = read(&statement("Deny", r#""*""#, r#""*""#, &rest));
        decide(&policy, ALICE, "dynamodb:GetItem", keys) == Decision::Deny
    };
    for (condition, with, without) in [
        (
            r#""ForAllValues:StringEquals":{"dynamodb:LeadingKeys":["a","b","c"]}"#,
            true,
            true,
        ),
        (
            r#""ForAllValues:StringEquals":{"dynamodb:LeadingKeys":["a"]}"#,
            false,
            true,
        ),
        (r#""ForAnyValue:StringLike":{"dynamodb:LeadingKeys":"b*"}"#, true, false),
        (
            r#""ForAnyValue:StringEquals":{"dynamodb:LeadingKeys":"z"}"#,
            false,
            false,
        ),
        (r#""StringNotEquals":{"dynamodb:LeadingKeys":"z"}"#, true, true),
        (r#""StringEquals":{"dynamodb:LeadingKeys":"z"}"#, false, false),
        (r#""StringEqualsIfExists":{"dynamodb:LeadingKeys":"z"}"#, false, true),
        (r#""Null":{"dynamodb:LeadingKeys":"true"}"#, false, true),
        (r#""Null":{"dynamodb:LeadingKeys":"false"}"#, true, false),
        (r#""StringEquals":{"aws:username":"alice"}"#, true, true),
        (
            r#""ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:user/staff/*"}"#,
            true,
            true,
        ),
        (r#""Bool":{"aws:SecureTransport":"false"}"#, false, false),
        (r#""NumericLessThan":{"aws:MultiFactorAuthAge":"300"}"#, false, false),
        (
            r#""StringEquals":{"aws:username":"alice","aws:PrincipalAccount":"1"}"#,
            false,
            false,
        ),
    ] {
        assert_eq!(holds(condition, &keys), with, "{condition}");
        assert_eq!(holds(condition, &[]), without, "{condition} without keys");
    }
}

#[test]
fn wildcards_stand_for_any_characters() {
    for (pattern, text, like) in [
        ("*", "", true),
        ("a*c", "abbc", true),
        ("a*c", "abbd", false),
        ("a?c", "abc", true),
        ("a?c", "ac", false),
        ("*b*b", "abab", true),
        ("", "a", false),
        ("a**", "a", true),
    ] {
        assert_eq!(wildcard(pattern, text), like, "{pattern} {text}");
    }
}
