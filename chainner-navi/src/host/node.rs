//! The parts of a node's schema that have types.

use std::collections::BTreeMap;

use serde_json::Value;

use super::scope;
use crate::error::{Error, ErrorKind, Result};
use crate::parser::parse_definitions;
use crate::scope::Scope;
use crate::syntax::{DefinitionKind, Expression};

/// A node: its inputs, outputs and iterators, with their types as expressions.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Node {
    /// The schema id.
    pub schema_id: String,
    /// Whether it is a `regularNode`, which repeats for the items of a sequence by itself.
    pub is_regular: bool,
    /// The inputs.
    pub inputs: Vec<NodeInput>,
    /// The outputs.
    pub outputs: Vec<NodeOutput>,
    /// The groups of inputs that take sequences.
    pub iterator_inputs: Vec<IteratorGroup>,
    /// The groups of outputs that give sequences.
    pub iterator_outputs: Vec<IteratorGroup>,
}

/// An input.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct NodeInput {
    /// The id: types refer to the input as `Input<id>`.
    pub id: i64,
    /// What the user reads.
    pub label: String,
    /// `number`, `dropdown`, `generic`, …
    pub kind: String,
    /// Whether it may be left without value.
    pub optional: bool,
    /// Whether an edge can be connected.
    pub has_handle: bool,
    /// The declared type.
    pub declared: Expression,
    /// What is done to types of edges, tried in order.
    pub conversions: Vec<Conversion>,
    /// The type of what the user typed, as an expression of `Input`.
    pub adapt: Option<Expression>,
    /// Definitions all nodes see.
    pub type_definitions: Option<String>,
    /// The choices of a dropdown.
    pub options: Vec<OptionType>,
}

/// A conversion of an input.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Conversion {
    /// What is converted.
    pub from: Expression,
    /// The result, as an expression of `Input`.
    pub convert: Expression,
}

/// A choice of a dropdown.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct OptionType {
    /// A number or text.
    pub value: Value,
    /// The type of the input while it is chosen.
    pub declared: Option<Expression>,
}

/// An output.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct NodeOutput {
    /// The id: types refer to the output as `Output<id>`.
    pub id: i64,
    /// What the user reads.
    pub label: String,
    /// The declared type.
    pub declared: Expression,
    /// What the user reads when the type is `never` for the connected inputs.
    pub never_reason: Option<String>,
}

/// Inputs or outputs that belong to one sequence.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct IteratorGroup {
    /// The id: types refer to the sequence as `IterInput<id>` or `IterOutput<id>`.
    pub id: i64,
    /// Ids of the inputs or outputs.
    pub members: Vec<i64>,
    /// The type of the sequence.
    pub sequence: Expression,
}

impl Node {
    /// Reads a node from its schema, as in chaiNNer's `/nodes`.
    ///
    /// # Errors
    ///
    /// Missing keys, and expressions that do not parse; the message names the input or output.
    pub fn from_json(json: &Value) -> Result<Node> {
        let schema_id = string(json, "schemaId")?.to_owned();
        let read = || {
            Ok(Node {
                schema_id: schema_id.clone(),
                is_regular: json.get("kind").and_then(Value::as_str) == Some("regularNode"),
                inputs: each(json, "inputs", input)?,
                outputs: each(json, "outputs", output)?,
                iterator_inputs: each(json, "iteratorInputs", |json| iterator(json, "inputs"))?,
                iterator_outputs: each(json, "iteratorOutputs", |json| iterator(json, "outputs"))?,
            })
        };
        read().map_err(|error: Error| error.prefixed(&format!("node `{schema_id}`")))
    }
}

fn missing(key: &str) -> Error {
    Error::new(ErrorKind::Node, format!("`{key}` is missing or not what it should be"))
}

fn string<'a>(json: &'a Value, key: &str) -> Result<&'a str> {
    json.get(key).and_then(Value::as_str).ok_or_else(|| missing(key))
}

fn flag(json: &Value, key: &str, otherwise: bool) -> bool {
    json.get(key).and_then(Value::as_bool).unwrap_or(otherwise)
}

fn id(json: &Value) -> Result<i64> {
    json.get("id").and_then(Value::as_i64).ok_or_else(|| missing("id"))
}

