//! One evaluation of a node: values in, types and messages out.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;

use super::assign::assign;
use super::function::{NodeFunction, Place, Values, Variable};
use super::node::{IteratorGroup, NodeInput, NodeOutput};
use crate::error::{Error, ErrorKind, Result};
use crate::strings::StringItem;
use crate::structs::Instance;
use crate::types::Type;

/// What an input has.
#[derive(Clone, Debug, Default)]
pub struct Assignment {
    /// The type of the edge, or what the user typed.
    pub value: Option<InputValue>,
    /// The sequence the edge's values are items of.
    pub sequence: Option<Type>,
}

/// The value of an input.
#[derive(Clone, Debug)]
pub enum InputValue {
    /// The type of an edge.
    Edge(Type),
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
}

/// The types of a node for certain inputs.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Evaluated {
    /// The type of every input, by id.
    pub inputs: BTreeMap<i64, Type>,
    /// The type of every output, by id.
    pub outputs: BTreeMap<i64, Type>,
    /// Inputs that cannot be connected as they are.
    pub input_errors: Vec<InputError>,
    /// Outputs that cannot be computed.
    pub output_errors: Vec<OutputError>,
    /// Sequences that do not go together.
    pub sequence_errors: Vec<SequenceError>,
    /// The sequences inputs take, by id.
    pub input_sequences: BTreeMap<i64, Type>,
    /// The sequences outputs give, by id.
    pub output_sequences: BTreeMap<i64, Type>,
}

/// An input that cannot be connected to what it is connected to.
#[derive(Clone, Debug, PartialEq)]
pub struct InputError {
    /// The input's id.
    pub input_id: i64,
    /// Its declared type.
    pub expected: Type,
    /// What it was given.
    pub assigned: Type,
}

/// An output that is `never`, or only an `Error`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputError {
    /// The output's id.
    pub output_id: i64,
    /// What the user reads.
    pub message: Option<String>,
}

/// A sequence that cannot have the length of the others.
#[derive(Clone, Debug, PartialEq)]
pub struct SequenceError {
    /// The input's id.
    pub input_id: i64,
    /// What the others, or the node, ask for.
    pub expected: Type,
    /// The sequence of the input.
    pub assigned: Type,
}

impl From<&str> for InputValue {
    fn from(text: &str) -> InputValue {
        InputValue::Text(text.to_owned())
    }
}

impl From<f64> for InputValue {
    fn from(number: f64) -> InputValue {
        InputValue::Number(number)
    }
}

impl From<Type> for InputValue {
    fn from(edge: Type) -> InputValue {
        InputValue::Edge(edge)
    }
}

impl InputValue {
    /// The value as the host stores it: a number or a text.
    pub fn from_json(json: &Value) -> Option<InputValue> {
        match json {
            Value::Number(number) => number.as_f64().map(InputValue::Number),
            Value::String(text) => Some(InputValue::Text(text.clone())),
            _ => None,
        }
    }
}

/// An evaluation that is under way.
pub(super) struct Run<'a> {
    function: &'a NodeFunction,
    assignments: &'a BTreeMap<i64, Assignment>,
    broadcast: &'a BTreeMap<i64, Type>,
    values: Values,
    out: Evaluated,
}

