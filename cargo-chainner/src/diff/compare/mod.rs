//! Two schemas side by side: what changed. One part of the schema a file.

mod choice;
#[cfg(test)]
mod fixture;
mod input;
mod matching;
mod node;
mod output;
mod package;
mod pair;
mod types;
mod value;

use serde_json::Value;

use super::{
    change::{Change, Changes, Kind, last_word},
    rename::{self, Item},
};
use pair::{Pair, same, text};

pub(super) use pair::items;
use types::Scopes;

/// All changes from one `schema.json` to another, what matters most first.
pub fn compare(old: &Value, new: &Value) -> Vec<Change> {
    let schema = Pair { old, new };
    let mut changes = Changes::of("package");
    package::compare(schema, &mut changes);

    let Nodes { gone, come, renamed, mut kept } = Nodes::of(schema);
    for (index, node) in gone.iter().enumerate() {
        let mut found = Changes::of(text(node, "schemaId"));
        match renamed.iter().find(|pair| pair.0 == index) {
            Some((_, to)) => {
                let pair = Pair { old: node, new: come[*to] };
                let help = format!(
                    "keep the id: `#[node(id = \"{}\")]`; name and function may change freely",
                    text(node, "schemaId")
                );
                let message = format!("the node looks renamed: {}", pair.at("schemaId").shown());
                found.advise(Kind::NodeRenamed, message, help);
                kept.push(pair);
            }
            None => found.add(Kind::NodeRemoved, format!("the node `{}` was removed", text(node, "schemaId"))),
        }
        changes.join(found);
    }
    for (index, node) in come.iter().enumerate() {
        if renamed.iter().all(|pair| pair.1 != index) {
            let mut found = Changes::of(text(node, "schemaId"));
            found.add(Kind::NodeAdded, format!("the node `{}` was added", text(node, "schemaId")));
            changes.join(found);
        }
    }
    let scopes = Scopes::of(schema);
    for node in kept.into_iter().filter(|node| !(scopes.is_same() && node.is_same())) {
        let mut found = Changes::of(text(node.old, "schemaId"));
        node::compare(node, &scopes, &mut found);
        changes.join(found);
    }
    for key in schema.others(&[&["package", "categories", "nodes"]]) {
        changes.add(Kind::Other, format!("`{key}` of the schema: {}", schema.at(key).shown()));
    }
    changes.sorted()
}

/// Which old node is which new one.
struct Nodes<'a> {
    gone: Vec<&'a Value>,
    come: Vec<&'a Value>,
    /// Indices into those that went and those that came.
    renamed: Vec<(usize, usize)>,
    /// Those with the same id.
    kept: Vec<Pair<'a>>,
}

impl<'a> Nodes<'a> {
    fn of(schema: Pair<'a>) -> Self {
        let (old, new) = schema.at("nodes").lists();
        let of_id = |list: &[Value], node: &Value| list.iter().position(|other| other["schemaId"] == node["schemaId"]);
        let gone: Vec<&Value> = old.iter().filter(|node| of_id(new, node).is_none()).collect();
        let come: Vec<&Value> = new.iter().filter(|node| of_id(old, node).is_none()).collect();
        let renamed = rename::likely(&nodes(&gone), &nodes(&come), alike);
        let kept = old.iter().filter_map(|node| Some(Pair { old: node, new: &new[of_id(new, node)?] })).collect();
        Self { gone, come, renamed, kept }
    }
}

/// A node that stayed, perhaps under another id, and what of it saved chains hold by id or value.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Kept {
    /// Its ids as it was and as it is.
    pub(super) ids: [String; 2],
    /// For each input that stayed, its ids as it was and as it is.
    pub(super) inputs: Vec<(i64, i64)>,
    /// Ids of the inputs that came, as they are.
    pub(super) come: Vec<i64>,
    /// Choices that look renamed: the input as it is, the value as it was, and the number of the choice as it is.
    pub(super) choices: Vec<(i64, Value, usize)>,
}

/// The nodes that stayed.
pub(super) fn kept(old: &Value, new: &Value) -> Vec<Kept> {
    let Nodes { gone, come, renamed, mut kept } = Nodes::of(Pair { old, new });
    kept.extend(renamed.iter().map(|(from, to)| Pair { old: gone[*from], new: come[*to] }));
    let node = |node: &Pair<'_>| {
        let matched = input::Matched::of(*node);
        let (old, new) = node.at("inputs").lists();
        let id = |input: &Value| input["id"].as_i64();
        let pairs = || matched.kept().map(|(from, to)| Pair { old: &old[from], new: &new[to] });
        let choices = pairs().filter(|input| input.new["kind"] == "dropdown" && input.old["kind"] == "dropdown");
        let renames = |input: Pair<'_>| {
            let id = id(input.new).unwrap_or_default();
            choice::renamed(input).into_iter().map(move |(value, index)| (id, value, index)).collect::<Vec<_>>()
        };
        Kept {
            ids: [node.old, node.new].map(|node| text(node, "schemaId").to_owned()),
            inputs: pairs().filter_map(|pair| id(pair.old).zip(id(pair.new))).collect(),
            come: matched.come().filter_map(|index| id(&new[index])).collect(),
            choices: choices.flat_map(renames).collect(),
        }
    };
    kept.iter().map(node).collect()
}

fn nodes<'a>(nodes: &[&'a Value]) -> Vec<Item<'a, Value>> {
    let item = |node: &&'a Value| Item {
        names: [last_word(text(node, "schemaId")), text(node, "name")],
        position: None,
        value: *node,
    };
    nodes.iter().map(item).collect()
}

/// Nodes of one kind are alike by their group and by the labels of their inputs and outputs.
fn alike(old: &Value, new: &Value) -> f64 {
    if text(old, "kind") != text(new, "kind") {
        return 0.0;
    }
    let shared = |key: &str| {
        let (old, new) = (items(&old[key]), items(&new[key]));
        let common = old.iter().filter(|one| new.iter().any(|other| same(&one["label"], &other["label"]))).count();
        if old.is_empty() && new.is_empty() { 1.0 } else { common as f64 / old.len().max(new.len()) as f64 }
    };
    let group = if old["nodeGroup"] == new["nodeGroup"] { 1.0 } else { 0.5 };
    (group + shared("inputs") + shared("outputs")) / 3.0
}

#[cfg(test)]
mod tests;
