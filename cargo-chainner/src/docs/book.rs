//! What is documented: the package, its nodes in the order of the app, and what stands where.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
};

use chainner_sdk::{
    declare::NodeKind,
    library::{Description, InputDescription, NodeDescription, OutputDescription},
};
use serde_json::Value;

use crate::{codes::Code, error::Failure, schema::canonical};

use super::condition;

/// A package as its documentation sees it.
#[derive(Debug)]
pub(super) struct Book<'a> {
    /// Cargo name.
    pub(super) package: &'a str,
    /// Version of the package.
    pub(super) version: String,
    /// Name of the Python module.
    pub(super) module: String,
    /// What the compiled package says.
    pub(super) schema: &'a Value,
    /// In the order of the app.
    pub(super) categories: Vec<Category<'a>>,
    /// In the order of the app: by category, group, and place in the group.
    pub(super) nodes: Vec<Node<'a>>,
    /// Links of the documentation to files, which the site does not have.
    pub(super) lost_links: RefCell<BTreeSet<String>>,
}

/// A category with its groups, as far as nodes are in them.
#[derive(Debug)]
pub(super) struct Category<'a> {
    pub(super) schema: &'a Value,
    /// Groups, each with the places of its nodes in the book.
    pub(super) groups: Vec<(&'a Value, Vec<usize>)>,
}

/// A node.
#[derive(Debug)]
pub(super) struct Node<'a> {
    /// As the app sees it.
    pub(super) schema: &'a Value,
    /// As a programmer sees it.
    pub(super) described: &'a NodeDescription,
    pub(super) category: &'a Value,
    pub(super) group: &'a Value,
    pub(super) inputs: Vec<Input<'a>>,
    pub(super) outputs: Vec<Output<'a>>,
}

/// An input.
#[derive(Debug)]
pub(super) struct Input<'a> {
    pub(super) schema: &'a Value,
    pub(super) described: &'a InputDescription,
    /// Conditions of the groups that it stands in: it is shown while all hold.
    pub(super) shown_when: Vec<&'a Value>,
    /// Conditions under which an optional input has to be given.
    pub(super) required_when: Vec<&'a Value>,
}

/// An output.
#[derive(Debug)]
pub(super) struct Output<'a> {
    pub(super) schema: &'a Value,
    pub(super) described: &'a OutputDescription,
}

impl<'a> Book<'a> {
    /// Puts a package in order.
    ///
    /// # Errors
    /// Two nodes would have one page, or a node stands in no category.
    pub(super) fn new(description: &'a Description, version: String) -> Result<Self, Failure> {
        let schema = &description.schema;
        let described: BTreeMap<&str, &NodeDescription> =
            description.nodes.iter().map(|node| (node.id.as_str(), node)).collect();
        let mut pages: BTreeMap<String, &NodeDescription> = BTreeMap::new();
        for node in &description.nodes {
            // Some file systems do not tell the cases of letters apart.
            if let Some(other) = pages.insert(node.function.to_lowercase(), node) {
                let message = format!("two nodes would have the page `{}`", page_of(&node.function));
                let failure = Failure::new(Code::DuplicateFunction, message);
                return Err(Failure { places: vec![node.place.clone(), other.place.clone()], ..failure }
                    .help("rename one of the functions"));
            }
        }
        let mut categories = Vec::new();
        let mut nodes = Vec::new();
        for category in list(schema, "categories") {
            let mut groups = Vec::new();
            for group in list(category, "groups") {
                let order: Vec<&str> = list(group, "order").iter().filter_map(Value::as_str).collect();
                let mut members: Vec<(&Value, &NodeDescription)> = list(schema, "nodes")
                    .iter()
                    .filter(|node| node["nodeGroup"] == group["id"])
                    .filter_map(|node| Some((node, *described.get(text(node, "schemaId"))?)))
                    .collect();
                members.sort_by_key(|(node, _)| {
                    let id = text(node, "schemaId");
                    let at = order.iter().position(|listed| *listed == id).unwrap_or(usize::MAX);
                    (node["deprecated"] == true, at, text(node, "name").to_lowercase(), id)
                });
                if members.is_empty() {
                    continue;
                }
                let start = nodes.len();
                nodes.extend(members.into_iter().map(|(schema, node)| Node::new(schema, node, category, group)));
                groups.push((group, (start..nodes.len()).collect()));
            }
            if !groups.is_empty() {
                categories.push(Category { schema: category, groups });
            }
        }
        if let Some(lost) = description.nodes.iter().find(|node| nodes.iter().all(|placed| placed.id() != node.id)) {
            let message = format!("node `{}` stands in no category of `package!`", lost.id);
            return Err(Failure { places: vec![lost.place.clone()], ..Failure::new(Code::UnlistedCategory, message) }
                .help("add its category to `categories: […]` of `package!`"));
        }
        let package = &description.package;
        let module = package.replace('-', "_");
        Ok(Self { package, version, module, schema, categories, nodes, lost_links: RefCell::default() })
    }

