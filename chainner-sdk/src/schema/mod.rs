//! `schema.json`: the host's description of a package, made from the declarations.
//!
//! The shape is the host's: `{"package", "categories", "nodes"}`. The order of everything is fixed, so each build gives the same
//! bytes.

mod input;
mod layout;
mod navi;
mod output;
mod sequence;

use serde_json::{Value as Json, json};

use crate::{
    declare::{Group, NodeDecl, PackageDecl},
    node::Node,
};

/// The schema of a package and its nodes.
pub fn document(package: &PackageDecl, nodes: &[Node]) -> Json {
    json!({
        "package": self::package(package),
        "categories": categories(package, nodes),
        "nodes": nodes.iter().map(node).collect::<Vec<_>>(),
    })
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
                "autoUpdate": true,
                "findLink": null,
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
        "features": [],
        "settings": [],
        "disabled": false,
        "disabledReason": null,
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
                    "order": [],
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
        "inputs": node.inputs().iter().map(input::input).collect::<Vec<_>>(),
        "outputs": node.outputs().iter().enumerate().map(|(id, output)| output::output(id, output)).collect::<Vec<_>>(),
        "groupLayout": layout::layout(node),
        "iteratorInputs": sequence::inputs(node),
        "iteratorOutputs": sequence::outputs(node),
        "keyInfo": null,
        "suggestions": [],
        "description": decl.docs,
        "seeAlso": decl.see_also,
        "icon": icon(decl),
        "kind": sequence::node_kind(decl.kind()),
        "hasSideEffects": decl.side_effects,
        "deprecated": decl.deprecated,
        "features": [],
    })
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
