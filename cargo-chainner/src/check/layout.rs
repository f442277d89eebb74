//! The layout of inputs: each stands in it once, and groups hold what they may.

use serde_json::Value;

use crate::codes::Code;

use super::{
    Findings, Subject,
    subject::{Node, list, text},
};

/// The layout of each node.
pub(super) fn check(subject: Subject<'_>, findings: &mut Findings) {
    for node in subject.nodes() {
        let mut seen = Vec::new();
        let mut told = Vec::new();
        for item in list(node.schema, "groupLayout") {
            walk(&node, item, &mut seen, &mut told);
        }
        for input in node.inputs() {
            if input.schema["id"].as_u64().is_none_or(|id| !seen.contains(&id)) {
                told.push(format!("leaves out input \"{}\", which nobody would see", input.described.label));
            }
        }
        for message in told {
            findings
                .error(Code::Layout, format!("the layout of node `{}` {message}", node.described.id))
                .at(&node.described.place)
                .help("upgrade chainner-sdk, which makes the layout; if it is the newest, please report this");
        }
    }
}

fn walk(node: &Node<'_>, item: &Value, seen: &mut Vec<u64>, told: &mut Vec<String>) {
    if let Some(id) = item.as_u64() {
        if node.input(id).is_none() {
            told.push(format!("names the unknown input {id}"));
        }
        if seen.contains(&id) {
            told.push(format!("names input {id} twice"));
        }
        seen.push(id);
        return;
    }
    if let Err(rule) = group(node, item) {
        told.push(format!("has a group of kind `{}` that {rule}", text(item, "kind")));
    }
    for inner in list(item, "items") {
        walk(node, inner, seen, told);
    }
}

/// The rules of the kinds of groups, as the app checks them.
fn group(node: &Node<'_>, group: &Value) -> Result<(), &'static str> {
    let items = list(group, "items");
    let inputs: Vec<&Value> =
        items.iter().filter_map(Value::as_u64).filter_map(|id| node.input(id)).map(|input| input.schema).collect();
    let only_inputs = inputs.len() == items.len();
    let holds = |is: bool, rule: &'static str| if is { Ok(()) } else { Err(rule) };
    let all = |is: &dyn Fn(&Value) -> bool| only_inputs && inputs.iter().all(|input| is(input));
    let of_kind = |input: &Value, kind: &str| text(input, "kind") == kind;
    let optional = |input: &Value| input["optional"] == true;
    match text(group, "kind") {
        "conditional" => holds(!items.is_empty(), "is empty"),
        "required" => holds(
            !items.is_empty() && all(&|input| of_kind(input, "generic") && optional(input)),
            "holds something else than optional inputs with an edge",
        ),
        "optional-list" => holds(
            !items.is_empty() && inputs.iter().all(|input| optional(input)),
            "holds an input that is not optional",
        ),
        "seed" => {
            holds(items.len() == 1 && all(&|input| of_kind(input, "number")), "holds something else than one seed")
        }
        "linked-inputs" => holds(items.len() >= 2 && only_inputs && are_alike(&inputs), "holds inputs that differ"),
        "icon-set" => holds(
            !items.is_empty()
                && all(&|input| of_kind(input, "dropdown") && text(input, "preferredStyle") == "checkbox"),
            "holds something else than check boxes",
        ),
        "menu-icon-row" => holds(!items.is_empty(), "is empty"),
        "from-to-dropdowns" => {
            holds(items.len() == 2 && all(&|input| of_kind(input, "dropdown")), "holds something else than two choices")
        }
        "ncnn-file-inputs" => {
            holds(items.len() == 2 && all(&|input| of_kind(input, "file")), "holds something else than two files")
        }
        _ => Err("the app does not know"),
    }
}

/// Whether inputs are equal but for what names them.
fn are_alike(inputs: &[&Value]) -> bool {
    let bare = |input: &Value| {
        let mut bare = input.clone();
        if let Some(keys) = bare.as_object_mut() {
            for key in ["id", "label", "description", "placeholder"] {
                keys.remove(key);
            }
        }
        bare
    };
    inputs.windows(2).all(|pair| bare(pair[0]) == bare(pair[1]))
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
    fn each_input_stands_in_it_once() {
        assert_eq!(with(json!([3, 2, 1, 0])), []);
        assert_eq!(with(json!([0, 1, 2])), [Code::Layout]);
        assert_eq!(with(json!([0, 1, 2, 3, 3])), [Code::Layout]);
        assert_eq!(with(json!([0, 1, 2, 3, 9])), [Code::Layout]);
    }

    #[test]
    fn groups_hold_what_they_may() {
        let group = |kind: &str, items: Value| json!({"id": 0, "kind": kind, "options": {"condition": {"kind": "and", "items": []}}, "items": items});
        // 0 is an image, 1 a slider, 2 a choice, 3 a slider.
        assert_eq!(with(json!([0, 1, group("from-to-dropdowns", json!([2, 3]))])), [Code::Layout]);
        assert_eq!(with(json!([0, 1, 2, group("seed", json!([3]))])), [Code::Layout]);
        assert_eq!(with(json!([0, group("linked-inputs", json!([1, 3])), 2])), [Code::Layout]);
        assert_eq!(with(json!([0, 1, 2, group("optional-list", json!([3]))])), [Code::Layout]);
        assert_eq!(with(json!([group("required", json!([0])), 1, 2, 3])), [Code::Layout]);
        assert_eq!(with(json!([0, 1, group("icon-set", json!([2])), 3])), [Code::Layout]);
        assert_eq!(with(json!([0, 1, group("ncnn-file-inputs", json!([2, 3]))])), [Code::Layout]);
        assert_eq!(with(json!([0, 1, 2, 3, group("menu-icon-row", json!([]))])), [Code::Layout]);
        assert_eq!(with(json!([0, 1, 2, group("carousel", json!([3]))])), [Code::Layout]);
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
