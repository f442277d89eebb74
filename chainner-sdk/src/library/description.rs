//! What a compiled package says about itself: the one document from which the tool makes the wheel, the Python stubs,
//! the command line of `run` and the messages of `check`.

use serde::{Deserialize, Serialize};

use crate::declare::NodeKind;

/// Everything a compiled package tells about itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Description {
    /// Version of chainner-sdk the package was compiled with.
    pub sdk: String,
    /// Cargo name of the package, e.g. `film-lab`.
    pub package: String,
    /// `schema.json`: `{"package", "categories", "nodes"}` exactly as the host knows it.
    pub schema: serde_json::Value,
    /// What the host's schema leaves out, one entry for each node, sorted as in the schema.
    pub nodes: Vec<NodeDescription>,
    /// Pip requirements, e.g. `numpy>=1.24`.
    pub requirements: Vec<String>,
    /// Facts that no node carries, such as declarations of `package!` that are missing or given twice.
    pub faults: Vec<Fault>,
}

/// A mistake that only shows when all nodes of a package are looked at together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fault {
    /// Stable code, e.g. `CH0101`.
    pub code: String,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What to do about it.
    pub help: String,
    /// Where, the first being the place to change.
    pub places: Vec<Place>,
}

/// A place in the author's sources.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Path as the compiler was given it.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1.
    pub column: u32,
}

/// One node, as a programmer sees it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NodeDescription {
    /// Schema id, e.g. `film_lab:light:vignette`.
    pub id: String,
    /// Name of the Rust function, which is also the name of the Python function and of the `run` command.
    pub function: String,
    /// Name shown in the app.
    pub name: String,
    /// Documentation in Markdown, possibly empty.
    pub docs: String,
    /// Where the function stands.
    pub place: Place,
    /// Id of the node that it can run in place of.
    #[serde(default)]
    pub replaces: Option<String>,
    /// Inputs, in the order of the arguments.
    pub inputs: Vec<InputDescription>,
    /// Outputs, in the order shown.
    pub outputs: Vec<OutputDescription>,
}

impl NodeDescription {
    /// The sort of node.
    pub fn kind(&self) -> NodeKind {
        NodeKind::of(self.inputs.iter().any(|input| input.iterated), self.outputs.iter().any(|output| output.iterated))
    }
}

/// One input of a node.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InputDescription {
    /// Name of the Rust argument (without `r#`).
    pub name: String,
    /// Label shown in the app.
    pub label: String,
    /// Documentation in Markdown, possibly empty.
    pub docs: String,
    /// Id in the schema.
    pub id: u32,
    /// Whether the input may stay empty (`None`).
    pub optional: bool,
    /// Whether the input is given item by item.
    #[serde(default)]
    pub iterated: bool,
    /// Where the argument stands.
    pub place: Place,
    /// What the input takes.
    #[serde(flatten)]
    pub kind: InputValues,
}

/// What an input takes. Numbers are in the units of the declaration.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
#[allow(missing_docs, reason = "the fields say what they are; the variants are documented")]
pub enum InputValues {
    /// A whole number.
    Integer { default: Option<i64>, min: Option<i64>, max: Option<i64>, unit: Option<String> },
    /// A number with a fraction.
    Float { default: Option<f64>, min: Option<f64>, max: Option<f64>, unit: Option<String> },
    /// Text.
    Text { default: Option<String>, min_length: u32, max_length: Option<u32> },
    /// Yes or no. `default` is `None` only for inputs that take an edge.
    Bool { default: Option<bool> },
    /// One of a list.
    Choice { default: ChoiceId, choices: Vec<ChoiceDescription> },
    /// Float32 pixels, BGR(A), 0..1. Without `channels` any number of channels is accepted.
    Image { channels: Option<Vec<u32>>, colors: bool },
    /// A colour. `default` in R, G, B(, A) order (or one grey value), each 0..1; empty for inputs that take an edge only.
    Color { default: Vec<f64>, channels: Option<Vec<u32>> },
    /// Path of an existing file.
    File { extensions: Vec<String> },
    /// Path of a directory.
    Directory { must_exist: bool },
    /// Seed of a random sequence.
    Seed { default: i64 },
    /// Path of a file or directory below another one.
    #[serde(rename = "relative_path")]
    RelativePath { default: Option<String> },
    /// An image or text for the clipboard.
    Clipboard,
    /// Anything, as the host has it.
    Any,
    /// A value of a type of the author's, which only nodes of the package make.
    Handle { type_name: String },
    /// How often the chain was run.
    #[serde(rename = "execution_number")]
    ExecutionNumber,
}

/// The value a choice is stored as.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ChoiceId {
    /// A number, as older chains may hold.
    Number(i64),
    /// A word.
    Text(String),
}

/// One entry of a choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChoiceDescription {
    /// Stored value.
    pub id: ChoiceId,
    /// Text shown in the app.
    pub label: String,
    /// Documentation, possibly empty.
    pub docs: String,
}

/// One output of a node.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OutputDescription {
    /// Label shown in the app.
    pub label: String,
    /// Documentation, possibly empty.
    pub docs: String,
    /// Whether the output is given item by item.
    #[serde(default)]
    pub iterated: bool,
    /// What comes out.
    pub kind: OutputValues,
}

/// What an output gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OutputValues {
    /// Float32 pixels, BGR(A), 0..1, `(height, width, channels)` or `(height, width)` for one channel.
    Image,
    /// A whole number.
    Integer,
    /// A number with a fraction.
    Float,
    /// Text.
    Text,
    /// Yes or no.
    Bool,
    /// A colour, as R, G, B(, A) or one grey value, each 0..1.
    Color,
    /// Path of a directory.
    Directory,
    /// A seed.
    Seed,
    /// Anything, as the host has it.
    Any,
    /// A value of a type of the author's.
    Handle,
}
