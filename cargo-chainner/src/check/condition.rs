//! Conditions of groups and of options.

use chainner_navi::host;
use serde_json::Value;

use crate::{codes::Code, error::did_you_mean};

use super::{
    Findings, Subject,
    subject::{Input, Node, list, same_value, text, whole},
    types::{self, Part},
};

/// The conditions of groups and of options.
pub(super) fn check(subject: Subject<'_>, findings: &mut Findings) {
    for node in subject.nodes() {
        for (index, item) in list(node.schema, "groupLayout").iter().enumerate() {
            group(subject, &node, item, &format!("/groupLayout/{index}"), findings);
        }
        for (place, input) in node.inputs().enumerate() {
            for (index, option) in list(input.schema, "options").iter().enumerate() {
                if !option["condition"].is_null() {
                    let pointer = format!("/inputs/{place}/options/{index}/condition");
                    condition(subject, &node, &option["condition"], &pointer, findings);
                }
            }
        }
    }
}

fn group(subject: Subject<'_>, node: &Node<'_>, item: &Value, pointer: &str, findings: &mut Findings) {
    if matches!(text(item, "kind"), "conditional" | "required") {
        condition(subject, node, &item["options"]["condition"], &format!("{pointer}/options/condition"), findings);
    }
    for (index, inner) in list(item, "items").iter().enumerate() {
        group(subject, node, inner, &format!("{pointer}/items/{index}"), findings);
    }
}

fn condition(subject: Subject<'_>, node: &Node<'_>, json: &Value, pointer: &str, findings: &mut Findings) {
    match text(json, "kind") {
        "and" | "or" => {
            if !json["items"].is_array() {
                let help = "`and` and `or` have `items`, a list of conditions";
                refuse(node, pointer, format!("of kind `{}` has no items", text(json, "kind")), help, findings);
            }
            for (index, inner) in list(json, "items").iter().enumerate() {
                condition(subject, node, inner, &format!("{pointer}/items/{index}"), findings);
            }
        }
        "not" => condition(subject, node, &json["condition"], &format!("{pointer}/condition"), findings),
        "enum" => asks_choice(node, json, pointer, findings),
        "type" => asks_type(subject, node, json, pointer, findings),
        "" => refuse(node, pointer, "is missing".to_owned(), "write a condition", findings),
        kind => {
            let known = ["and", "or", "not", "enum", "type"];
            let help = match did_you_mean(kind, known) {
                Some(known) => format!("did you mean `{known}`?"),
                None => "the kinds are `and`, `or`, `not`, `enum` and `type`".to_owned(),
            };
            refuse(node, pointer, format!("is of the unknown kind `{kind}`"), &help, findings);
        }
    }
}

fn refuse(node: &Node<'_>, pointer: &str, message: String, help: &str, findings: &mut Findings) {
    let message = format!("a condition of {} {message}", node.called());
    findings.error(Code::Condition, message).at(node.part(pointer)).help(help);
}

fn asks_choice(node: &Node<'_>, json: &Value, pointer: &str, findings: &mut Findings) {
    let Some(input) = whole(&json["enum"]).and_then(|id| node.input(id)) else {
        let message = format!("asks for the unknown input {}", json["enum"]);
        return refuse(node, pointer, message, "name an input of the node", findings);
    };
    let called = format!("asks input \"{}\"", input.label());
    if input.kind() != "dropdown" || input.schema["hasHandle"] == true {
        let help = "a condition can ask choices, and `bool` inputs without handle";
        return refuse(node, pointer, format!("{called}, which is no choice"), help, findings);
    }
    let Some(values) = json["values"].as_array() else {
        let message = format!("{called} for {}, which is no list of values", json["values"]);
        return refuse(node, pointer, message, "write `\"values\": […]`", findings);
    };
    if values.is_empty() {
        return refuse(node, pointer, format!("{called} for no value"), "name at least one value", findings);
    }
    for value in values.iter().filter(|value| !has_option(&input, value)) {
        let options = list(input.schema, "options").iter().map(|option| option["value"].to_string());
        let help = format!("its values are {}", options.collect::<Vec<_>>().join(", "));
        refuse(node, pointer, format!("{called} for {value}, which it does not have"), &help, findings);
    }
}

fn has_option(input: &Input<'_>, value: &Value) -> bool {
    list(input.schema, "options").iter().any(|option| same_value(&option["value"], value))
}

fn asks_type(subject: Subject<'_>, node: &Node<'_>, json: &Value, pointer: &str, findings: &mut Findings) {
    if whole(&json["input"]).and_then(|id| node.input(id)).is_none() {
        let message = format!("asks for the type of the unknown input {}", json["input"]);
        return refuse(node, pointer, message, "name an input of the node", findings);
    }
    let part = Part {
        what: format!("the type in a condition of {}", node.called()),
        place: node.part(&format!("{pointer}/condition")),
        json: &json["condition"],
    };
    if part.json.is_null() {
        let help = "write `\"condition\": \"…\"` with a type";
        return refuse(node, pointer, "of kind `type` has no type".to_owned(), help, findings);
    }
    let Some(expression) = part.parse(findings) else { return };
    match host::scope().evaluate(&expression) {
        Ok(asked) if asked.is_never() => {
            let message = format!("{} is always `never`: the condition is never true", part.what);
            findings.error(Code::ConditionType, message).at(&part.place).help("name a type that has values");
        }
        Ok(_) => {}
        Err(error) => {
            part.report(&error, Some(Code::ConditionType), findings);
            let is_local = types::scope(subject).evaluate(&expression).is_ok();
            if let Some(told) = findings.0.last_mut().filter(|_| is_local) {
                let help = "conditions see the app's own names only, none that nodes define: ask the choice for its values instead";
                told.help(help);
            }
        }
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

    #[test]
    fn types_are_asked_in_the_app_s_own_names() {
        let ask = |ty: &str| with(json!({"kind": "type", "input": 0, "condition": ty, "ifNotConnected": true}));
        assert_eq!(ask("Image { channels: 4 }"), []);
        assert_eq!(ask("film_lab::Shape"), [Code::ConditionType]);
        assert_eq!(ask("1 & 2"), [Code::ConditionType]);
        assert_eq!(ask("Image {"), [Code::TypeSyntax]);
    }
}
