//! A node: what it is beside its inputs and outputs.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::diff::change::{Changes, Kind};

use super::{
    input, output,
    pair::{Pair, enumerated, items, same, shown},
    types::{Relation, Scopes, plain_relation},
};

const LOOK: &[&str] = &["name", "description", "icon", "seeAlso", "keyInfo", "suggestions"];
const JUDGED: &[&str] = &[
    "schemaId",
    "category",
    "nodeGroup",
    "inputs",
    "outputs",
    "groupLayout",
    "iteratorInputs",
    "iteratorOutputs",
    "kind",
    "hasSideEffects",
    "deprecated",
    "features",
];

/// Compares two states of a node.
pub(super) fn compare(node: Pair<'_>, scopes: &Scopes, changes: &mut Changes) {
    if node.differs("kind") {
        changes.add(Kind::NodeKind, format!("kind of the node: {}", node.at("kind").shown()));
    }
    match node.at("hasSideEffects").flags() {
        (false, true) => changes.add(Kind::SideEffectsAdded, "the node now has side effects"),
        (true, false) => changes.add(Kind::SideEffectsRemoved, "the node no longer has side effects"),
        _ => {}
    }
    match node.at("deprecated").flags() {
        (false, true) => changes.add(Kind::NodeDeprecated, "the node is now deprecated"),
        (true, false) => changes.add(Kind::NodeRestored, "the node is no longer deprecated"),
        _ => {}
    }
    features(node, changes);
    let types = scopes.node(node);
    let inputs = input::compare(node, types.as_ref(), changes);
    conditions(node, &inputs, changes);
    output::compare(node, types.as_ref(), &inputs, changes);
    sequences(node, &inputs, changes);
    look(node, changes);
}

fn features(node: Pair<'_>, changes: &mut Changes) {
    let (old, new) = node.at("features").lists();
    for gone in old.iter().filter(|feature| !new.contains(feature)) {
        changes.add(Kind::NodeFeatureRemoved, format!("the node no longer needs the feature {}", shown(gone)));
    }
    for come in new.iter().filter(|feature| !old.contains(feature)) {
        changes.add(Kind::NodeFeatureAdded, format!("the node now needs the feature {}", shown(come)));
    }
    if node.differs("features") && old.len() == new.len() && old.iter().all(|feature| new.contains(feature)) {
        changes.add(Kind::NodeLook, "the features of the node are in another order");
    }
}

/// What surrounds the inputs in the layout, and the layout itself.
fn conditions(node: Pair<'_>, inputs: &[(i64, i64)], changes: &mut Changes) {
    let [old, new] = [node.old, node.new].map(|node| {
        let mut surroundings = BTreeMap::new();
        surround(&node["groupLayout"], &mut Vec::new(), &mut surroundings);
        surroundings
    });
    let all_same = |old: &[&Value], new: &[&Value]| {
        let same = |(old, new): (&&Value, &&Value)| same(&with_new_ids(old, inputs), new);
        old.len() == new.len() && old.iter().zip(new).all(same)
    };
    let (none, before) = (Surroundings::default(), changes.len());
    for (from, to) in inputs {
        let (old, new) = (old.get(from).unwrap_or(&none), new.get(to).unwrap_or(&none));
        let label = items(&node.old["inputs"])
            .iter()
            .find(|input| input["id"] == *from)
            .map_or("", |input| super::pair::text(input, "label"));
        let name = format!("input `{label}` (id {from})");
        if !all_same(&old.shown_when, &new.shown_when) {
            let (kind, how) = match (old.shown_when.is_empty(), new.shown_when.is_empty()) {
                (_, true) => (Kind::InputShown, "always shown"),
                (true, _) => (Kind::InputHidden, "shown only under a condition"),
                _ => (Kind::InputHidden, "shown under another condition"),
            };
            changes.add(kind, format!("{name} is now {how}"));
        }
        if !all_same(&old.required_when, &new.required_when) {
            if new.required_when.is_empty() {
                changes.add(Kind::InputNotRequiredWhen, format!("{name} is never required any more"));
            } else {
                changes.add(Kind::InputRequiredWhen, format!("{name} is now required under a condition"));
            }
        }
    }
    let of_both = |layout: &Value, is_kept: &dyn Fn(i64) -> Option<i64>| skeleton(layout, is_kept);
    let old_layout =
        of_both(&node.old["groupLayout"], &|id| inputs.iter().find(|pair| pair.0 == id).map(|pair| pair.1));
    let new_layout =
        of_both(&node.new["groupLayout"], &|id| inputs.iter().find(|pair| pair.1 == id).map(|pair| pair.1));
    if changes.len() == before && !same(&json!(old_layout), &json!(new_layout)) {
        changes.add(Kind::LayoutChanged, "the layout of the inputs changed");
    }
}

