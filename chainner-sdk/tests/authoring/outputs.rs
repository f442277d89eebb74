//! `#[output(…)]`.

use chainner_sdk::{declare::OutputOptions, prelude::*};

use crate::{LIGHT, decl, node_schema};

#[node(id = "film_lab:outputs:several", group = LIGHT)]
#[output(label = "Mask", docs = "White where the corners are.", size_as = image, channels = 1, suggest)]
#[output(width = image.width*2, height = max(image.height - scale, 1), never_reason = "Too small.")]
#[output(value = round(-scale / 2.50))]
fn several(#[input(id = 5)] image: ImageView<'_>, scale: f32) -> Result<(Image, Image, f32, bool), NodeError> {
    Ok((Image::new(image.width(), image.height(), 1), Image::new(2, 2, 3), scale, true))
}

#[node(id = "film_lab:outputs:passed", group = LIGHT)]
#[output(same_as = text)]
fn passed(text: String) -> String {
    text
}

#[test]
fn options_are_in_order_and_names_are_ids() {
    let [mask, scaled, number] = decl("several").output_options else { panic!("three attributes") };
    assert_eq!(
        *mask,
        OutputOptions {
            label: Some("Mask"),
            docs: "White where the corners are.",
            size_as: Some(5),
            channels: Some(1),
            suggest: true,
            ..OutputOptions::EMPTY
        }
    );
    assert_eq!(scaled.width, Some("Input5.width * 2"));
    assert_eq!(scaled.height, Some("max(Input5.height - Input1, 1)"));
    assert_eq!(scaled.never_reason, Some("Too small."));
    assert_eq!(number.value, Some("round((- Input1) / 2.5)"));
    assert_eq!(decl("several").outputs.len(), 4);
}

#[test]
fn the_schema_labels_and_passes_through() {
    let outputs = node_schema("several")["outputs"].take();
    let labels: Vec<_> = (0..4).map(|index| outputs[index]["label"].as_str().expect("a label").to_owned()).collect();
    assert_eq!(labels, ["Mask", "Image", "Number", "Bool"]);
    assert_eq!(node_schema("passed")["outputs"][0]["passthroughOf"], 0);
    assert_eq!(node_schema("vignette")["outputs"][0]["passthroughOf"], 0);
}
