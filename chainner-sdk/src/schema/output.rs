//! Outputs in the schema.

use serde_json::{Map, Value as Json, json};

use crate::{declare::OutputKind, enforce::OutputSpec};

use super::navi;

/// Its id: the position unless the author fixed one.
pub(super) fn id(index: usize, output: &OutputSpec) -> u32 {
    output.options.id.unwrap_or(u32::try_from(index).unwrap_or(u32::MAX))
}

/// An output as the host knows it.
pub(super) fn output(index: usize, output: &OutputSpec) -> Json {
    let options = &output.options;
    json!({
        "id": id(index, output),
        "type": ty(output),
        "label": output.label,
        "neverReason": options.never_reason,
        "kind": options.style.as_str(),
        "hasHandle": options.handle,
        "passthroughOf": options.passthrough.or(options.same_as),
        "description": if options.docs.is_empty() { Json::Null } else { json!(options.docs) },
        "suggest": options.suggest,
    })
}

fn ty(output: &OutputSpec) -> Json {
    let options = &output.options;
    let given = options.navi.as_ref().map(navi::expression);
    if let (Some(given), true) = (&given, options.bare) {
        return given.clone();
    }
    let file = options.of.map(|id| format!("splitFilePath(Input{id}.path)"));
    let to = |usual: &str| {
        let value = options.value.map(|value| json!(value));
        let same_as = options.same_as.map(|id| json!(format!("Input{id}")));
        given.clone().or(value).or(same_as).unwrap_or(json!(usual))
    };
    let narrowed = |base: &str, usual: &str| navi::narrow(json!(base), to(usual));
    match output.kind {
        OutputKind::Image => image(output, given),
        OutputKind::Integer { unsigned } => narrowed("number", if unsigned { "uint" } else { "int" }),
        OutputKind::Float => narrowed("number", "number"),
        OutputKind::Text => narrowed("string", &file.map_or("string".to_owned(), |file| format!("{file}.basename"))),
        OutputKind::Bool => narrowed("bool", "bool"),
        OutputKind::Directory => {
            narrowed(&file.map_or("Directory".to_owned(), |file| format!("{file}.dir")), "Directory")
        }
        OutputKind::Color => {
            let channels: Vec<u32> = options.channels.into_iter().collect();
            navi::narrow(to("Color"), navi::named("Color", navi::channels(&channels, false)))
        }
        OutputKind::Seed => given.unwrap_or(json!("Seed")),
        OutputKind::Any => to("any"),
        OutputKind::Handle(of) => to(&of.name()),
    }
}

fn image(output: &OutputSpec, given: Option<Json>) -> Json {
    let options = &output.options;
    let mut fields = Map::new();
    for (field, expression) in [("width", options.width), ("height", options.height)] {
        if let Some(expression) = expression {
            fields.insert(field.to_owned(), json!(expression));
        }
    }
    let size = if fields.is_empty() { json!("Image") } else { navi::named("Image", fields) };
    let mut ty = given.unwrap_or(size);
    if let Some(channels) = options.channels {
        ty = navi::narrow(ty, navi::named("Image", navi::channels(&[channels], false)));
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
