//! A sound schema with inputs of all kinds, for tests that change it.

use serde_json::{Value, json};

/// The schema: a filter, a generator and a collector.
pub(super) fn schema() -> Value {
    json!({"package": package(), "categories": [category()], "nodes": [filter(), generator(), collector()]})
}

fn package() -> Value {
    json!({
        "id": "film_lab",
        "name": "Film Lab",
        "description": "Film grain and vignettes.",
        "icon": "MdCameraRoll",
        "color": "#B7791F",
        "dependencies": [{
            "displayName": "PyYAML",
            "pypiName": "pyyaml",
            "version": "6.0",
            "sizeEstimate": 700000,
            "autoUpdate": true,
            "findLink": null,
        }],
        "features": [{"id": "film_lab:gpu", "name": "GPU", "description": "Graphics cards."}],
        "settings": [
            {"type": "toggle", "key": "fast", "label": "Fast", "description": "Less exact.", "default": false, "disabled": false},
            {"type": "number", "key": "threads", "label": "Threads", "description": "", "default": 4, "min": 1, "max": 64,
             "disabled": false},
            {"type": "dropdown", "key": "mode", "label": "Mode", "description": "", "default": "a", "disabled": false,
             "options": [{"label": "A", "value": "a"}, {"label": "B", "value": "b"}]},
            {"type": "cache", "key": "cache", "label": "Cache", "description": "", "default": "", "disabled": false,
             "directory": "films"},
        ],
        "disabled": false,
        "disabledReason": null,
    })
}

fn category() -> Value {
    json!({
        "id": "film lab",
        "name": "Film Lab",
        "description": "Looks of photographic film.",
        "icon": "MdCameraRoll",
        "color": "#B7791F",
        "installHint": null,
        "groups": [{"id": "film lab/light", "category": "film lab", "name": "Light", "order": []}],
    })
}

/// An input with the keys that all have, and its own.
fn input(id: u32, kind: &str, label: &str, own: &Value) -> Value {
    let mut input = json!({
        "id": id,
        "type": "any",
        "conversions": [],
        "adapt": null,
        "typeDefinitions": null,
        "kind": kind,
        "label": label,
        "optional": false,
        "hasHandle": true,
        "description": "What it does.",
        "hint": false,
        "suggest": false,
        "fused": null,
    });
    input.as_object_mut().expect("an object").extend(own.as_object().expect("an object").clone());
    input
}

fn output(id: u32, label: &str, own: &Value) -> Value {
    let mut output = json!({
        "id": id,
        "type": "any",
        "label": label,
        "neverReason": null,
        "kind": "generic",
        "hasHandle": true,
        "passthroughOf": null,
        "description": null,
        "suggest": false,
    });
    output.as_object_mut().expect("an object").extend(own.as_object().expect("an object").clone());
    output
}

fn node(own: &Value) -> Value {
    let mut node = json!({
        "category": "film lab",
        "nodeGroup": "film lab/light",
        "iteratorInputs": [],
        "iteratorOutputs": [],
        "keyInfo": null,
        "suggestions": [],
        "seeAlso": [],
        "icon": "MdVignette",
        "hasSideEffects": false,
        "deprecated": false,
        "features": [],
    });
    node.as_object_mut().expect("an object").extend(own.as_object().expect("an object").clone());
    node
}

