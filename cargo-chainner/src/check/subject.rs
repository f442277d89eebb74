//! What the rules look at: a schema, and where it comes from.

use chainner_sdk::library::{Description, InputDescription, NodeDescription, Place};
use serde_json::Value;

use crate::{describe::Described, sources::Sources};

/// A schema to be checked.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// `schema.json` of a package, or what the app answers to `/nodes`.
    pub schema: &'a Value,
    /// Where the schema comes from.
    pub origin: Origin<'a>,
}

/// Where a schema comes from, and with it, where findings point to.
#[derive(Debug, Clone, Copy)]
pub enum Origin<'a> {
    /// A package that was compiled for this.
    Package(Package<'a>),
    /// A file of this name.
    File(&'a str),
}

/// What is known of a package besides its schema.
#[derive(Debug, Clone, Copy)]
pub struct Package<'a> {
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

/// A node of a schema.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node<'a> {
    /// As the app sees it.
    pub(super) schema: &'a Value,
    /// As a programmer sees it.
    pub(super) described: Option<&'a NodeDescription>,
    index: usize,
    origin: Origin<'a>,
}

/// An input of a node.
#[derive(Debug, Clone, Copy)]
pub(super) struct Input<'a> {
    /// As the app sees it.
    pub(super) schema: &'a Value,
    /// As a programmer sees it.
    pub(super) described: Option<&'a InputDescription>,
    /// Whose input it is.
    pub(super) node: Node<'a>,
    index: usize,
}

/// An output of a node.
#[derive(Debug, Clone, Copy)]
pub(super) struct Output<'a> {
    /// As the app sees it.
    pub(super) schema: &'a Value,
    /// Whose output it is.
    pub(super) node: Node<'a>,
    index: usize,
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

impl<'a> Origin<'a> {
    /// The place of a part of the schema that stands nowhere else.
    fn pointer(self, pointer: &str) -> Option<Place> {
        match self {
            Self::Package(_) => None,
            Self::File(file) => Some(Place { file: format!("{file}#{pointer}"), line: 0, column: 0 }),
        }
    }
}

impl<'a> Subject<'a> {
    /// A package that was compiled for this.
    pub fn of_package(package: Package<'a>) -> Self {
        Self { schema: &package.description.schema, origin: Origin::Package(package) }
    }

    /// What is known of the package besides its schema.
    pub(super) fn built(&self) -> Option<Package<'a>> {
        match self.origin {
            Origin::Package(package) => Some(package),
            Origin::File(_) => None,
        }
    }

    /// The `package` of the schema.
    pub(super) fn package(&self) -> &'a Value {
        &self.schema["package"]
    }

    /// Whether these are nodes of the app itself, or all that an app has: names of the app are no clashes there.
    pub(super) fn is_of_the_app(&self) -> bool {
        let is_its_own = || !self.package().is_object() || text(self.package(), "id").starts_with(APP_PACKAGES);
        self.built().is_none() && is_its_own()
    }

    /// The categories of the schema.
    pub(super) fn categories(&self) -> &'a [Value] {
        list(self.schema, "categories")
    }

    /// The nodes.
    pub(super) fn nodes(self) -> impl Iterator<Item = Node<'a>> {
        let origin = self.origin;
        let described = self.built().map(|package| package.description.nodes.as_slice()).unwrap_or_default();
        list(self.schema, "nodes").iter().enumerate().map(move |(index, schema)| Node {
            schema,
            described: described.get(index),
            index,
            origin,
        })
    }

    /// Where the package is described: `package!`, or the part of the file.
    pub(super) fn place(&self, pointer: &str) -> Place {
        match self.origin {
            Origin::File(_) => self.origin.pointer(pointer).unwrap_or_else(|| nowhere("")),
            Origin::Package(package) => package
                .sources
                .packages
                .first()
                .map_or_else(|| nowhere(&package.manifest.file), |call| call.place.clone()),
        }
    }
}

/// How the ids of the app's own packages begin.
const APP_PACKAGES: &str = "chaiNNer_";

fn nowhere(file: &str) -> Place {
    Place { file: file.to_owned(), line: 0, column: 0 }
}