fn each<T>(json: &Value, key: &str, read: impl Fn(&Value) -> Result<T>) -> Result<Vec<T>> {
    json.get(key).and_then(Value::as_array).ok_or_else(|| missing(key))?.iter().map(read).collect()
}

fn expression(json: &Value, key: &str) -> Result<Expression> {
    Expression::from_json(json.get(key).ok_or_else(|| missing(key))?)
}

/// The expression, or none if the key is absent or null.
fn optional_expression(json: &Value, key: &str) -> Result<Option<Expression>> {
    match json.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(json) => Expression::from_json(json).map(Some),
    }
}

fn input(json: &Value) -> Result<NodeInput> {
    let id = id(json)?;
    let label = string(json, "label")?.to_owned();
    let read = || {
        let options = match json.get("options") {
            None | Some(Value::Null) => Vec::new(),
            Some(_) => each(json, "options", option)?,
        };
        Ok(NodeInput {
            id,
            label: label.clone(),
            kind: string(json, "kind")?.to_owned(),
            optional: flag(json, "optional", false),
            has_handle: flag(json, "hasHandle", true),
            declared: expression(json, "type")?,
            conversions: each(json, "conversions", |json| {
                Ok(Conversion { from: expression(json, "type")?, convert: expression(json, "convert")? })
            })?,
            adapt: optional_expression(json, "adapt")?,
            type_definitions: json.get("typeDefinitions").and_then(Value::as_str).map(str::to_owned),
            options,
        })
    };
    read().map_err(|error: Error| error.prefixed(&format!("input `{label}` (id {id})")))
}

fn option(json: &Value) -> Result<OptionType> {
    let value = json.get("value").ok_or_else(|| missing("value"))?.clone();
    // The key may be absent, but null crashes the host.
    let declared = json.get("type").map(Expression::from_json).transpose()?;
    Ok(OptionType { value, declared })
}

fn output(json: &Value) -> Result<NodeOutput> {
    let id = id(json)?;
    let label = string(json, "label")?.to_owned();
    let declared = expression(json, "type").map_err(|error| error.prefixed(&format!("output `{label}` (id {id})")))?;
    let never_reason = json.get("neverReason").and_then(Value::as_str).map(str::to_owned);
    Ok(NodeOutput { id, label, declared, never_reason })
}

fn iterator(json: &Value, members: &str) -> Result<IteratorGroup> {
    let members = each(json, members, |id| id.as_i64().ok_or_else(|| missing("id")))?;
    Ok(IteratorGroup { id: id(json)?, members, sequence: expression(json, "sequenceType")? })
}

/// The scope the types of all nodes are evaluated in: chaiNNer's names and the definitions of every input.
///
/// Equal texts count once.
///
/// # Errors
///
/// What keeps the host from starting: a text that does not parse, a name that is chaiNNer's or defined by two different
/// texts, an intrinsic.
pub fn main_scope<'a>(nodes: impl IntoIterator<Item = &'a Node>) -> Result<Scope> {
    let host = scope();
    let mut texts: BTreeMap<&str, &Node> = BTreeMap::new();
    for node in nodes {
        for text in node.inputs.iter().filter_map(|input| input.type_definitions.as_deref()) {
            texts.entry(text).or_insert(node);
        }
    }
    let mut builder = host.child();
    for (text, node) in texts {
        let place = format!("type definitions of node `{}`", node.schema_id);
        let definitions = parse_definitions(text).map_err(|error| error.or_in(&text.into()).prefixed(&place))?;
        for definition in &definitions {
            let name = &definition.name;
            let refuse = |message: String| {
                let error = Error::new(ErrorKind::Node, message).or_at(name.span).or_in(&text.into());
                Err(error.prefixed(&place))
            };
            if matches!(definition.kind, DefinitionKind::Intrinsic { .. }) {
                return refuse(format!("`{}` is an intrinsic, which only the host can have", name.text));
            }
            if host.kind_of(&name.text).is_some() {
                return refuse(format!("`{}` is one of the host's own names", name.text));
            }
        }
        builder = builder.define(&definitions).map_err(|error| error.or_in(&text.into()).prefixed(&place))?;
    }
    Ok(builder.build())
}
