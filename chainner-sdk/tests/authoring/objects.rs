//! Values that only their makers understand.

use std::sync::Arc;

use chainner_sdk::{
    image::ImageView as View,
    prelude::*,
    value::{Object, OutputValue, Value},
};
use serde_json::json;

use crate::{LIGHT, node, node_schema};

/// A table of colours.
#[derive(NaviType)]
#[navi(fields = [("size", "int(2..)")])]
pub(crate) struct Lut {
    pub(crate) size: u32,
}

#[derive(NaviType)]
#[navi(type_name = "acme::Mesh")]
pub(crate) struct Mesh;

#[node(id = "film_lab:objects:make_lut", group = LIGHT)]
#[output(navi = "chainner_sdk::Lut { size: $size }")]
fn make_lut(#[input(default = 33, range = 2..=129)] size: u32) -> Handle<Lut> {
    Handle::new(Lut { size })
}

#[node(id = "film_lab:objects:lut_size", group = LIGHT)]
fn lut_size(lut: Handle<Lut>, spare: Option<Handle<Lut>>) -> u32 {
    lut.size + spare.map_or(0, |spare| spare.size)
}

#[node(id = "film_lab:objects:make_mesh", group = LIGHT)]
fn make_mesh() -> Handle<Mesh> {
    Handle::new(Mesh)
}

#[node(id = "film_lab:objects:same", group = LIGHT)]
fn same(any: Any) -> Any {
    any
}

#[node(id = "film_lab:objects:copied", group = LIGHT)]
fn copied(content: Clipboard<'_>, folder: RelativePath, run: ExecutionNumber) -> String {
    match content {
        Clipboard::Image(image) => format!("{}x{} in {} at {}", image.width(), image.height(), &*folder, run.0),
        Clipboard::Text(text) => text.into_owned(),
    }
}

#[test]
fn types_of_the_authors_are_structs_in_a_name_space() {
    let input = node_schema("lut_size")["inputs"][0].take();
    assert_eq!((&input["type"], &input["kind"]), (&json!("chainner_sdk::Lut"), &json!("generic")));
    assert_eq!(input["typeDefinitions"], "struct chainner_sdk::Lut { size: int(2..) }");
    let made = node_schema("make_lut");
    assert_eq!(made["outputs"][0]["type"], "chainner_sdk::Lut { size: Input0 }");
    assert_eq!(made["inputs"][0]["typeDefinitions"], input["typeDefinitions"], "the app learns of it here, too");
    let mesh = node_schema("make_mesh")["outputs"][0].take();
    assert_eq!((&mesh["type"], &mesh["label"]), (&json!("acme::Mesh"), &json!("Mesh")));
}

#[test]
fn handles_travel_to_inputs_of_their_type_only() {
    let lut = node("make_lut").call([Value::Integer(17)]).expect("a table is made").remove(0);
    let OutputValue::Object(lut) = lut else { panic!("{lut:?}") };
    let sum = node("lut_size").call([Value::Object(lut.clone()), Value::Object(lut)]);
    assert_eq!(sum.expect("both are tables"), [OutputValue::Integer(34)]);
    let OutputValue::Object(mesh) = node("make_mesh").call([]).expect("a mesh is made").remove(0) else {
        panic!("no object")
    };
    let refusal = node("lut_size").call([Value::Object(mesh)]).unwrap_err().to_string();
    assert!(refusal.contains("input 'Lut': expected a chainner_sdk::Lut, got a acme::Mesh"), "{refusal}");
}

#[test]
fn anything_passes_as_it_is_and_nothing_too() {
    let object = Object::new(Arc::new("of the host"), "an object of the host's");
    for (value, same) in [
        (Value::Object(object.clone()), OutputValue::Object(object)),
        (Value::Missing, OutputValue::Nothing),
        (Value::Integer(3), OutputValue::Integer(3)),
    ] {
        assert_eq!(node("same").call([value]).expect("anything passes"), [same]);
    }
}

#[test]
fn the_clipboard_takes_images_and_text() {
    let image = View::new(&[0.5; 6], 3, 2, 1).expect("six samples");
    let values = [Value::Image(image), Value::Text("scans/1".into()), Value::Integer(4)];
    assert_eq!(node("copied").call(values).expect("it runs"), [OutputValue::Text("3x2 in scans/1 at 4".to_owned())]);
    let refusal = node("copied").call([Value::Float(2.0), Value::Text("/etc".into())]).unwrap_err().to_string();
    assert!(refusal.contains("expected a relative path"), "{refusal}");
}
