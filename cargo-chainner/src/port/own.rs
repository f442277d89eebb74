//! Types of a schema, renamed as types of the new package.
//!
//! The app's nodes define types of plain names, such as `Operation`. A copy of such a node defines the same, which the app takes as long
//! as both texts are equal; once the copy's enum gets another variant, they clash. A name of the package's own cannot.

use serde_json::Value as Json;

/// Renames what the inputs of the schema define: `Operation` → `package::Operation`. Names that are of the package already stay.
pub(super) fn rename(schema: &mut Json, package: &str) {
    let inputs = schema["nodes"].as_array().into_iter().flatten().flat_map(|node| node["inputs"].as_array());
    let mut names: Vec<String> = inputs
        .flatten()
        .filter(|input| input["kind"] == "dropdown" && input["typeDefinitions"].is_string())
        .filter_map(|input| input["type"].as_str().map(str::to_owned))
        .filter(|name| !name.starts_with(&format!("{package}::")))
        .collect();
    names.sort();
    names.dedup();
    let last = |name: &str| name.rsplit("::").next().unwrap_or_default().to_owned();
    let new_name = |name: &String| {
        let unique = names.iter().filter(|other| last(other) == last(name)).count() == 1;
        format!("{package}::{}", if unique { last(name) } else { name.clone() })
    };
    let new_names: Vec<(&String, String)> = names.iter().map(|name| (name, new_name(name))).collect();
    let renamed = |text: &str| new_names.iter().fold(text.to_owned(), |text, (old, new)| replaced(&text, old, new));
    for node in schema["nodes"].as_array_mut().into_iter().flatten() {
        for key in ["inputs", "outputs", "iteratorInputs", "iteratorOutputs"] {
            for part in node[key].as_array_mut().into_iter().flatten() {
                for key in ["type", "conversions", "adapt", "typeDefinitions", "sequenceType"] {
                    if let Some(expression) = part.get_mut(key) {
                        in_texts(expression, &renamed);
                    }
                }
                for option in part.get_mut("options").and_then(Json::as_array_mut).into_iter().flatten() {
                    if let Some(ty) = option.get_mut("type") {
                        in_texts(ty, &renamed);
                    }
                }
            }
        }
        if let Some(expression) = node.get_mut("keyInfo").and_then(|info| info.get_mut("expression")) {
            in_texts(expression, &renamed);
        }
    }
}

/// Changes every text of an expression.
fn in_texts(expression: &mut Json, change: &impl Fn(&str) -> String) {
    match expression {
        Json::String(text) => *text = change(text),
        Json::Array(items) => items.iter_mut().for_each(|item| in_texts(item, change)),
        Json::Object(parts) => parts.values_mut().for_each(|part| in_texts(part, change)),
        _ => {}
    }
}

/// The text with a name replaced where it stands as a name, or as the beginning of one.
fn replaced(text: &str, name: &str, new: &str) -> String {
    let word = |c: char| c.is_alphanumeric() || c == '_';
    let mut done = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(name) {
        let (before, from) = rest.split_at(start);
        let behind = &from[name.len()..];
        done += before;
        let whole = !done.ends_with(word) && !done.ends_with("::") && !behind.starts_with(word);
        done += if whole { new } else { name };
        rest = behind;
    }
    done + rest
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn types_get_names_of_the_package_wherever_they_are_named() {
        let mut schema = json!({"nodes": [{
            "inputs": [
                {"kind": "dropdown", "type": "Mode", "typeDefinitions": "let Mode = Mode::A;\nstruct Mode::A;", "label": "Mode",
                 "options": [{"option": "Mode", "value": "a", "type": "Mode::A"}]},
                {"kind": "dropdown", "type": "TileSize", "typeDefinitions": null, "options": [{"option": "A", "value": 0}]},
                {"kind": "dropdown", "type": "acme::Own", "typeDefinitions": "let acme::Own = 1;", "options": []},
            ],
            "outputs": [{"type": "match Input0 { Mode::A => ModeOf, _ => acme::Own }", "label": "Mode"}],
            "keyInfo": {"kind": "type", "expression": "Mode"},
        }]});
        rename(&mut schema, "acme");
        let node = &schema["nodes"][0];
        assert_eq!(node["inputs"][0]["type"], "acme::Mode");
        assert_eq!(node["inputs"][0]["typeDefinitions"], "let acme::Mode = acme::Mode::A;\nstruct acme::Mode::A;");
        assert_eq!(node["inputs"][0]["options"][0], json!({"option": "Mode", "value": "a", "type": "acme::Mode::A"}));
        assert_eq!((&node["inputs"][0]["label"], &node["inputs"][1]["type"]), (&json!("Mode"), &json!("TileSize")));
        assert_eq!(node["inputs"][1]["options"][0].get("type"), None);
        assert_eq!(node["outputs"][0]["type"], "match Input0 { acme::Mode::A => ModeOf, _ => acme::Own }");
        assert_eq!(node["keyInfo"]["expression"], "acme::Mode");
    }
}
