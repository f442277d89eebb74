//! A small package for the tests of this room.

use chainner_sdk::library::Description;
use serde_json::{Value, json};

use super::book::Book;

/// An input of the schema.
fn input(id: u32, kind: &str, label: &str, own: &Value) -> Value {
    let mut input = json!({
        "id": id, "type": "any", "conversions": [], "adapt": null, "typeDefinitions": null, "kind": kind, "label": label,
        "optional": false, "hasHandle": true, "description": null, "hint": false, "suggest": false, "fused": null,
    });
    if let (Value::Object(input), Value::Object(own)) = (&mut input, own) {
        input.extend(own.clone());
    }
    input
}

fn dropdown(id: u32, label: &str, style: &str, options: &[&str], default: &str) -> Value {
    let options: Vec<Value> =
        options.iter().map(|option| json!({"option": option.to_uppercase(), "value": option})).collect();
    let own = json!({
        "options": options, "def": default, "preferredStyle": style, "labelStyle": "default", "groups": [], "hasHandle": false,
    });
    input(id, "dropdown", label, &own)
}

fn number(id: u32, label: &str) -> Value {
    let own = json!({
        "min": 0, "max": 8, "def": 1, "precision": 1, "controlsStep": 0.1, "unit": "EV", "hideTrailingZeros": true, "labelStyle": "inline",
    });
    input(id, "number", label, &own)
}

fn described(name: &str, label: &str, id: u32, of: &Value) -> Value {
    let mut input = json!({
        "name": name, "label": label, "docs": "", "id": id, "optional": false, "iterated": false,
        "place": {"file": "src/lib.rs", "line": 1, "column": 1},
    });
    if let (Value::Object(input), Value::Object(own)) = (&mut input, of) {
        input.extend(own.clone());
    }
    input
}

/// The package `film-lab` with the node `grain`, some of whose inputs hang on others.
fn description() -> Description {
    let when = |value: &str| json!({"kind": "enum", "enum": 1, "values": [value]});
    let layout = json!([
        0,
        1,
        {"id": 0, "kind": "conditional", "options": {"condition": when("b")}, "items": [
            2,
            {"id": 1, "kind": "conditional", "options": {"condition": {"kind": "not", "condition": {"kind": "enum", "enum": 3, "values": ["yes"]}}}, "items": [4]},
        ]},
        3,
    ]);
    let choice = json!({
        "kind": "choice", "default": "a",
        "choices": [{"id": "a", "label": "A", "docs": ""}, {"id": "b", "label": "B", "docs": "Bee."}, {"id": "c", "label": "C", "docs": ""}],
    });
    let switch = json!({"kind": "bool", "default": true});
    let float = json!({"kind": "float", "default": 1.0, "min": 0.0, "max": 8.0, "unit": "EV"});
    let node = json!({
        "schemaId": "film:all:grain", "name": "Grain <b>", "category": "film", "nodeGroup": "film/all", "description": "Adds grain.",
        "seeAlso": ["film:all:none"], "icon": "MdGrain", "kind": "regularNode", "hasSideEffects": false, "deprecated": false, "features": [],
        "keyInfo": null, "suggestions": [], "iteratorInputs": [], "iteratorOutputs": [], "groupLayout": layout,
        "inputs": [
            input(0, "generic", "Image", &json!({})),
            dropdown(1, "Mode", "dropdown", &["a", "b", "c"], "a"),
            number(2, "Amount"),
            dropdown(3, "Fast", "checkbox", &["yes", "no"], "yes"),
            number(4, "A very long label of a number that does not fit into its row, however wide the card is made"),
        ],
        "outputs": [{
            "id": 0, "type": "Image", "label": "Image", "neverReason": null, "kind": "generic", "hasHandle": true, "passthroughOf": null,
            "description": null, "suggest": false,
        }],
    });
    let json = json!({
        "sdk": "0.1.0", "package": "film-lab", "requirements": [], "faults": [],
        "schema": {
            "package": {"id": "film", "name": "Film", "description": "", "icon": "MdFilm", "color": "#b7791f", "features": []},
            "categories": [{
                "id": "film", "name": "Film", "description": "", "icon": "MdFilm", "color": "#b7791f",
                "groups": [{"id": "film/all", "category": "film", "name": "All", "order": []}],
            }],
            "nodes": [node],
        },
        "nodes": [{
            "id": "film:all:grain", "function": "grain", "name": "Grain <b>", "docs": "Adds grain.",
            "place": {"file": "src/lib.rs", "line": 1, "column": 1},
            "inputs": [
                described("image", "Image", 0, &json!({"kind": "image", "channels": null, "colors": false})),
                described("mode", "Mode", 1, &choice),
                described("amount", "Amount", 2, &float),
                described("fast", "Fast", 3, &switch),
                described("long", "A very long label of a number that does not fit into its row, however wide the card is made", 4, &float),
            ],
            "outputs": [{"label": "Image", "docs": "", "iterated": false, "kind": "image"}],
        }],
    });
    serde_json::from_value(json).expect("a description")
}

/// Looks at the package.
pub(super) fn with_book<T>(look: impl FnOnce(&Book<'_>) -> T) -> T {
    let description = description();
    look(&Book::new(&description, "0.1.0".to_owned()).expect("in order"))
}
