//! A schema as it stands in `schema.json`, and in what the host answers to `/nodes`.

use std::path::Path;

use anyhow::Result;
use serde::Deserialize;
use serde_json::{Map, Value as Json};

use super::own;
use crate::{codes::Code, error::Failure};

/// A schema: of one package, or of all that a host has.
#[derive(Debug, Deserialize)]
pub(super) struct Schema {
    pub(super) package: Option<Package>,
    pub(super) categories: Vec<Category>,
    pub(super) nodes: Vec<Node>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Package {
    pub(super) name: String,
    pub(super) description: String,
    pub(super) icon: String,
    pub(super) color: String,
    #[serde(default)]
    pub(super) dependencies: Vec<Dependency>,
    #[serde(default)]
    pub(super) features: Vec<Feature>,
    #[serde(default)]
    pub(super) settings: Vec<Json>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Dependency {
    pub(super) display_name: String,
    pub(super) pypi_name: String,
    pub(super) version: String,
    pub(super) size_estimate: u64,
    #[serde(default = "yes")]
    pub(super) auto_update: bool,
    pub(super) find_link: Option<String>,
}

fn yes() -> bool {
    true
}

#[derive(Debug, Deserialize)]
pub(super) struct Feature {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) description: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Category {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) description: String,
    pub(super) icon: String,
    pub(super) color: String,
    pub(super) install_hint: Option<String>,
    pub(super) groups: Vec<Group>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Group {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) order: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Node {
    pub(super) schema_id: String,
    pub(super) name: String,
    pub(super) node_group: String,
    pub(super) inputs: Vec<Input>,
    pub(super) outputs: Vec<Output>,
    pub(super) group_layout: Vec<LayoutItem>,
    #[serde(default)]
    pub(super) iterator_inputs: Vec<Iterated>,
    #[serde(default)]
    pub(super) iterator_outputs: Vec<Iterated>,
    pub(super) key_info: Option<KeyInfo>,
    #[serde(default)]
    pub(super) suggestions: Vec<Suggestion>,
    #[serde(default)]
    pub(super) description: String,
    #[serde(default)]
    pub(super) see_also: Vec<String>,
    pub(super) icon: String,
    #[serde(default)]
    pub(super) has_side_effects: bool,
    #[serde(default)]
    pub(super) deprecated: bool,
    #[serde(default)]
    pub(super) features: Vec<String>,
}

/// The inputs, or the outputs, that are given item by item.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Iterated {
    #[serde(alias = "inputs", alias = "outputs")]
    pub(super) ids: Vec<u32>,
    pub(super) sequence_type: Json,
}

#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(super) enum KeyInfo {
    Enum {
        #[serde(rename = "inputId")]
        input: u32,
    },
    Number {
        #[serde(rename = "inputId")]
        input: u32,
    },
    Type {
        expression: Json,
    },
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Suggestion {
    pub(super) query: String,
    pub(super) name: Option<String>,
    pub(super) parse_input: Option<u32>,
    pub(super) inputs: Map<String, Json>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Input {
    pub(super) id: u32,
    #[serde(rename = "type")]
    pub(super) ty: Json,
    #[serde(default)]
    pub(super) conversions: Vec<Conversion>,
    #[serde(default)]
    pub(super) adapt: Json,
    pub(super) type_definitions: Option<String>,
    pub(super) label: String,
    #[serde(default)]
    pub(super) optional: bool,
    pub(super) has_handle: bool,
    pub(super) description: Option<String>,
    #[serde(default)]
    pub(super) hint: bool,
    #[serde(default)]
    pub(super) suggest: bool,
    pub(super) fused: Option<Fused>,
    #[serde(flatten)]
    pub(super) face: Face,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(super) struct Conversion {
    #[serde(rename = "type")]
    pub(super) ty: Json,
    pub(super) convert: Json,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Fused {
    pub(super) output_id: u32,
}

/// What an input of a kind has of its own.
#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(super) enum Face {
    Generic,
    Number(Number),
    Slider(Number),
    Text(Text),
    Dropdown(Dropdown),
    File(File),
    Directory(Directory),
    Color(Color),
    Static,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Number {
    pub(super) min: Option<f64>,
    pub(super) max: Option<f64>,
    pub(super) def: Option<f64>,
    pub(super) precision: u8,
    pub(super) controls_step: f64,
    pub(super) unit: Option<String>,
    pub(super) note_expression: Option<String>,
    pub(super) hide_trailing_zeros: bool,
    pub(super) label_style: String,
    #[serde(default)]
    pub(super) ends: [Option<String>; 2],
    pub(super) slider_step: Option<f64>,
    pub(super) gradient: Option<Vec<String>>,
    pub(super) scale: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Text {
    pub(super) label_style: String,
    /// Absent where it is the clipboard.
    pub(super) multiline: Option<bool>,
    pub(super) min_length: Option<u32>,
    pub(super) max_length: Option<u32>,
    pub(super) placeholder: Option<String>,
    pub(super) def: Option<String>,
    #[serde(default)]
    pub(super) allow_empty_string: bool,
    pub(super) invalid_pattern: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Dropdown {
    pub(super) options: Vec<Choice>,
    pub(super) def: Json,
    pub(super) preferred_style: String,
    pub(super) label_style: String,
    #[serde(default)]
    pub(super) groups: Vec<Heading>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Choice {
    pub(super) option: String,
    pub(super) value: Json,
    #[serde(rename = "type")]
    pub(super) ty: Option<Json>,
    pub(super) icon: Option<String>,
    pub(super) condition: Option<Condition>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Heading {
    pub(super) label: Option<String>,
    pub(super) start_at: Json,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct File {
    pub(super) filetypes: Vec<String>,
    pub(super) file_kind: String,
    #[serde(default)]
    pub(super) primary_input: bool,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Directory {
    pub(super) label_style: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Color {
    pub(super) def: String,
    pub(super) channels: Option<Vec<u32>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    pub(super) id: u32,
    #[serde(rename = "type")]
    pub(super) ty: Json,
    pub(super) label: String,
    pub(super) never_reason: Option<String>,
    pub(super) kind: String,
    pub(super) has_handle: bool,
    pub(super) passthrough_of: Option<u32>,
    pub(super) description: Option<String>,
    #[serde(default)]
    pub(super) suggest: bool,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum LayoutItem {
    Input(u32),
    Group(LayoutGroup),
}

#[derive(Debug, Deserialize)]
pub(super) struct LayoutGroup {
    pub(super) kind: String,
    #[serde(default)]
    pub(super) options: GroupOptions,
    pub(super) items: Vec<LayoutItem>,
}

#[derive(Debug, Default, PartialEq, Deserialize)]
pub(super) struct GroupOptions {
    pub(super) condition: Option<Condition>,
    pub(super) label: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(super) enum Condition {
    And {
        items: Vec<Condition>,
    },
    Or {
        items: Vec<Condition>,
    },
    Not {
        condition: Box<Condition>,
    },
    Enum {
        #[serde(rename = "enum")]
        input: u32,
        values: Vec<Json>,
    },
    Type {
        input: u32,
        condition: Json,
        #[serde(rename = "ifNotConnected")]
        unconnected: bool,
    },
}

impl Node {
    /// A node without anything.
    pub(super) fn nothing() -> Self {
        Self {
            schema_id: String::new(),
            name: String::new(),
            node_group: String::new(),
            inputs: Vec::new(),
            outputs: Vec::new(),
            group_layout: Vec::new(),
            iterator_inputs: Vec::new(),
            iterator_outputs: Vec::new(),
            key_info: None,
            suggestions: Vec::new(),
            description: String::new(),
            see_also: Vec::new(),
            icon: String::new(),
            has_side_effects: false,
            deprecated: false,
            features: Vec::new(),
        }
    }
}

impl Schema {
    /// Reads a schema from a file, its types renamed as those of a package if one is given.
    pub(super) fn read(file: &Path, types_of: Option<&str>) -> Result<Self> {
        let shown = file.display();
        let text = fs_err(std::fs::read(file), file)?;
        let mut json: Json = serde_json::from_slice(&text).map_err(|error| {
            Failure::new(Code::NoSchema, format!("`{shown}` is not JSON: {error}"))
                .help("give a schema.json, or save what the app's backend answers to `/nodes`")
        })?;
        let failure = |what: &str| {
            Failure::new(Code::NoSchema, format!("`{shown}` is no schema: {what}"))
                .help("a schema is `{\"package\", \"categories\", \"nodes\"}` or `{\"categories\", \"nodes\"}`")
        };
        for key in ["categories", "nodes"] {
            if !json.get(key).is_some_and(Json::is_array) {
                return Err(failure(&format!("it has no list `{key}`")).into());
            }
        }
        // One node at a time, so that the message names it.
        for node in json["nodes"].as_array().into_iter().flatten() {
            if let Err(error) = Node::deserialize(node) {
                let id = node["schemaId"].as_str().unwrap_or("a node without `schemaId`");
                return Err(failure(&format!("in `{id}`, {error}")).into());
            }
        }
        if let Some(package) = types_of {
            own::rename(&mut json, package);
        }
        Ok(serde_json::from_value(json).map_err(|error| failure(&error.to_string()))?)
    }

    /// The category and group with the id of a group.
    pub(super) fn group(&self, id: &str) -> Option<(&Category, &Group)> {
        self.categories
            .iter()
            .find_map(|category| Some((category, category.groups.iter().find(|group| group.id == id)?)))
    }
}

fn fs_err(read: std::io::Result<Vec<u8>>, file: &Path) -> Result<Vec<u8>> {
    read.map_err(|error| Failure::new(Code::NoSchema, format!("cannot read `{}`: {error}", file.display())).into())
}
