//! Types of inputs, outputs and options in the app's own language.

#![allow(unused_variables, reason = "the declarations are what is tested")]

use chainner_sdk::prelude::*;
use serde_json::{Value as Json, json};

use crate::{LIGHT, node_schema};

#[derive(Choice)]
#[choice(definitions = "def half(n: number) = n / 2;")]
enum Fill {
    #[choice(heading = "Plain")]
    Black,
    White,
    #[choice(divider, navi = "chainner_sdk::Fill::Black")]
    Noise,
}

#[derive(Choice)]
#[choice(host_type = "TileSize")]
enum Tiles {
    #[choice(id = 0, navi = TileSize { value: 0 })]
    Auto,
    #[choice(id = -1)]
    Whole,
}

#[node(id = "film_lab:types:inputs", group = LIGHT)]
fn inputs(
    #[input(option_when(Fill::Noise, exact == true), option_when(Fill::White, exact))] fill: Fill,
    tiles: Tiles,
    exact: bool,
    #[input(id = 20, navi = Image { channels: other.channels, width: ..=16 })] image: ImageView<'_>,
    other: ImageOrColor<'_>,
    #[input(allow_numbers = false, handle = false)] name: String,
    #[input(
        navi = "int(1..)",
        conversions = [("string", "string::len(Input)"), ("number", 1)],
        adapt = "match Input { _ => int }",
        definitions = "def twice(n: number) = n * 2;",
        handle = false,
    )]
    length: u32,
    #[input(navi = "Audio" | [int(1..), min(1, 2.5)])] sound: Option<Any>,
    #[input(fused = 0)] run: ExecutionNumber,
    path: RelativePath,
    #[input(channels = [1, 3])] color: Color,
) -> (i32, bool) {
    (1, true)
}

#[node(id = "film_lab:types:outputs", group = LIGHT)]
#[output(navi = "0..255")]
#[output(navi = "if $flag { 1 } else { \"$$x\" }", bare, passthrough = flag)]
#[output(kind = large_image, handle = false, id = 7)]
#[output(navi = match flag { Fill::Black => image, size @ "int(1..)" => Image { width: "size" }, _ => never() })]
#[output(of = file)]
#[output(of = file, label = "Name")]
#[output(navi = "AudioStream")]
fn outputs(
    flag: bool,
    #[input(id = 5)] image: ImageView<'_>,
    file: FilePath,
    any: Any,
) -> (f32, bool, Image, Image, DirPath, String, Any) {
    (1.0, flag, image.to_image(), image.to_image(), DirPath(file.0), String::new(), any)
}

#[test]
fn options_have_types_headings_and_conditions() {
    let inputs = node_schema("inputs")["inputs"].take();
    let exact = json!({"kind": "enum", "enum": 2, "values": [1]});
    let option = |label: &str, value: &str, ty: &str, condition: &Json| json!({"option": label, "value": value, "type": ty, "icon": null, "condition": condition});
    assert_eq!(
        inputs[0]["options"],
        json!([
            option("Black", "black", "chainner_sdk::Fill::Black", &Json::Null),
            option("White", "white", "chainner_sdk::Fill::White", &exact),
            option("Noise", "noise", "chainner_sdk::Fill::Black", &exact),
        ])
    );
    assert_eq!(
        inputs[0]["groups"],
        json!([{"label": "Plain", "startAt": "black"}, {"label": null, "startAt": "noise"}])
    );
    let definitions = inputs[0]["typeDefinitions"].as_str().expect("an enum is defined");
    assert!(definitions.ends_with("struct chainner_sdk::Fill::Noise;\ndef half(n: number) = n / 2;"), "{definitions}");
    assert_eq!((&inputs[1]["type"], &inputs[1]["typeDefinitions"]), (&json!("TileSize"), &Json::Null));
    let auto = json!({"type": "named", "name": "TileSize", "fields": {"value": 0}});
    assert_eq!(
        inputs[1]["options"],
        json!([{"option": "Auto", "value": 0, "type": auto}, {"option": "Whole", "value": -1}])
    );
}

