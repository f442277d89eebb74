//! Outputs in the schema.

use serde_json::{Map, Value as Json, json};

use crate::{declare::OutputKind, enforce::OutputSpec};

use super::navi;

/// An output as the host knows it.
pub(super) fn output(id: usize, output: &OutputSpec) -> Json {
    let options = &output.options;
    json!({
        "id": id,
        "type": ty(output),
        "label": output.label,
        "neverReason": options.never_reason,
        "kind": "generic",
        "hasHandle": true,
        "passthroughOf": options.same_as,
        "description": if options.docs.is_empty() { Json::Null } else { json!(options.docs) },
        "suggest": options.suggest,
    })
}

fn ty(output: &OutputSpec) -> Json {
    let options = &output.options;
    let same_as = options.same_as.map(|id| json!(format!("Input{id}")));
    let narrowed = |base: &str, to: Json| navi::narrow(json!(base), to);
    match output.kind {
        OutputKind::Image => image(output),
        OutputKind::Integer { unsigned } => {
            let whole = if unsigned { "uint" } else { "int" };
            narrowed("number", options.value.map(|value| json!(value)).or(same_as).unwrap_or(json!(whole)))
        }
        OutputKind::Float => {
            narrowed("number", options.value.map(|value| json!(value)).or(same_as).unwrap_or(json!("number")))
        }
        OutputKind::Text => narrowed("string", same_as.unwrap_or(json!("string"))),
        OutputKind::Bool => narrowed("bool", same_as.unwrap_or(json!("bool"))),
        OutputKind::Directory => narrowed("Directory", same_as.unwrap_or(json!("Directory"))),
        OutputKind::Color => {
            let channels: Vec<u32> = options.channels.into_iter().collect();
            navi::narrow(same_as.unwrap_or(json!("Color")), navi::named("Color", navi::channels(&channels)))
        }
        OutputKind::Seed => json!("Seed"),
    }
}

fn image(output: &OutputSpec) -> Json {
    let options = &output.options;
    let mut fields = Map::new();
    for (field, expression) in [("width", options.width), ("height", options.height)] {
        if let Some(expression) = expression {
            fields.insert(field.to_owned(), json!(expression));
        }
    }
    let mut ty = if fields.is_empty() { json!("Image") } else { navi::named("Image", fields) };
    if let Some(channels) = options.channels {
        ty = navi::narrow(ty, navi::named("Image", navi::channels(&[channels])));
    }
    if let Some(id) = options.same_as {
        ty = navi::narrow(ty, json!(format!("Input{id}")));
    }
    if let Some(id) = options.size_as {
        let input = format!("Input{id}");
        let size = ["width", "height"].map(|side| (side.to_owned(), navi::field(&input, side)));
        ty = navi::narrow(ty, navi::named("Image", Map::from_iter(size)));
    }
    ty
}
