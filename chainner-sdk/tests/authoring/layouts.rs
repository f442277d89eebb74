//! Groups, on inputs and in `#[layout(…)]`.

#![allow(unused_variables, reason = "the declarations are what is tested")]

use chainner_sdk::prelude::*;
use serde_json::{Value as Json, json};

use crate::{LIGHT, Shape, node_schema};

#[node(id = "film_lab:layouts:short", group = LIGHT)]
fn short(
    shape: Shape,
    #[input(when(shape == Shape::Oval), linked = "size")] width: f32,
    #[input(when(shape == Shape::Oval), linked = "size")] height: f32,
    #[input(when(shape == Shape::Oval))] seed: Seed,
    #[input(id = 9, required_when(shape == Shape::Round))] mask: Option<ImageView<'_>>,
    #[input(optional_list)] a: Option<f32>,
    #[input(optional_list)] b: Option<f32>,
) {
}

#[node(id = "film_lab:layouts:long", group = LIGHT)]
#[layout(
    when(is(image, "Image { channels: 4 }", or_unconnected) && any(bold, italic, shape != Shape::Oval))[
        menu_icons[icon_set("Style")[bold, italic], align],
        when(false)[seed[start]],
    ],
    image,
    shape,
    from_to[from, to],
    other,
    ncnn_files[param, bin],
)]
fn long(
    image: ImageView<'_>,
    #[input(icon = "FaBold")] bold: bool,
    #[input(icon = "FaItalic")] italic: bool,
    align: Shape,
    shape: Shape,
    start: i32,
    from: Shape,
    to: Shape,
    other: Seed,
    param: FilePath,
    bin: FilePath,
) {
}

fn group(id: u32, kind: &str, options: Json, items: Json) -> Json {
    json!({"id": id, "kind": kind, "options": options, "items": items})
}

fn when(id: u32, condition: Json, items: Json) -> Json {
    group(id, "conditional", json!({"condition": condition}), items)
}

#[test]
fn neighbours_share_a_group() {
    let is = |value: &str| json!({"kind": "enum", "enum": 0, "values": [value]});
    let linked = group(1, "linked-inputs", json!({}), json!([1, 2]));
    let seed = group(2, "seed", json!({}), json!([3]));
    assert_eq!(
        node_schema("short")["groupLayout"],
        json!([
            0,
            when(0, is("oval"), json!([linked, seed])),
            group(3, "required", json!({"condition": is("round")}), json!([9])),
            group(4, "optional-list", json!({}), json!([5, 6])),
        ])
    );
}

#[test]
fn a_layout_is_as_written() {
    let opaque = json!({"kind": "type", "input": 0, "condition": "Image { channels: 4 }", "ifNotConnected": true});
    let flag = |input: u32| json!({"kind": "enum", "enum": input, "values": [1]});
    let oval = json!({"kind": "enum", "enum": 4, "values": ["oval"]});
    let any = json!({"kind": "or", "items": [flag(1), flag(2), {"kind": "not", "condition": oval}]});
    let icons = group(2, "icon-set", json!({"label": "Style"}), json!([1, 2]));
    let row = group(1, "menu-icon-row", json!({}), json!([icons, 3]));
    let never = when(3, json!({"kind": "or", "items": []}), json!([group(4, "seed", json!({}), json!([5]))]));
    assert_eq!(
        node_schema("long")["groupLayout"],
        json!([
            when(0, json!({"kind": "and", "items": [opaque, any]}), json!([row, never])),
            0,
            4,
            group(5, "from-to-dropdowns", json!({}), json!([6, 7])),
            group(6, "seed", json!({}), json!([8])),
            group(7, "ncnn-file-inputs", json!({}), json!([9, 10])),
        ])
    );
}
