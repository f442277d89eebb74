//! `schema.json`: the host's description of a package, made from the declarations.
//!
//! The shape is the host's: `{"package", "categories", "nodes"}`. The order of everything is fixed, so each build gives the same
//! bytes.

mod input;
mod layout;
mod navi;
mod output;
mod sequence;
mod setting;

use serde_json::{Value as Json, json};

use crate::{
    declare::{Group, KeyInfo, Kind, NodeDecl, PackageDecl, Suggestion},
    node::Node,
};

pub(crate) use input::output_structs;

/// The schema of a package and its nodes.
pub fn document(package: &PackageDecl, nodes: &[Node]) -> Json {
    json!({
        "package": self::package(package),
        "categories": categories(package, nodes),
        "nodes": nodes.iter().map(node).collect::<Vec<_>>(),
    })
}

/// Nodes as they stand in a schema, without a package around them.
#[cfg(feature = "testing")]
pub(crate) fn nodes(nodes: &[Node]) -> Json {
    json!({ "nodes": nodes.iter().map(node).collect::<Vec<_>>() })
}

/// The ids of a node's outputs, in order.
#[cfg(feature = "testing")]
pub(crate) fn output_ids(node: &Node) -> Vec<u32> {
    node.outputs().iter().enumerate().map(|(index, spec)| output::id(index, spec)).collect()
}

fn package(decl: &PackageDecl) -> Json {
    let dependencies: Vec<Json> = decl
        .dependencies
        .iter()
        .map(|pip| {
            json!({
                "displayName": pip.name,
                "pypiName": pip.pypi,
                "version": pip.version,
                "sizeEstimate": pip.size,
                "autoUpdate": pip.auto_update,
                "findLink": pip.find_link,
            })
        })
        .collect();
    json!({
        "id": decl.id,
        "name": decl.name,
        "description": decl.description,
        "icon": decl.icon,
        "color": decl.color,
        "dependencies": dependencies,
        "features": decl
            .features
            .iter()
            .map(|feature| json!({"id": feature.id, "name": feature.name, "description": feature.description}))
            .collect::<Vec<_>>(),
        "settings": decl.settings.iter().map(setting::setting).collect::<Vec<_>>(),
        "disabled": decl.disabled.is_some(),
        "disabledReason": decl.disabled.filter(|reason| !reason.is_empty()),
    })
}

/// The categories of `package!`, then those only nodes name, each with its groups.
fn categories(decl: &PackageDecl, nodes: &[Node]) -> Vec<Json> {
    let used = || nodes.iter().map(|node| node.decl().group);
    let mut categories = decl.categories.to_vec();
    for group in used() {
        if !categories.contains(&group.category()) {
            categories.push(group.category());
        }
    }
    categories
        .iter()
        .map(|category| {
            let listed = decl.groups.iter().copied().filter(|group| used().any(|used| used == *group));
            let mut groups: Vec<Group> = listed.filter(|group| group.category() == *category).collect();
            let mut rest: Vec<Group> = used().filter(|group| group.category() == *category).collect();
            rest.sort_by_key(|group| group.name);
            for group in rest {
                if !groups.contains(&group) {
                    groups.push(group);
                }
            }
            json!({
                "id": category.id(),
                "name": category.name,
                "description": category.description,
                "icon": category.icon,
                "color": category.color,
                "installHint": category.install_hint,
                "groups": groups.iter().map(|group| json!({
                    "id": group.id(),
                    "category": category.id(),
                    "name": group.name,
                    "order": group.order,
                })).collect::<Vec<_>>(),
            })
        })
        .collect()
}

fn node(node: &Node) -> Json {
    let decl = node.decl();
    json!({
        "schemaId": decl.id,
        "name": decl.name,
        "category": decl.group.category().id(),
        "nodeGroup": decl.group.id(),
        "inputs": input::inputs(node),
        "outputs": node.outputs().iter().enumerate().map(|(id, output)| output::output(id, output)).collect::<Vec<_>>(),
        "groupLayout": layout::layout(node),
        "iteratorInputs": sequence::inputs(node),
        "iteratorOutputs": sequence::outputs(node),
        "keyInfo": key_info(node),
        "suggestions": decl.suggestions.iter().map(|found| suggestion(node, found)).collect::<Vec<_>>(),
        "description": description(decl),
        "seeAlso": decl.see_also,
        "icon": icon(decl),
        "kind": sequence::node_kind(decl.kind()),
        "hasSideEffects": decl.side_effects,
        "deprecated": decl.deprecated,
        "features": decl.features.iter().map(|feature| feature.id).collect::<Vec<_>>(),
    })
}

fn key_info(node: &Node) -> Json {
    match &node.decl().key_info {
        None => Json::Null,
        Some(KeyInfo::Input(index)) => {
            let input = node.inputs()[*index].decl;
            let kind = if matches!(input.kind, Kind::Choice | Kind::Bool) { "enum" } else { "number" };
            json!({"kind": kind, "inputId": input.id})
        }
        Some(KeyInfo::Type(expression)) => json!({"kind": "type", "expression": navi::expression(expression)}),
    }
}

fn suggestion(node: &Node, found: &Suggestion) -> Json {
    let id = |index: usize| node.inputs()[index].decl.id;
    let inputs: serde_json::Map<String, Json> = found
        .inputs
        .iter()
        .map(|(index, value)| (id(*index).to_string(), input::stored(&value(), &node.inputs()[*index].spec)))
        .collect();
    json!({"query": found.query, "name": found.name, "parseInput": found.parse.map(id), "inputs": inputs})
}

/// The help, and below it the note about 8 bits, where the host has it.
fn description(decl: &NodeDecl) -> String {
    let Some(note) = decl.limited_to_8bit else { return decl.docs.to_owned() };
    let note = if note.is_empty() {
        "This node computes with 8 bits per channel: finer gradations of its inputs are lost."
    } else {
        note
    };
    format!("{}\n\n#### Limited color depth\n\n{note}", decl.docs).trim_start().to_owned()
}

fn icon(decl: &NodeDecl) -> &'static str {
    decl.icon.unwrap_or(decl.group.category().icon)
}

/// A number as the author wrote it: 0.1 for the `f32` 0.1, and 2 rather than 2.0.
pub(crate) fn number(value: f64) -> Json {
    // 2^53: whole numbers up to here are exact.
    if value.fract() == 0.0 && value.abs() <= 9_007_199_254_740_992.0 { json!(value as i64) } else { json!(value) }
}

/// The `f64` whose shortest decimal text an `f32` has.
pub(crate) fn shortest(value: f32) -> f64 {
    value.to_string().parse().unwrap_or(value.into())
}