/// The conditions of the groups around an input.
#[derive(Debug, Clone, Default)]
struct Surroundings<'a> {
    shown_when: Vec<&'a Value>,
    required_when: Vec<&'a Value>,
}

fn surround<'a>(items: &'a Value, groups: &mut Vec<&'a Value>, found: &mut BTreeMap<i64, Surroundings<'a>>) {
    for item in self::items(items) {
        if let Some(id) = item.as_i64() {
            let of_kind = |kind: &str| {
                let groups = groups.iter().filter(|group| group["kind"] == kind);
                groups.map(|group| &group["options"]["condition"]).collect()
            };
            found.insert(id, Surroundings { shown_when: of_kind("conditional"), required_when: of_kind("required") });
        } else {
            groups.push(item);
            surround(&item["items"], groups, found);
            groups.pop();
        }
    }
}

/// A condition of old inputs as one of the new ones that they are.
fn with_new_ids(condition: &Value, inputs: &[(i64, i64)]) -> Value {
    match condition {
        Value::Array(items) => items.iter().map(|item| with_new_ids(item, inputs)).collect(),
        Value::Object(keys) => keys
            .iter()
            .map(|(key, value)| match key.as_str() {
                "enum" | "input" => (key.clone(), json!(new_id(value, inputs))),
                "values" => (key.clone(), value.clone()),
                _ => (key.clone(), with_new_ids(value, inputs)),
            })
            .collect(),
        other => other.clone(),
    }
}

/// The id that an input has now; those that are gone keep theirs.
pub(super) fn new_id(id: &Value, inputs: &[(i64, i64)]) -> Value {
    inputs.iter().find(|pair| id.as_i64() == Some(pair.0)).map_or_else(|| id.clone(), |pair| json!(pair.1))
}

/// The layout of the inputs that both states have, by their new ids; groups without any are left out.
fn skeleton(layout: &Value, kept: &dyn Fn(i64) -> Option<i64>) -> Vec<Value> {
    let item = |item: &Value| match item.as_i64() {
        Some(id) => kept(id).map(Value::from),
        None => {
            let inner = skeleton(&item["items"], kept);
            let label = &item["options"]["label"];
            (!inner.is_empty()).then(|| json!([item["id"], item["kind"], label, inner]))
        }
    };
    items(layout).iter().filter_map(item).collect()
}

fn sequences(node: Pair<'_>, inputs: &[(i64, i64)], changes: &mut Changes) {
    if node.differs("kind") {
        // Another number of sequences is what another kind means.
        return;
    }
    for (key, members, is_input) in [("iteratorInputs", "inputs", true), ("iteratorOutputs", "outputs", false)] {
        let sequences = node.at(key);
        let (old, new) = sequences.lists();
        let moved = |(old, new): (&Value, &Value)| {
            let ids = items(&old[members]).iter();
            let ids: Vec<Value> = ids.map(|id| if is_input { new_id(id, inputs) } else { id.clone() }).collect();
            !same(&json!(ids), &new[members])
        };
        if old.len() != new.len() || old.iter().zip(new).any(moved) {
            let side = if is_input { "are taken" } else { "come" };
            changes.add(Kind::SequenceMembers, format!("other {members} {side} one by one"));
        }
        for (old, new) in old.iter().zip(new) {
            let sequence = Pair { old, new };
            let length = sequence.at("sequenceType");
            if !length.is_same() {
                let shown = format!("length of the sequence of {members}: {}", length.shown());
                changes.add(length_change(length, is_input), shown);
            }
            for key in sequence.others(&[&[members, "sequenceType"]]) {
                changes.add(Kind::Other, format!("`{key}` of the sequence of {members}: {}", sequence.at(key).shown()));
            }
        }
    }
}

fn length_change(length: Pair<'_>, is_input: bool) -> Kind {
    let relation = plain_relation(length).unwrap_or(Relation::Other);
    match (is_input, relation) {
        (true, Relation::Same | Relation::Wider) => Kind::SequenceInputWidened,
        (true, _) => Kind::SequenceInputNarrowed,
        (false, Relation::Same | Relation::Wider) => Kind::SequenceLengthFreed,
        (false, _) => Kind::SequenceLength,
    }
}

fn look(node: Pair<'_>, changes: &mut Changes) {
    let moved = node.differing(&["category", "nodeGroup"]);
    if !moved.is_empty() {
        changes.add(Kind::NodeMoved, format!("group of the node: {}", node.at("nodeGroup").shown()));
    }
    if node.differs("name") {
        changes.add(Kind::NodeLook, format!("name of the node: {}", node.at("name").shown()));
    }
    let look = node.differing(&LOOK[1..]);
    if !look.is_empty() {
        changes.add(Kind::NodeLook, format!("{} of the node changed", enumerated(&look)));
    }
    for key in node.others(&[LOOK, JUDGED]) {
        changes.add(Kind::Other, format!("`{key}` of the node: {}", node.at(key).shown()));
    }
}