impl<'a> Node<'a> {
    /// The schema id.
    pub(super) fn id(&self) -> &'a str {
        text(self.schema, "schemaId")
    }

    /// The node in the words of a message.
    pub(super) fn called(&self) -> String {
        format!("node `{}`", self.id())
    }

    /// Where the node stands: its function, or its part of the file.
    pub(super) fn place(&self) -> Place {
        self.part("")
    }

    /// Where a part of the node stands: its function, or the part of the file.
    pub(super) fn part(&self, pointer: &str) -> Place {
        match self.origin.pointer(&format!("/nodes/{}{pointer}", self.index)) {
            Some(place) => place,
            None => self.described.map_or_else(|| nowhere("schema.json"), |described| described.place.clone()),
        }
    }

    /// The inputs.
    pub(super) fn inputs(&self) -> impl Iterator<Item = Input<'a>> {
        let node = *self;
        let described = self.described.map(|described| described.inputs.as_slice()).unwrap_or_default();
        list(self.schema, "inputs").iter().enumerate().map(move |(index, schema)| Input {
            schema,
            described: described.get(index),
            node,
            index,
        })
    }

    /// The input of this id.
    pub(super) fn input(&self, id: u64) -> Option<Input<'a>> {
        self.inputs().find(|input| input.id() == Some(id))
    }

    /// The outputs.
    pub(super) fn outputs(&self) -> impl Iterator<Item = Output<'a>> {
        let node = *self;
        list(self.schema, "outputs").iter().enumerate().map(move |(index, schema)| Output { schema, node, index })
    }

    /// The output of this id.
    pub(super) fn output(&self, id: u64) -> Option<Output<'a>> {
        self.outputs().find(|output| output.id() == Some(id))
    }
}

impl<'a> Input<'a> {
    /// The id, if it can be one.
    pub(super) fn id(&self) -> Option<u64> {
        whole(&self.schema["id"])
    }

    /// The label.
    pub(super) fn label(&self) -> &'a str {
        text(self.schema, "label")
    }

    /// The kind: `number`, `dropdown`, ….
    pub(super) fn kind(&self) -> &'a str {
        text(self.schema, "kind")
    }

    /// The input in the words of a message.
    pub(super) fn called(&self) -> String {
        format!("input \"{}\" of {}", self.label(), self.node.called())
    }

    /// Where the input stands: the argument, or its part of the file.
    pub(super) fn place(&self) -> Place {
        self.part("")
    }

    /// Where a part of the input stands: the argument, or the part of the file.
    pub(super) fn part(&self, pointer: &str) -> Place {
        match self.described {
            Some(described) => described.place.clone(),
            None => self.node.part(&format!("/inputs/{}{pointer}", self.index)),
        }
    }
}

impl<'a> Output<'a> {
    /// The id, if it can be one.
    pub(super) fn id(&self) -> Option<u64> {
        whole(&self.schema["id"])
    }

    /// The label.
    pub(super) fn label(&self) -> &'a str {
        text(self.schema, "label")
    }

    /// The output in the words of a message.
    pub(super) fn called(&self) -> String {
        format!("output \"{}\" of {}", self.label(), self.node.called())
    }

    /// Where the output stands: the function, or its part of the file.
    pub(super) fn place(&self) -> Place {
        self.part("")
    }

    /// Where a part of the output stands: the function, or the part of the file.
    pub(super) fn part(&self, pointer: &str) -> Place {
        self.node.part(&format!("/outputs/{}{pointer}", self.index))
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

/// An id: JSON may have `1` as `1.0`.
pub(super) fn whole(json: &Value) -> Option<u64> {
    json.as_u64()
        .or_else(|| json.as_f64().filter(|id| id.fract() == 0.0 && (0.0..1e15).contains(id)).map(|id| id as u64))
}

/// Whether two stored values are one: JSON may have `1` as `1.0`.
pub(super) fn same_value(one: &Value, other: &Value) -> bool {
    match (one.as_f64(), other.as_f64()) {
        (Some(one), Some(other)) => one == other,
        _ => one == other,
    }
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