    /// Name of the package as the app shows it.
    pub(super) fn name(&self) -> &'a str {
        text(&self.schema["package"], "name")
    }

    /// The node with this id.
    pub(super) fn by_id(&self, id: &str) -> Option<&Node<'a>> {
        self.nodes.iter().find(|node| node.id() == id)
    }

    /// The node of this function.
    pub(super) fn by_function(&self, function: &str) -> Option<&Node<'a>> {
        self.nodes.iter().find(|node| node.described.function == function)
    }
}

impl<'a> Node<'a> {
    /// Puts a node in order.
    pub(super) fn new(
        schema: &'a Value,
        described: &'a NodeDescription,
        category: &'a Value,
        group: &'a Value,
    ) -> Self {
        let mut groups = BTreeMap::new();
        conditions(list(schema, "groupLayout"), &mut (Vec::new(), Vec::new()), &mut groups);
        let inputs = list(schema, "inputs").iter().zip(&described.inputs);
        let inputs = inputs.map(|(schema, described)| {
            let (shown_when, required_when) = groups.remove(&schema["id"].as_i64()).unwrap_or_default();
            Input { schema, described, shown_when, required_when }
        });
        let outputs = list(schema, "outputs").iter().zip(&described.outputs);
        let outputs = outputs.map(|(schema, described)| Output { schema, described });
        Self { schema, described, category, group, inputs: inputs.collect(), outputs: outputs.collect() }
    }

    /// The schema id.
    pub(super) fn id(&self) -> &'a str {
        &self.described.id
    }

    /// Name as the app shows it.
    pub(super) fn name(&self) -> &'a str {
        text(self.schema, "name")
    }

    /// Path of its page in the site.
    pub(super) fn page(&self) -> String {
        page_of(&self.described.function)
    }

    /// Path of its picture in the site.
    pub(super) fn card(&self) -> String {
        format!("nodes/{}.svg", self.described.function)
    }

    /// Anchor of an input in its page.
    pub(super) fn anchor(input: &Input<'_>) -> String {
        format!("input-{}", input.schema["id"])
    }

    /// The input with this id.
    pub(super) fn input(&self, id: &Value) -> Option<&Input<'a>> {
        self.inputs.iter().find(|input| input.schema["id"] == *id)
    }

    /// The sort of node.
    pub(super) fn kind(&self) -> NodeKind {
        self.described.kind()
    }

    /// First paragraph of its documentation.
    pub(super) fn summary(&self) -> String {
        let first = self.described.docs.split("\n\n").next().unwrap_or_default();
        first.replace('\n', " ")
    }

    /// Colour of its category.
    pub(super) fn color(&self) -> &'a str {
        text(self.category, "color")
    }
}

impl<'a> Input<'a> {
    /// Label as the app shows it.
    pub(super) fn label(&self) -> String {
        text(self.schema, "label").to_owned()
    }

    /// The sort of control.
    pub(super) fn kind(&self) -> &'a str {
        text(self.schema, "kind")
    }

    /// Label of an option.
    pub(super) fn option_label(&self, value: &Value) -> String {
        let option = list(self.schema, "options").iter().find(|option| option["value"] == *value);
        option.map_or_else(|| value.to_string(), |option| text(option, "option").to_owned())
    }

    /// Of a switch: the value that stands for on.
    pub(super) fn switched_on(&self) -> Option<&'a Value> {
        let options = list(self.schema, "options");
        let is_switch = self.schema["preferredStyle"] == "checkbox" && options.len() == 2;
        is_switch.then(|| &options[0]["value"])
    }

    /// Whether it is shown while every input has its default.
    pub(super) fn is_shown(&self, node: &Node<'_>) -> bool {
        self.shown_when.iter().all(|when| condition::holds(when, node))
    }
}

/// Path of the page of a function.
fn page_of(function: &str) -> String {
    format!("nodes/{function}.html")
}

/// By the id of an input, the conditions of the groups around it.
type Conditions<'a> = BTreeMap<Option<i64>, (Vec<&'a Value>, Vec<&'a Value>)>;

fn conditions<'a>(items: &'a [Value], around: &mut (Vec<&'a Value>, Vec<&'a Value>), found: &mut Conditions<'a>) {
    for item in items {
        if item.is_object() {
            let condition = &item["options"]["condition"];
            let list = match item["kind"].as_str() {
                Some("conditional") => Some(0),
                Some("required") => Some(1),
                _ => None,
            };
            match list {
                Some(0) => around.0.push(condition),
                Some(_) => around.1.push(condition),
                None => {}
            }
            conditions(self::list(item, "items"), around, found);
            match list {
                Some(0) => drop(around.0.pop()),
                Some(_) => drop(around.1.pop()),
                None => {}
            }
        } else {
            found.insert(item.as_i64(), around.clone());
        }
    }
}

/// A list of the schema; empty where there is none.
pub(super) fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

/// A text of the schema; empty where there is none.
pub(super) fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

/// A number as people write it: `0.1`, `8`.
pub(super) fn number(value: &Value) -> String {
    match value.as_f64() {
        Some(number) => number.to_string(),
        None => canonical(value).map(|bytes| String::from_utf8_lossy(&bytes).trim().to_owned()).unwrap_or_default(),
    }
}
