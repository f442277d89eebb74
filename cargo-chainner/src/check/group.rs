//! Groups of the layout: each kind has rules about what may stand in it.

use serde_json::Value;

use crate::{codes::Code, error::did_you_mean};

use super::{
    Findings,
    subject::{Input, Node, list, same_value, text, whole},
};

/// The kinds of groups.
const KINDS: &[&str] = &[
    "conditional",
    "required",
    "optional-list",
    "seed",
    "linked-inputs",
    "icon-set",
    "menu-icon-row",
    "from-to-dropdowns",
    "ncnn-file-inputs",
];
/// Keys in which linked inputs may differ.
const OWN_KEYS: &[&str] = &["id", "label", "description", "placeholder"];

/// The rules of a group's kind, as the app checks them.
pub(super) fn check(node: &Node<'_>, group: &Value, pointer: &str, findings: &mut Findings) {
    let kind = text(group, "kind");
    if !KINDS.contains(&kind) {
        let help = match did_you_mean(kind, KINDS.iter().copied()) {
            Some(known) => format!("did you mean `{known}`?"),
            None => format!("the kinds are `{}`", KINDS.join("`, `")),
        };
        let message = format!("a group of {} is of the unknown kind `{kind}`", node.called());
        findings.error(Code::UnknownKind, message).at(node.part(&format!("{pointer}/kind"))).help(help);
        return;
    }
    let items = list(group, "items");
    let inputs: Vec<Input<'_>> = items.iter().filter_map(whole).filter_map(|id| node.input(id)).collect();
    if let Err((expected, found)) = holds(node, group, &inputs) {
        let message =
            format!("a group of kind `{kind}` of {} holds {found}, and has to hold {expected}", node.called());
        let help = format!("`cargo chainner explain {}` lists the rules of all kinds", Code::GroupRule);
        findings.error(Code::GroupRule, message).at(node.part(pointer)).help(help);
    }
    if kind == "menu-icon-row" {
        let drawn = |item: &Value| match whole(item).and_then(|id| node.input(id)) {
            Some(input) => input.kind() == "dropdown" && text(input.schema, "preferredStyle") == "icons",
            None => text(item, "kind") == "icon-set",
        };
        if let Some(item) = items.iter().find(|item| !drawn(item)) {
            let message = format!("a row of icons of {} holds {}, which is not drawn", node.called(), name(node, item));
            let help = "put groups of kind `icon-set` and choices in the style `icons` into it";
            findings.warning(Code::GroupRule, message).at(node.part(pointer)).help(help);
        }
    }
    if kind == "icon-set" && !group["options"]["label"].is_string() {
        let message = format!("a group of kind `icon-set` of {} has no label", node.called());
        findings.error(Code::GroupRule, message).at(node.part(pointer)).help("write `\"options\": {\"label\": \"…\"}`");
    }
}

/// What a group should hold, and what it does instead.
type Mismatch = (&'static str, String);

fn holds(node: &Node<'_>, group: &Value, inputs: &[Input<'_>]) -> Result<(), Mismatch> {
    let items = list(group, "items");
    let count = |is: bool, expected: &'static str| match is {
        true => Ok(()),
        false => Err((
            expected,
            match items.len() {
                0 => "nothing".to_owned(),
                1 => "one item".to_owned(),
                count => format!("{count} items"),
            },
        )),
    };
    let each = |fits: &dyn Fn(&Input<'_>) -> bool, expected: &'static str| {
        let misfit = items.iter().find(|item| {
            // That an input is unknown is told by the rule about layouts.
            let input = whole(item).and_then(|id| node.input(id));
            item.is_object() || input.is_some_and(|input| !fits(&input))
        });
        misfit.map_or(Ok(()), |item| Err((expected, name(node, item))))
    };
    let optional = |input: &Input<'_>| input.schema["optional"] == true;
    let kind = |input: &Input<'_>, kind: &str| input.kind() == kind;
    match text(group, "kind") {
        "conditional" | "menu-icon-row" => count(!items.is_empty(), "at least one item"),
        "required" => {
            let expected = "one or more optional inputs of kind `generic`";
            count(!items.is_empty(), expected)?;
            each(&|input| kind(input, "generic") && optional(input), expected)
        }
        "optional-list" => {
            let expected = "one or more optional inputs";
            count(!items.is_empty(), expected)?;
            match not_optional(node, items) {
                Some(found) => Err((expected, found)),
                None => Ok(()),
            }
        }
        "seed" => {
            let expected = "exactly one input of kind `number`";
            count(items.len() == 1, expected)?;
            each(&|input| kind(input, "number"), expected)
        }
        "linked-inputs" => {
            let expected = "two or more inputs that are equal in all but id, label, description and placeholder";
            count(items.len() >= 2, expected)?;
            each(&|_| true, expected)?;
            let Some((first, rest)) = inputs.split_first() else { return Ok(()) };
            match rest.iter().find_map(|other| difference(first.schema, other.schema)) {
                Some(key) => Err((expected, format!("inputs with different `{key}`"))),
                None => Ok(()),
            }
        }
        "icon-set" => {
            let expected = "one or more choices in the style `checkbox`";
            count(!items.is_empty(), expected)?;
            each(&|input| kind(input, "dropdown") && text(input.schema, "preferredStyle") == "checkbox", expected)
        }
        "from-to-dropdowns" => {
            let expected = "exactly two choices";
            count(items.len() == 2, expected)?;
            each(&|input| kind(input, "dropdown"), expected)
        }
        "ncnn-file-inputs" => {
            let expected = "exactly two inputs of kind `file`";
            count(items.len() == 2, expected)?;
            each(&|input| kind(input, "file"), expected)
        }
        _ => Ok(()),
    }
}

