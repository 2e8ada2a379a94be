//! The model through a serde format: what comes in is checked as the builders check.
#![cfg(feature = "serde")]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unreachable,
    reason = "a test fails by panicking"
)]

mod strategies;

use channel_file::template::{Content, Criterion, Pattern, TemplateType};
use proptest::prelude::*;
use serde_json::json;

proptest! {
    #[test]
    fn content_comes_back(content in strategies::content()) {
        let text = serde_json::to_string(&content).expect("the model has no floats and no odd keys");
        let back: Content = serde_json::from_str(&text).expect("what was said is heard");
        prop_assert_eq!(back, content);
    }
}

#[test]
fn what_no_builder_makes_is_refused() {
    let text = |operator, text| json!({ "operator": operator, "value": { "text": text } });
    for (pattern, code) in [
        (text("equals", ""), "CF0401"),
        (text("glob", "foo*"), "CF0403"),
        (text("range", "5"), "CF0311"),
        (json!({ "operator": "equals", "value": "none" }), "CF0311"),
        (json!({ "operator": "range", "value": { "unsigned-range": [5, 5] } }), "CF0409"),
    ] {
        let error = serde_json::from_value::<Pattern>(pattern.clone()).expect_err("it is not canonical");
        assert!(error.to_string().contains(code), "{pattern}: {error}");
    }
    let none = json!({ "field": 0, "sense": "any-of", "patterns": [] });
    assert!(serde_json::from_value::<Criterion>(none).expect_err("no pattern").to_string().contains("CF0804"));
    let field = json!({ "name": "a", "kind": "text", "operators": ["equals"] });
    let twice = json!({ "key": { "id": 1, "version": 1 }, "name": "t", "fields": [field, field] });
    assert!(serde_json::from_value::<TemplateType>(twice).expect_err("a name twice").to_string().contains("CF0207"));
}
