//! What the rules look at.

use chainner_sdk::library::{Description, InputDescription, NodeDescription, Place};
use serde_json::Value;

use crate::{describe::Described, sources::Sources};

/// A package to be checked.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// What the compiled package says.
    pub description: &'a Description,
    /// What stands in its sources.
    pub sources: &'a Sources,
    /// What stands in its Cargo.toml.
    pub manifest: &'a ManifestFacts,
}

/// What Cargo.toml says, as far as rules look at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManifestFacts {
    /// The file, as messages name it.
    pub file: String,
    /// Whether there is a `description`.
    pub description: bool,
    /// Whether there is a `license` or `license-file`.
    pub license: bool,
    /// Whether there is a readme.
    pub readme: bool,
}

/// A node: its schema and its description.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node<'a> {
    /// As the app sees it.
    pub(super) schema: &'a Value,
    /// As a programmer sees it.
    pub(super) described: &'a NodeDescription,
}

/// An input: its schema and its description.
#[derive(Debug, Clone, Copy)]
pub(super) struct Input<'a> {
    /// As the app sees it.
    pub(super) schema: &'a Value,
    /// As a programmer sees it.
    pub(super) described: &'a InputDescription,
}

impl ManifestFacts {
    /// Those of a package.
    pub fn of(described: &Described) -> Self {
        let package = &described.package.package;
        Self {
            file: described.package.shown(package.manifest_path.as_std_path()),
            description: package.description.as_ref().is_some_and(|text| !text.trim().is_empty()),
            license: package.license.is_some() || package.license_file.is_some(),
            readme: package.readme.is_some(),
        }
    }
}

impl<'a> Subject<'a> {
    /// The `package` of the schema.
    pub(super) fn package(&self) -> &'a Value {
        &self.description.schema["package"]
    }

    /// The categories of the schema.
    pub(super) fn categories(&self) -> &'a [Value] {
        list(&self.description.schema, "categories")
    }

    /// The nodes. Those that the schema or the description leaves out are the business of the rule about shapes.
    pub(super) fn nodes(&self) -> impl Iterator<Item = Node<'a>> {
        list(&self.description.schema, "nodes")
            .iter()
            .zip(&self.description.nodes)
            .map(|(schema, described)| Node { schema, described })
    }

    /// Where `package!` stands.
    pub(super) fn place(&self) -> Place {
        let nowhere = || Place { file: self.manifest.file.clone(), line: 0, column: 0 };
        self.sources.packages.first().map_or_else(nowhere, |call| call.place.clone())
    }
}

impl<'a> Node<'a> {
    /// The inputs.
    pub(super) fn inputs(&self) -> impl Iterator<Item = Input<'a>> {
        list(self.schema, "inputs")
            .iter()
            .zip(&self.described.inputs)
            .map(|(schema, described)| Input { schema, described })
    }

    /// The input of this id.
    pub(super) fn input(&self, id: u64) -> Option<Input<'a>> {
        self.inputs().find(|input| input.schema["id"].as_u64() == Some(id))
    }
}

/// The text under a key, empty if there is none.
pub(super) fn text<'a>(json: &'a Value, key: &str) -> &'a str {
    json[key].as_str().unwrap_or_default()
}

/// The list under a key, empty if there is none.
pub(super) fn list<'a>(json: &'a Value, key: &str) -> &'a [Value] {
    json[key].as_array().map(Vec::as_slice).unwrap_or_default()
}

/// Pairs of items with equal keys: the first of them, and each that follows.
pub(super) fn first_twice<'a, T, K: PartialEq>(items: &'a [T], key: impl Fn(&'a T) -> K) -> Vec<(&'a T, &'a T)> {
    let mut pairs = Vec::new();
    for (index, item) in items.iter().enumerate() {
        if let Some(earlier) = items[..index].iter().find(|earlier| key(earlier) == key(item)) {
            pairs.push((earlier, item));
        }
    }
    pairs
}
