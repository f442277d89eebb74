//! Keys that the app needs in each part of the schema.

use serde_json::Value;

use crate::codes::Code;

use super::{
    Findings, Subject,
    subject::{list, text},
};

const PACKAGE: &[&str] = &["id", "name", "description", "icon", "color", "dependencies", "features", "settings"];
const CATEGORY: &[&str] = &["id", "name", "description", "icon", "color", "installHint", "groups"];
const NODE: &[&str] = &[
    "schemaId",
    "name",
    "category",
    "nodeGroup",
    "inputs",
    "outputs",
    "groupLayout",
    "iteratorInputs",
    "iteratorOutputs",
    "keyInfo",
    "suggestions",
    "description",
    "seeAlso",
    "icon",
    "kind",
    "hasSideEffects",
    "deprecated",
    "features",
];
const INPUT: &[&str] = &[
    "id",
    "type",
    "conversions",
    "adapt",
    "typeDefinitions",
    "kind",
    "label",
    "optional",
    "hasHandle",
    "description",
    "hint",
    "suggest",
    "fused",
];
const INPUT_KINDS: &[&str] =
    &["generic", "number", "slider", "text", "dropdown", "file", "directory", "color", "static"];
const OUTPUT: &[&str] =
    &["id", "type", "label", "neverReason", "kind", "hasHandle", "passthroughOf", "description", "suggest"];
/// Keys that may be null.
const NULLABLE: &[&str] =
    &["adapt", "typeDefinitions", "description", "fused", "neverReason", "passthroughOf", "keyInfo", "installHint"];

/// Missing keys, and `null` where the app takes none.
pub(super) fn check(subject: Subject<'_>, findings: &mut Findings) {
    let schema = &subject.description.schema;
    let mut part = |json: &Value, keys: &[&str], what: String| {
        for key in keys {
            let bad = match json.get(key) {
                None => "is missing",
                Some(Value::Null) if !NULLABLE.contains(key) => "is null",
                Some(_) => continue,
            };
            findings
                .error(Code::BadShape, format!("`{key}` of {what} {bad}"))
                .help("upgrade chainner-sdk and cargo-chainner to the same version");
        }
    };
    part(schema, &["package", "categories", "nodes"], "the schema".to_owned());
    part(&schema["package"], PACKAGE, "the package".to_owned());
    for category in list(schema, "categories") {
        part(category, CATEGORY, format!("category \"{}\"", text(category, "name")));
    }
    for node in list(schema, "nodes") {
        let id = text(node, "schemaId");
        part(node, NODE, format!("node `{id}`"));
        for input in list(node, "inputs") {
            part(input, INPUT, format!("input \"{}\" of node `{id}`", text(input, "label")));
        }
        for output in list(node, "outputs") {
            part(output, OUTPUT, format!("output \"{}\" of node `{id}`", text(output, "label")));
        }
    }
    for node in list(schema, "nodes") {
        for input in list(node, "inputs") {
            let kind = text(input, "kind");
            if !INPUT_KINDS.contains(&kind) {
                let label = text(input, "label");
                let message =
                    format!("input \"{label}\" of node `{}` is of the unknown kind `{kind}`", text(node, "schemaId"));
                findings.error(Code::BadShape, message).help("upgrade cargo-chainner");
            }
        }
    }
    let (schemas, descriptions) = (list(schema, "nodes").len(), subject.description.nodes.len());
    if schemas != descriptions {
        let message = format!("the schema has {schemas} nodes, and the package describes {descriptions}");
        findings.error(Code::BadShape, message).help("upgrade chainner-sdk and cargo-chainner to the same version");
    }
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::{Fixture, errors};

    use super::*;

    #[test]
    fn missing_keys_and_null_are_found() {
        assert!(errors(&Fixture::sound()).is_empty());
        for (pointer, key) in [
            ("/nodes/0", "suggestions"),
            ("/nodes/0/inputs/0", "conversions"),
            ("/package", "color"),
            ("", "categories"),
        ] {
            let mut fixture = Fixture::sound();
            let part = fixture.schema_at(pointer).as_object_mut().expect("an object");
            part.remove(key);
            assert!(errors(&fixture).contains(&Code::BadShape), "{pointer} without {key}");
        }
        let mut fixture = Fixture::sound();
        fixture.schema_at("/nodes/0/inputs/0")["type"] = Value::Null;
        assert_eq!(errors(&fixture), [Code::BadShape]);
    }

    #[test]
    fn kinds_that_the_app_does_not_know_are_found() {
        let mut fixture = Fixture::sound();
        fixture.schema_at("/nodes/0/inputs/0")["kind"] = "knob".into();
        assert_eq!(errors(&fixture), [Code::BadShape]);
    }

    #[test]
    fn schema_and_description_hold_the_same_nodes() {
        let mut fixture = Fixture::sound();
        fixture.schema_at("/nodes").as_array_mut().expect("a list").clear();
        assert!(errors(&fixture).contains(&Code::BadShape));
    }
}