/// The first input of a list that is not optional, however deep it stands.
fn not_optional(node: &Node<'_>, items: &[Value]) -> Option<String> {
    items.iter().find_map(|item| match whole(item).and_then(|id| node.input(id)) {
        Some(input) if input.schema["optional"] != true => Some(format!("{}, which is not", name(node, item))),
        Some(_) => None,
        None => not_optional(node, list(item, "items")),
    })
}

/// An item of a layout, for a person.
fn name(node: &Node<'_>, item: &Value) -> String {
    match whole(item).and_then(|id| node.input(id)) {
        Some(input) => {
            let optional = if input.schema["optional"] == true { "optional " } else { "" };
            format!("\"{}\" (an {optional}input of kind `{}`)", input.label(), input.kind())
        }
        None if item.is_object() => format!("a group of kind `{}`", text(item, "kind")),
        None => item.to_string(),
    }
}

/// The first key in which inputs differ that must not.
fn difference<'a>(one: &'a Value, other: &'a Value) -> Option<&'a str> {
    let keys = |json: &'a Value| json.as_object().into_iter().flat_map(|object| object.keys());
    let mut all = keys(one).chain(keys(other)).filter(|key| !OWN_KEYS.contains(&key.as_str()));
    all.find(|key| !equal(&one[*key], &other[*key])).map(String::as_str)
}

/// Whether JSON is equal where `1` and `1.0` are.
fn equal(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| equal(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one.iter().all(|(key, value)| other.get(key).is_some_and(|other| equal(value, other)))
        }
        _ => same_value(one, other),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::check::fixture::{Fixture, errors};

    use super::*;

    fn with(layout: Value) -> Vec<Code> {
        let mut fixture = Fixture::sound();
        fixture.schema_at("/nodes/0")["groupLayout"] = layout;
        errors(&fixture)
    }

    #[test]
    fn groups_hold_what_they_may() {
        let group = |kind: &str, items: Value| json!({"id": 0, "kind": kind, "options": {"condition": {"kind": "and", "items": []}}, "items": items});
        // 0 is an image, 1 a slider, 2 a choice, 3 a slider.
        assert_eq!(with(json!([0, 1, group("from-to-dropdowns", json!([2, 3]))])), [Code::GroupRule]);
        assert_eq!(with(json!([0, 1, 2, group("seed", json!([3]))])), [Code::GroupRule]);
        assert_eq!(with(json!([0, group("linked-inputs", json!([1, 3])), 2])), [Code::GroupRule]);
        assert_eq!(with(json!([0, 1, 2, group("optional-list", json!([3]))])), [Code::GroupRule]);
        assert_eq!(with(json!([group("required", json!([0])), 1, 2, 3])), [Code::GroupRule]);
        assert_eq!(with(json!([0, 1, group("icon-set", json!([2])), 3])), [Code::GroupRule; 2]);
        assert_eq!(with(json!([0, 1, group("ncnn-file-inputs", json!([2, 3]))])), [Code::GroupRule]);
        assert_eq!(with(json!([0, 1, 2, 3, group("menu-icon-row", json!([]))])), [Code::GroupRule]);
        assert_eq!(with(json!([0, 1, 2, group("carousel", json!([3]))])), [Code::UnknownKind]);
    }

    #[test]
    fn equal_inputs_may_be_linked() {
        let mut fixture = Fixture::sound();
        let mut twin = fixture.schema_at("/nodes/0/inputs/1").clone();
        (twin["id"], twin["label"]) = (json!(3), json!("Aspect"));
        *fixture.schema_at("/nodes/0/inputs/3") = twin;
        let linked = json!({"id": 0, "kind": "linked-inputs", "options": {}, "items": [1, 3]});
        fixture.schema_at("/nodes/0")["groupLayout"] = json!([0, 2, linked]);
        assert_eq!(errors(&fixture), []);
    }
}
