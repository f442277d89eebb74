//! `when(…)`.

#![allow(unused_variables, reason = "the declarations are what is tested")]

use chainner_sdk::prelude::*;
use serde_json::{Value as Json, json};

use crate::{LIGHT, Shape, node_schema};

mod shapes {
    use chainner_sdk::prelude::*;

    #[derive(Choice)]
    pub(super) enum Edge {
        #[choice(id = 3)]
        Soft,
        Hard,
        Torn,
    }
}

use shapes::Edge;

#[node(id = "film_lab:conditions:conditions", group = LIGHT)]
fn conditions(
    shape: Shape,
    edge: Edge,
    fast: bool,
    #[input(when(shape == Shape::Oval))] a: f32,
    #[input(when(fast))] b: f32,
    #[input(when(!fast))] c: f32,
    #[input(when(fast == false))] d: f32,
    #[input(when(edge != shapes::Edge::Soft))] e: f32,
    #[input(when(matches!(edge, Edge::Soft | Edge::Torn)))] f: f32,
    #[input(when(fast && (shape == Shape::Round || edge == Edge::Hard)))] g: f32,
) {
}

fn is(input: u32, values: Json) -> Json {
    json!({"kind": "enum", "enum": input, "values": values})
}

#[test]
fn conditions_reach_the_layout() {
    let layout = node_schema("conditions")["groupLayout"].take();
    let groups: Vec<Json> = layout
        .as_array()
        .expect("the layout is a list")
        .iter()
        .filter(|item| item.is_object())
        .map(|group| group["options"]["condition"].clone())
        .collect();
    let round_or_hard = json!({"kind": "or", "items": [is(0, json!(["round"])), is(1, json!(["hard"]))]});
    assert_eq!(
        groups,
        [
            is(0, json!(["oval"])),
            is(2, json!([1])),
            json!({"kind": "not", "condition": is(2, json!([1]))}),
            is(2, json!([0])),
            json!({"kind": "not", "condition": is(1, json!([3]))}),
            is(1, json!([3, "torn"])),
            json!({"kind": "and", "items": [is(2, json!([1])), round_or_hard]}),
        ]
    );
}