impl<'a> Run<'a> {
    pub(super) fn new(
        function: &'a NodeFunction,
        assignments: &'a BTreeMap<i64, Assignment>,
        broadcast: &'a BTreeMap<i64, Type>,
    ) -> Run<'a> {
        Run { function, assignments, broadcast, values: function.declared_values(), out: Evaluated::default() }
    }

    pub(super) fn finish(mut self) -> Result<Evaluated> {
        let (inputs, outputs) = (&self.function.inputs, &self.function.outputs);
        for variable in inputs {
            match variable.place {
                Place::Input(index) => self.input(variable, &self.function.node.inputs[index])?,
                Place::IteratorInput(index) => {
                    self.input_group(variable, &self.function.node.iterator_inputs[index])?
                }
                Place::Output(_) | Place::IteratorOutput(_) => {}
            }
        }
        self.regular_sequences();
        self.values.extend(outputs.iter().map(|variable| (variable.name.clone(), variable.declared.clone())));
        for variable in outputs {
            match variable.place {
                Place::Output(index) => self.output(variable, &self.function.node.outputs[index])?,
                Place::IteratorOutput(index) => {
                    self.output_group(variable, &self.function.node.iterator_outputs[index])?;
                }
                Place::Input(_) | Place::IteratorInput(_) => {}
            }
        }
        for variable in inputs.iter().chain(outputs) {
            let Some(value) = self.values.get(&variable.name) else { continue };
            let node = &self.function.node;
            match variable.place {
                Place::Input(index) => self.out.inputs.insert(node.inputs[index].id, value.clone()),
                Place::Output(index) => self.out.outputs.insert(node.outputs[index].id, value.clone()),
                Place::IteratorInput(_) | Place::IteratorOutput(_) => None,
            };
        }
        Ok(self.out)
    }

    /// The type for the values so far; `None` where the host keeps the declared one.
    fn evaluated(&self, variable: &Variable) -> Result<Option<Type>> {
        if !variable.depends {
            return Ok(Some(variable.declared.clone()));
        }
        match self.function.evaluate_in(self.function.expression(variable.place), &self.values) {
            Ok(value) => Ok(Some(value)),
            Err(error) if error.kind().is_evaluation() => Ok(None),
            Err(error) => Err(error.prefixed(&self.function.describe(variable.place))),
        }
    }

    fn set(&mut self, variable: &Variable, value: Type) -> Result<()> {
        if !value.is_subset_of(&variable.declared) {
            let message = format!("the type became `{value}`, which is not within `{}`", variable.declared);
            let error = Error::new(ErrorKind::ParameterAssignment, message);
            return Err(error.prefixed(&self.function.describe(variable.place)));
        }
        self.values.insert(variable.name.clone(), value);
        Ok(())
    }

    fn input(&mut self, variable: &Variable, input: &NodeInput) -> Result<()> {
        let Some(declared) = self.evaluated(variable)?.filter(|declared| !declared.is_never()) else { return Ok(()) };
        let Some(given) = self.given(input)? else { return self.set(variable, declared) };
        match assign(&self.converted(input, &given)?, &declared) {
            Some(value) => self.set(variable, value),
            None => {
                self.out.input_errors.push(InputError { input_id: input.id, expected: declared, assigned: given });
                Ok(())
            }
        }
    }

    /// What an input has, if that says something about its type.
    fn given(&self, input: &NodeInput) -> Result<Option<Type>> {
        let value = self.assignments.get(&input.id).and_then(|assignment| assignment.value.as_ref());
        let (typed, json) = match value {
            Some(InputValue::Edge(edge)) => return Ok(Some(edge.clone())),
            None if input.optional => return super::scope().evaluate_text("null").map(Some),
            None => return Ok(None),
            Some(InputValue::Number(number)) => (Type::number(*number), Value::from(*number)),
            Some(InputValue::Text(text)) => (Type::string(text.as_str()), Value::from(text.as_str())),
        };
        if let Some(adapt) = &input.adapt {
            return match self.function.evaluate_for(adapt, typed) {
                Ok(adapted) => Ok(Some(adapted).filter(|adapted| !adapted.is_never())),
                Err(error) if error.kind().is_evaluation() => Ok(None),
                Err(error) => Err(error),
            };
        }
        Ok(match input.kind.as_str() {
            "number" | "slider" | "text" | "static" => Some(typed),
            "dropdown" => {
                let options = self.function.options.get(&input.id).into_iter().flatten();
                let chosen = |value: &Value| match (value.as_f64(), json.as_f64()) {
                    (Some(value), Some(json)) => value == json,
                    _ => *value == json,
                };
                options.into_iter().find(|(value, _)| chosen(value)).map(|(_, declared)| declared.clone())
            }
            _ => None,
        })
    }

    fn converted(&self, input: &NodeInput, given: &Type) -> Result<Type> {
        let mut rest = given.clone();
        let mut converted = Type::never();
        let types = self.function.conversions.get(&input.id).into_iter().flatten();
        for (from, conversion) in types.zip(&input.conversions) {
            let hit = from.intersection(&rest);
            if hit.is_never() {
                continue;
            }
            match self.function.evaluate_for(&conversion.convert, hit) {
                Ok(result) => converted = converted.union(&result),
                Err(error) if error.kind().is_evaluation() => {}
                Err(error) => return Err(error),
            }
            rest = rest.without(from);
        }
        Ok(rest.union(&converted))
    }

    fn sequence(&self, id: i64) -> Option<&Type> {
        self.assignments.get(&id).and_then(|assignment| assignment.sequence.as_ref())
    }

    /// What all sequences of some inputs have in common; an error and nothing if they have nothing.
    fn common_sequence(&mut self, ids: &[i64]) -> std::result::Result<Option<(i64, Type)>, ()> {
        let mut common: Option<(i64, Type)> = None;
        for &input_id in ids {
            let Some(assigned) = self.sequence(input_id).cloned() else { continue };
            common = Some(match common {
                None => (input_id, assigned),
                Some((first, expected)) => {
                    let both = expected.intersection(&assigned);
                    if both.is_never() {
                        self.out.sequence_errors.push(SequenceError { input_id, expected, assigned });
                        return Err(());
                    }
                    (first, both)
                }
            });
        }
        Ok(common)
    }

    /// A regular node is repeated for the items of its inputs, and so gives a sequence of the same length.
    fn regular_sequences(&mut self) {
        let node = &self.function.node;
        if !node.is_regular {
            return;
        }
        let ids: Vec<i64> = node.inputs.iter().filter(|input| input.has_handle).map(|input| input.id).collect();
        for &id in &ids {
            if let Some(sequence) = self.sequence(id).cloned() {
                self.out.input_sequences.insert(id, sequence);
            }
        }
        if let Ok(Some((_, common))) = self.common_sequence(&ids) {
            self.out.output_sequences.extend(node.outputs.iter().map(|output| (output.id, common.clone())));
        }
    }

    fn input_group(&mut self, variable: &Variable, group: &IteratorGroup) -> Result<()> {
        let declared = self.evaluated(variable)?.filter(|declared| !declared.is_never());
        let declared = declared.unwrap_or_else(|| variable.declared.clone());
        let mut value = declared.clone();
        if let Ok(Some((input_id, assigned))) = self.common_sequence(&group.members) {
            let both = assigned.intersection(&declared);
            if both.is_never() {
                self.out.sequence_errors.push(SequenceError { input_id, expected: declared, assigned });
            } else {
                value = both;
            }
        }
        self.out.input_sequences.extend(group.members.iter().map(|id| (*id, value.clone())));
        self.set(variable, value)
    }

    fn output(&mut self, variable: &Variable, output: &NodeOutput) -> Result<()> {
        let Some(evaluated) = self.evaluated(variable)? else { return Ok(()) };
        let fail = |message| OutputError { output_id: output.id, message };
        if evaluated.is_never() {
            self.out.output_errors.push(fail(output.never_reason.clone()));
            return Ok(());
        }
        let mut value = evaluated.without(&self.function.error_type());
        if value.is_never() {
            self.out.output_errors.push(fail(Some(self.message(&evaluated))));
            return Ok(());
        }
        if let Some(broadcast) = self.broadcast.get(&output.id) {
            value = value.intersection(broadcast);
            if value.is_never() {
                return Ok(());
            }
        }
        self.set(variable, value)
    }

    /// The messages of an `Error`, as far as they are known.
    fn message(&self, error: &Type) -> String {
        let instances = error.structs().instances().iter();
        let mut instances = instances.filter(|instance| Arc::ptr_eq(instance.definition(), &self.function.error));
        let messages = instances.next().and_then(|error: &Instance| error.field("message"));
        let items = messages.map(|messages| messages.strings().items()).unwrap_or_default();
        let texts: Vec<String> = items
            .into_iter()
            .filter_map(|item| match item {
                StringItem::Literal(text) => Some(text.to_utf8_lossy()),
                StringItem::Except(_) => None,
            })
            .collect();
        if texts.is_empty() { "Unknown error".into() } else { texts.join(" ") }
    }

    fn output_group(&mut self, variable: &Variable, group: &IteratorGroup) -> Result<()> {
        let Some(value) = self.evaluated(variable)?.filter(|value| !value.is_never()) else { return Ok(()) };
        self.set(variable, value.clone())?;
        self.out.output_sequences.extend(group.members.iter().map(|id| (*id, value.clone())));
        Ok(())
    }
}
