//! Streams, encryption and classes.

use super::*;

#[test]
fn streams() {
    // Observed.
    invalid(
        json!({"StreamSpecification": {"StreamEnabled": false, "StreamViewType": "KEYS_ONLY"}}),
        "Table is being created with a stream disabled, UpdateViewType should not be specified",
    );
    let mut engine = Engine::with(&[INDEXED]);
    let on = r#"{"TableName":"t-1","StreamSpecification":{"StreamEnabled":true,"StreamViewType":"KEYS_ONLY"}}"#;
    let off = r#"{"TableName":"t-1","StreamSpecification":{"StreamEnabled":false}}"#;
    engine.invalid(UpdateTable, off, "Table does not have a stream to disable: t-1");
    engine.ok(UpdateTable, on);
    engine.invalid(UpdateTable, on, "Table already has an enabled stream: t-1");
    engine.ok(UpdateTable, off);
}

#[test]
fn encryption_and_class() {
    let sse = |specification: Value| json!({"SSESpecification": specification});
    invalid(
        sse(json!({"Enabled": false, "SSEType": "KMS"})),
        "SSEType can not be specified if Enabled is false",
    );
    invalid(
        sse(json!({"Enabled": false, "KMSMasterKeyId": "k"})),
        "KMSMasterKeyId can not be specified if Enabled is false",
    );
    invalid(
        sse(json!({"Enabled": true, "KMSMasterKeyId": "k"})),
        "SSEType KMS is required if KMSMasterKeyId is specified",
    );
    invalid(sse(json!({"SSEType": "AES256"})), "SSEType AES256 is not supported");
    let mut engine = Engine::with(&[INDEXED]);
    update_invalid(
        &mut engine,
        "t-1",
        sse(json!({"Enabled": false})),
        "Table is already encrypted by default",
    );
    let key = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    let with_key = sse(json!({"Enabled": true, "SSEType": "KMS", "KMSMasterKeyId": key}));
    let mut body = with_key.clone();
    body["TableName"] = "t-1".into();
    engine.ok(UpdateTable, &body.to_string());
    update_invalid(
        &mut engine,
        "t-1",
        with_key,
        "Table is already encrypted with given KMSMasterKeyId. Use KMSMasterKeyId parameter if you want to change Master Key",
    );
    refused(
        json!({"TableClass": "GLACIER"}),
        "Invalid table-class parameter provided. Please try again with a valid table-class value: [STANDARD, STANDARD_INFREQUENT_ACCESS].",
    );
}

#[test]
fn an_enabled_stream_has_a_view_and_a_disabled_one_has_none() {
    invalid(
        json!({"StreamSpecification": {"StreamEnabled": true}}),
        "Table is being created with a stream enabled, UpdateViewType is required",
    );
    let mut engine = Engine::with(&[INDEXED]);
    update_invalid(
        &mut engine,
        "t-1",
        json!({"StreamSpecification": {"StreamEnabled": true}}),
        "If stream is being enabled then UpdateViewType is required",
    );
    update_invalid(
        &mut engine,
        "t-1",
        json!({"StreamSpecification": {"StreamEnabled": false, "StreamViewType": "KEYS_ONLY"}}),
        "If stream is being disabled, then UpdateViewType must not be specified",
    );
}
