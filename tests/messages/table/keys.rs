//! Keys and the definitions of their attributes.

use super::*;

#[test]
fn keys_and_their_definitions() {
    refused(
        json!({"KeySchema": keys(&[("a", "RANGE"), ("b", "HASH")])}),
        "Invalid KeySchema: The first KeySchemaElement is not a HASH key type",
    );
    refused(
        json!({"KeySchema": keys(&[("a", "HASH"), ("b", "HASH")])}),
        "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type",
    );
    const UNDEFINED: &str = "Invalid KeySchema: Some index key attribute have no definition";
    refused(json!({"KeySchema": keys(&[("a", "HASH"), ("z", "RANGE")])}), UNDEFINED);
    // Observed.
    refused(json!({"KeySchema": keys(&[("a", "HASH"), ("a", "RANGE")])}), UNDEFINED);
    invalid(
        json!({"AttributeDefinitions": definitions(&["a", "b", "c"])}),
        "Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions",
    );
    let with_index = |names: &[&str], key: &[(&str, &str)]| json!({"AttributeDefinitions": definitions(names), "GlobalSecondaryIndexes": [index("gsi", keys(key))]});
    invalid(
        with_index(&["a", "b"], &[("c", "HASH")]),
        "Some index key attributes are not defined in AttributeDefinitions. Keys: [c], AttributeDefinitions: [a, b]",
    );
    invalid(
        with_index(&["a", "b", "c"], &[("b", "HASH")]),
        "Some AttributeDefinitions are not used. AttributeDefinitions: [a, b, c], keys used: [a, b]",
    );
}

// Recorded in October 2026 in us-east-1 and us-west-2.
#[test]
fn an_attribute_is_defined_once_and_a_key_has_four_of_a_kind_in_order() {
    refused(
        json!({"AttributeDefinitions": definitions(&["a", "b", "a"])}),
        "Attribute Name is duplicated: a",
    );
    let names: Vec<String> = (0..5).map(|number| format!("k{number}")).collect();
    let indexed = |key: &[(&str, &str)]| {
        let mut all = vec!["a", "b"];
        all.extend(names.iter().map(String::as_str));
        json!({"AttributeDefinitions": definitions(&all), "GlobalSecondaryIndexes": [index("gsi", keys(key))]})
    };
    invalid(
        indexed(&[("k0", "HASH"), ("k1", "RANGE"), ("k2", "HASH")]),
        "All HASH key attributes must precede RANGE key attributes in the KeySchema",
    );
    for (first, kind) in [(0, "HASH"), (1, "RANGE")] {
        let mut key: Vec<(&str, &str)> = vec![("b", "HASH"); first];
        key.extend(names.iter().map(|name| (name.as_str(), kind)));
        invalid(
            indexed(&key),
            &format!("The KeySchema exceeds the maximum allowed number of {kind} key attributes"),
        );
    }
}
