//! Conditions of `when(…)`.

use serde_json::Value;

use crate::codes::Code;

use super::{
    Findings, Subject,
    subject::{Node, list, text},
};

/// The conditions of groups and of variants.
pub(super) fn check(subject: Subject<'_>, findings: &mut Findings) {
    for node in subject.nodes() {
        for item in list(node.schema, "groupLayout") {
            group(&node, item, findings);
        }
        for input in node.inputs() {
            for option in list(input.schema, "options").iter().filter(|option| option["condition"].is_object()) {
                condition(&node, &option["condition"], findings);
            }
        }
    }
}

fn group(node: &Node<'_>, item: &Value, findings: &mut Findings) {
    if matches!(text(item, "kind"), "conditional" | "required") {
        condition(node, &item["options"]["condition"], findings);
    }
    for inner in list(item, "items") {
        group(node, inner, findings);
    }
}

fn condition(node: &Node<'_>, json: &Value, findings: &mut Findings) {
    let mut refuse = |message: String, help: &str| {
        let message = format!("a condition of node `{}` {message}", node.described.id);
        findings.error(Code::Condition, message).at(&node.described.place).help(help);
    };
    match text(json, "kind") {
        "and" | "or" => list(json, "items").iter().for_each(|inner| condition(node, inner, findings)),
        "not" => condition(node, &json["condition"], findings),
        "enum" => {
            let asked = json["enum"].as_u64().and_then(|id| node.input(id));
            let Some(input) = asked else {
                return refuse(format!("asks for the unknown input {}", json["enum"]), "name an input of the node");
            };
            let called = format!("asks input \"{}\"", input.described.label);
            if text(input.schema, "kind") != "dropdown" || input.schema["hasHandle"] == true {
                let help = "`when` can ask choices, and `bool` inputs without `handle`";
                return refuse(format!("{called}, which is no choice"), help);
            }
            let values = list(json, "values");
            if values.is_empty() {
                return refuse(format!("{called} for no value"), "name at least one value");
            }
            let options = list(input.schema, "options");
            for value in values {
                if !options.iter().any(|option| option["value"] == *value) {
                    refuse(format!("{called} for {value}, which it does not have"), "name one of its values");
                }
            }
        }
        "type" if json["input"].as_u64().and_then(|id| node.input(id)).is_some() => {}
        "type" => refuse(format!("asks for the unknown input {}", json["input"]), "name an input of the node"),
        kind => refuse(format!("is of the unknown kind `{kind}`"), "upgrade chainner-sdk"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::check::fixture::{Fixture, errors};

    use super::*;

    fn with(condition: Value) -> Vec<Code> {
        let mut fixture = Fixture::sound();
        fixture.schema_at("/nodes/0/groupLayout/3/options")["condition"] = condition;
        errors(&fixture)
    }

    #[test]
    fn choices_and_switches_are_asked_for_their_values() {
        assert_eq!(with(json!({"kind": "enum", "enum": 2, "values": ["round", "oval"]})), []);
        let nested = |inner: Value| json!({"kind": "not", "condition": {"kind": "and", "items": [inner]}});
        assert_eq!(with(nested(json!({"kind": "enum", "enum": 2, "values": ["oval"]}))), []);
        for (condition, what) in [
            (json!({"kind": "enum", "enum": 9, "values": ["oval"]}), "unknown input"),
            (json!({"kind": "enum", "enum": 1, "values": [1]}), "not a choice"),
            (json!({"kind": "enum", "enum": 2, "values": []}), "no value"),
            (json!({"kind": "enum", "enum": 2, "values": "oval"}), "not a list"),
            (json!({"kind": "enum", "enum": 2, "values": ["square"]}), "unknown value"),
            (json!({"kind": "type", "input": 9}), "unknown input of a type condition"),
            (json!({"kind": "xor"}), "unknown kind"),
            (json!(null), "no condition"),
        ] {
            assert_eq!(with(nested(condition)), [Code::Condition], "{what}");
        }
    }
}