#[test]
fn inputs_have_the_types_written() {
    let inputs = node_schema("inputs")["inputs"].take();
    let channels = json!({"type": "field-access", "of": "Input4", "field": "channels"});
    let width = json!({"type": "interval", "min": "-inf", "max": 16});
    let image = json!({"type": "named", "name": "Image", "fields": {"channels": channels, "width": width}});
    let any = json!([{"type": "named", "name": "Image", "fields": {}}]);
    assert_eq!(inputs[3]["type"], json!({"type": "intersection", "items": [image, any]}));
    assert_eq!((&inputs[5]["conversions"], &inputs[5]["hasHandle"]), (&json!([]), &json!(false)));
    let length = &inputs[6];
    assert_eq!((&length["type"], &length["hasHandle"]), (&json!("int(1..)"), &json!(false)));
    assert_eq!(
        length["conversions"],
        json!([{"type": "string", "convert": "string::len(Input)"}, {"type": "number", "convert": 1}])
    );
    assert_eq!(length["adapt"], "match Input { _ => int }");
    assert_eq!(length["typeDefinitions"], "def twice(n: number) = n * 2;");
    let least = json!({"type": "function-call", "name": "min", "args": [1, 2.5]});
    let list = json!([{"type": "int-interval", "min": 1, "max": "inf"}, least]);
    assert_eq!(inputs[7]["type"], json!([{"type": "union", "items": ["Audio", list]}, "null"]));
    let run = &inputs[8];
    assert_eq!(
        (&run["kind"], &run["value"], &run["hasHandle"]),
        (&json!("static"), &json!("execution_number"), &json!(false))
    );
    assert_eq!(run["fused"], json!({"outputId": 0}));
    let path = &inputs[9];
    assert_eq!(
        (&path["kind"], &path["minLength"], &path["type"]),
        (&json!("text"), &json!(1), &json!("invStrSet(\"\")"))
    );
    assert_eq!(path["invalidPattern"], r#"[<>:"|?*\x00-\x1F]"#);
    assert_eq!(inputs[10]["type"], json!({"type": "named", "name": "Color", "fields": {"channels": [1, 3]}}));
}

fn narrowed(a: &str, b: &str) -> Json {
    let both = |a: &str, b: &str| json!({"type": "intersection", "items": [a, b]});
    json!({"type": "union", "items": [both(a, b), both("Error", a), both("Error", b)]})
}

#[test]
fn outputs_have_the_types_written() {
    let outputs = node_schema("outputs")["outputs"].take();
    assert_eq!(outputs[0]["type"], narrowed("number", "0..255"));
    assert_eq!(
        (&outputs[1]["type"], &outputs[1]["passthroughOf"]),
        (&json!("if Input0 { 1 } else { \"$x\" }"), &json!(0))
    );
    let large = &outputs[2];
    assert_eq!(
        (&large["id"], &large["kind"], &large["hasHandle"], &large["type"]),
        (&json!(7), &json!("large-image"), &json!(false), &json!("Image"))
    );
    let sized = json!({"type": "named", "name": "Image", "fields": {"width": "size"}});
    let never = json!({"type": "function-call", "name": "never", "args": []});
    assert_eq!(
        outputs[3]["type"],
        json!({
            "type": "match",
            "of": "Input0",
            "arms": [
                {"pattern": "Fill::Black", "binding": null, "to": "Input5"},
                {"pattern": "int(1..)", "binding": "size", "to": sized},
                {"pattern": "any", "binding": null, "to": never},
            ],
        })
    );
    assert_eq!(outputs[4]["type"], narrowed("splitFilePath(Input2.path).dir", "Directory"));
    assert_eq!(outputs[5]["type"], narrowed("string", "splitFilePath(Input2.path).basename"));
    assert_eq!(outputs[6]["type"], "AudioStream");
}