fn filter() -> Value {
    let shape = json!({
        "type": "film_lab::Shape",
        "typeDefinitions": "let film_lab::Shape = film_lab::Shape::Round | film_lab::Shape::Oval;\n\
                            struct film_lab::Shape::Round;\nstruct film_lab::Shape::Oval;",
        "hasHandle": false,
        "options": [
            {"option": "Round", "value": "round", "type": "film_lab::Shape::Round", "icon": null, "condition": null},
            {"option": "Oval", "value": "oval", "type": "film_lab::Shape::Oval", "icon": null, "condition": null},
        ],
        "def": "round",
        "preferredStyle": "dropdown",
        "labelStyle": "default",
        "groups": [],
    });
    let aspect = json!({
        "type": {"type": "interval", "min": 0.1, "max": 10},
        "min": 0.1, "max": 10, "def": 1, "precision": 2, "controlsStep": 0.01, "unit": null, "noteExpression": null,
        "hideTrailingZeros": true, "labelStyle": "default",
    });
    let amount = json!({
        "type": {"type": "interval", "min": 0, "max": 8},
        "min": 0, "max": 8, "def": 1, "precision": 1, "controlsStep": 0.1, "sliderStep": 0.1, "unit": "EV",
        "noteExpression": null, "hideTrailingZeros": false, "labelStyle": "default", "ends": [null, null],
        "gradient": null, "scale": "linear",
    });
    let stamp = json!({
        "type": ["string", "null"],
        "conversions": [{"type": "number", "convert": "toString(Input)"}],
        "optional": true, "minLength": 0, "maxLength": 20, "placeholder": null, "multiline": false, "def": null,
        "labelStyle": "default", "allowEmptyString": true, "invalidPattern": null,
    });
    let smooth = json!({
        "type": "bool",
        "hasHandle": false,
        "options": [
            {"option": "Yes", "value": 1, "type": "true", "icon": null},
            {"option": "No", "value": 0, "type": "false"},
        ],
        "def": 1, "preferredStyle": "checkbox", "labelStyle": "default", "groups": [],
    });
    let lut = json!({
        "type": {"type": "named", "name": "File", "fields": {"kind": {"type": "string-literal", "value": "lut"}}},
        "optional": true, "hasHandle": false, "filetypes": [".cube", ".3dl"], "fileKind": "lut", "primaryInput": false,
    });
    let tint = json!({
        "type": "Color { channels: 3 | 4 }",
        "def": "{\"kind\": \"rgb\", \"values\": [1, 1, 1]}",
        "channels": [3, 4],
    });
    node(&json!({
        "schemaId": "film_lab:light:vignette",
        "name": "Vignette",
        "description": "Darkens the corners.",
        "kind": "regularNode",
        "inputs": [
            input(0, "generic", "Image", &json!({"type": "Image"})),
            input(1, "slider", "Amount", &amount),
            input(2, "dropdown", "Shape", &shape),
            input(3, "number", "Aspect", &aspect),
            input(4, "text", "Stamp", &stamp),
            input(5, "dropdown", "Smooth", &smooth),
            input(6, "file", "LUT", &lut),
            input(7, "color", "Tint", &tint),
            input(8, "generic", "Mask", &json!({"type": ["Image { channels: 1 }", "null"], "optional": true})),
        ],
        "outputs": [
            output(0, "Image", &json!({"type": "Image & Input0", "passthroughOf": 0})),
            output(1, "Brightness", &json!({"type": "0..1"})),
        ],
        "groupLayout": [0, 1, 2, {
            "id": 0,
            "kind": "conditional",
            "options": {"condition": {"kind": "enum", "enum": 2, "values": ["oval"]}},
            "items": [3],
        }, 4, 5, 6, 7, 8],
    }))
}

fn generator() -> Value {
    node(&json!({
        "schemaId": "film_lab:light:exposures",
        "name": "Exposures",
        "description": "A row of exposures.",
        "kind": "generator",
        "inputs": [input(0, "generic", "Image", &json!({"type": "Image"}))],
        "outputs": [output(0, "Image", &json!({"type": "Image"})), output(1, "Index", &json!({"type": "uint"}))],
        "groupLayout": [0],
        "iteratorOutputs": [{"id": 0, "outputs": [0, 1],
            "sequenceType": {"type": "named", "name": "Sequence", "fields": {"length": "uint"}}}],
    }))
}

fn collector() -> Value {
    node(&json!({
        "schemaId": "film_lab:light:average",
        "name": "Average",
        "description": "The average of exposures.",
        "kind": "collector",
        "inputs": [input(0, "generic", "Image", &json!({"type": "Image"}))],
        "outputs": [output(0, "Image", &json!({"type": "Image"}))],
        "groupLayout": [0],
        "iteratorInputs": [{"id": 0, "inputs": [0],
            "sequenceType": {"type": "named", "name": "Sequence", "fields": {"length": "int(1..100)"}}}],
    }))
}
