//! Schemas of the nodes against the app's: prose and our own ids aside, everything is the same.

use std::collections::HashSet;

use cargo_chainner::diff::likeness::{Likeness, differences, type_difference};
use chainner_sdk::{node::Node, registry, schema};
use serde_json::Value as Json;

use crate::{PACKAGE, PREFIXES, corpus::Corpus, exceptions::Ledger};

/// Enters each node; returns those that the recording does not have.
pub(crate) fn compare(corpus: &Corpus, nodes: &[Node], ledger: &mut Ledger) -> Vec<String> {
    let package = registry::packages_of(PACKAGE)[0];
    // Another node may be named as the app's or as ours, which may not be there yet.
    let own = registry::nodes_of(PACKAGE).into_iter().map(|node| node.id.replacen(PREFIXES[1], PREFIXES[0], 1));
    let renamed: HashSet<String> = corpus.schemas.keys().cloned().chain(own).collect();
    let likeness = Likeness { renamed: &renamed, prefix: PREFIXES[1] };
    let document = with_the_apps_type_names(&schema::document(package, nodes));
    let mut unknown = Vec::new();
    for own in document["nodes"].as_array().into_iter().flatten() {
        let own_schema_id = own["schemaId"].as_str().unwrap_or_default();
        let id = own_schema_id.replacen(PREFIXES[1], PREFIXES[0], 1);
        match corpus.schemas.get(&id) {
            None => unknown.push(id),
            Some(given) => ledger.enter(&id, node(&likeness, given, own)),
        }
    }
    unknown
}

/// Types of our own are in a namespace, as the app has types of the same names.
fn with_the_apps_type_names(document: &Json) -> Json {
    match document {
        Json::String(text) => text.replace(&format!("{}::", PREFIXES[1]), "").into(),
        Json::Array(items) => items.iter().map(with_the_apps_type_names).collect(),
        Json::Object(members) => {
            members.iter().map(|(key, value)| (key.clone(), with_the_apps_type_names(value))).collect()
        }
        other => other.clone(),
    }
}

fn node(likeness: &Likeness<'_>, given: &Json, own: &Json) -> Result<(), String> {
    let found = differences("", &likeness.comparable(given), &likeness.comparable(own));
    // Types of outputs may be written in another way; messages are prose.
    let is_computed = |place: &String| {
        let parts: Vec<&str> = place.split(':').next().unwrap_or_default().split('/').collect();
        matches!(
            parts[..],
            ["", "outputs", _, "type" | "neverReason", ..]
                | ["", "iteratorOutputs", _, "sequenceType", ..]
                | ["", "keyInfo", "expression"]
        )
    };
    let (computed, mut others): (Vec<String>, Vec<String>) = found.into_iter().partition(is_computed);
    if !computed.is_empty() {
        others.extend(type_difference(given, own).map_err(|error| error.to_string())?);
    }
    if others.is_empty() { Ok(()) } else { Err(others.join("\n    ")) }
}
