//! The declared types of a node, evaluated for what went in, and compared with what came out.

use std::{collections::BTreeMap, fmt};

use chainner_navi::{
    Scope, Type,
    host::{self, Assignment, Evaluated, InputValue, NodeFunction},
};
use serde_json::Value as Json;

use crate::library::ChoiceId;

use super::Known;

/// What is known of the inputs of a call, by their ids in the schema. Inputs that are left out have their declared type, or are
/// empty if they may be.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct KnownInputs {
    /// Single values.
    pub values: BTreeMap<u32, Known>,
    /// The items of iterated inputs.
    pub items: BTreeMap<u32, Vec<Known>>,
}

/// The declared types of a node.
#[derive(Debug)]
pub struct NodeTypes {
    function: NodeFunction,
    scope: Scope,
}

/// The types of the outputs of a node, for certain inputs.
#[derive(Debug)]
pub struct OutputTypes<'a> {
    evaluated: Evaluated,
    types: &'a NodeTypes,
}

/// Where a node does something else than it declares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    /// Label of the output.
    pub output: String,
    /// Which item of a sequence, from 0.
    pub item: Option<usize>,
    /// The declared type, for what went in.
    pub declared: String,
    /// What came out, as a type.
    pub returned: String,
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { output, item, declared, returned } = self;
        let item = item.map(|item| format!(", item {item},")).unwrap_or_default();
        write!(f, "output '{output}'{item} is declared as {declared}, but the node returned {returned}")
    }
}

/// Relative difference of numbers that `f32` cannot tell apart, with a few roundings between them.
const PRECISION: f64 = 1e-6;

impl NodeTypes {
    /// The types of a node of a schema: `{"nodes": […]}`.
    ///
    /// # Errors
    /// There is no such node, or its types are not sound; `cargo chainner check` tells more.
    pub fn new(schema: &Json, node: &str) -> Result<Self, String> {
        let said = |error: chainner_navi::Error| error.to_string();
        let nodes = schema["nodes"].as_array().map(Vec::as_slice).unwrap_or_default();
        let nodes = nodes.iter().map(host::Node::from_json).collect::<Result<Vec<_>, _>>().map_err(said)?;
        let scope = host::main_scope(&nodes).map_err(said)?;
        let found = nodes.into_iter().find(|found| found.schema_id == node);
        let found = found.ok_or_else(|| format!("there is no node `{node}` in the schema"))?;
        Ok(Self { function: NodeFunction::load(found, &scope).map_err(said)?, scope })
    }

    /// The types of the outputs for certain inputs.
    ///
    /// # Errors
    /// The app would not let these values into the node: what it expects, and what came.
    pub fn outputs(&self, inputs: &KnownInputs) -> Result<OutputTypes<'_>, String> {
        let mut assignments = BTreeMap::new();
        for (id, known) in &inputs.values {
            if matches!(known, Known::Nothing) {
                continue;
            }
            let value = known.input_value(&self.scope);
            // What nothing is known of is not empty, either.
            let value = value.or_else(|| self.function.input(i64::from(*id)).cloned().map(InputValue::Edge));
            assignments.insert(i64::from(*id), Assignment { value, sequence: None });
        }
        for (id, items) in &inputs.items {
            let all = items.iter().filter_map(|item| item.ty(&self.scope)).reduce(|all, item| all.union(&item));
            let length = [("length", Type::number(items.len() as f64))];
            let sequence = self.scope.instance("Sequence", length).ok();
            let value = all.map(InputValue::Edge);
            assignments.insert(i64::from(*id), Assignment { value, sequence });
        }
        let evaluated = self.function.evaluate(&assignments).map_err(|error| error.to_string())?;
        match evaluated.input_errors.first() {
            Some(error) => {
                let inputs = &self.function.node().inputs;
                let label = inputs.iter().find(|input| input.id == error.input_id).map(|input| input.label.as_str());
                Err(format!(
                    "the app would not let this into input '{}': it takes {}, got {}",
                    label.unwrap_or_default(),
                    error.expected,
                    error.assigned
                ))
            }
            None => Ok(OutputTypes { evaluated, types: self }),
        }
    }
}

impl OutputTypes<'_> {
    /// Why the app would not run the node with these inputs: an output that cannot be.
    pub fn never(&self) -> Option<String> {
        let error = self.evaluated.output_errors.first()?;
        Some(error.message.clone().unwrap_or_else(|| "an output has no type for these inputs".to_owned()))
    }

    /// Samples of the largest image among the outputs, as far as the types say its size; 0 if none does.
    pub fn most_samples(&self) -> f64 {
        let samples = |output: &Type| {
            let side = |name: &str| output.as_instance()?.field(name)?.as_number();
            Some(side("width")? * side("height")? * side("channels").unwrap_or(1.0))
        };
        self.evaluated.outputs.values().filter_map(samples).fold(0.0, f64::max)
    }

    /// Compares the value of the output of this id with its declared type.
    ///
    /// # Errors
    /// It is outside.
    pub fn check(&self, output: u32, item: Option<usize>, returned: &Known) -> Result<(), Breach> {
        let id = i64::from(output);
        let Some(declared) = self.evaluated.outputs.get(&id) else { return Ok(()) };
        let Some(actual) = returned.ty(&self.types.scope) else { return Ok(()) };
        let fits = match returned {
            Known::Float(value) => actual.is_subset_of(declared) || about(*value, declared),
            // A value of an author's type has fields that only the type language knows of.
            Known::Struct(_) => !actual.is_disjoint_from(declared),
            _ => actual.is_subset_of(declared),
        };
        if fits {
            return Ok(());
        }
        Err(Breach { output: self.label(id), item, declared: declared.to_string(), returned: actual.to_string() })
    }

    /// Compares the number of items of the iterated output of this id with the declared sequence.
    ///
    /// # Errors
    /// There are more or fewer.
    pub fn check_length(&self, output: u32, length: usize) -> Result<(), Breach> {
        let id = i64::from(output);
        let Some(declared) = self.evaluated.output_sequences.get(&id) else { return Ok(()) };
        let fields = [("length", Type::number(length as f64))];
        let Ok(actual) = self.types.scope.instance("Sequence", fields) else { return Ok(()) };
        if actual.is_subset_of(declared) {
            return Ok(());
        }
        Err(Breach { output: self.label(id), item: None, declared: declared.to_string(), returned: actual.to_string() })
    }

    fn label(&self, id: i64) -> String {
        let outputs = &self.types.function.node().outputs;
        outputs.iter().find(|output| output.id == id).map(|output| output.label.clone()).unwrap_or_default()
    }
}

/// Whether a type holds a number that differs from this one by the roundings of `f32` only.
fn about(value: f64, declared: &Type) -> bool {
    let reach = value.abs() * PRECISION;
    let near = Type::interval(value - reach, value + reach);
    value.is_finite() && near.is_ok_and(|near| !near.is_disjoint_from(declared))
}

impl From<ChoiceId> for Known {
    fn from(id: ChoiceId) -> Self {
        Self::Choice(id)
    }
}
