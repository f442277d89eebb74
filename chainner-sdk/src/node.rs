//! A node that can be called: its declaration, its specifications, and the one pipeline of values.

use crate::{
    declare::{InputDecl, NodeDecl},
    enforce::{InputSpec, OutputSpec},
    error::{Mismatch, NodeError},
    input::NodeInput,
    panic,
    value::{OutputValue, Value},
};

/// A node ready to be called.
///
/// `Value` → enforced against the declaration → Rust argument → the function → result → enforced → `OutputValue`. Every host
/// uses this path: Python, the command line, tests.
#[derive(Debug)]
pub struct Node {
    decl: &'static NodeDecl,
    inputs: Vec<Input>,
    outputs: Vec<OutputSpec>,
}

/// An input with the specification its values are enforced against.
#[derive(Debug)]
pub struct Input {
    /// The declaration.
    pub decl: &'static InputDecl,
    /// What it takes.
    pub spec: InputSpec,
}

impl Node {
    /// Makes a declared node callable.
    pub fn new(decl: &'static NodeDecl) -> Self {
        let inputs =
            decl.inputs.iter().map(|input| Input { decl: input, spec: (input.declare)(&input.options) }).collect();
        Self { decl, inputs, outputs: OutputSpec::all(decl) }
    }

    /// The declaration.
    pub fn decl(&self) -> &'static NodeDecl {
        self.decl
    }

    /// The inputs, in the order of the arguments.
    pub fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    /// The outputs, in the order of the returned tuple.
    pub fn outputs(&self) -> &[OutputSpec] {
        &self.outputs
    }

    /// Calls the node with one value for each input, in order; what is left off at the end is [`Value::Missing`].
    ///
    /// # Errors
    /// Too many values, a value that its input does not take, the author's own error, a panic of the function, or a result
    /// that breaks the node's own declaration. The error names the node.
    pub fn call<'a>(&self, values: impl IntoIterator<Item = Value<'a>>) -> Result<Vec<OutputValue>, NodeError> {
        self.try_call(values.into_iter()).map_err(|error| error.at_node(self.decl.name))
    }

    fn try_call<'a>(&self, mut values: impl Iterator<Item = Value<'a>>) -> Result<Vec<OutputValue>, NodeError> {
        let mut enforced = Vec::with_capacity(self.inputs.len());
        for input in &self.inputs {
            let value = values.next().unwrap_or(Value::Missing);
            let value = input
                .spec
                .enforce(value, input.decl.optional)
                .map_err(|mismatch| NodeError::mismatch(input.decl.label, mismatch))?;
            enforced.push(value);
        }
        let surplus = values.count();
        if surplus > 0 {
            let (takes, came) = (self.inputs.len(), self.inputs.len() + surplus);
            return Err(NodeError::new(format!("expected at most {takes} values, got {came}")));
        }
        let arguments = Arguments { decl: self.decl, values: &enforced };
        let mut results = panic::caught(|| (self.decl.run)(arguments))?;
        for (spec, result) in self.outputs.iter().zip(&mut results) {
            spec.enforce(result)?;
        }
        Ok(results)
    }
}

/// The enforced values of one call.
#[derive(Debug, Clone, Copy)]
pub struct Arguments<'a> {
    decl: &'static NodeDecl,
    values: &'a [Value<'a>],
}

impl<'a> Arguments<'a> {
    /// The argument at `index`.
    ///
    /// # Errors
    /// When the argument's type cannot hold the value.
    ///
    /// # Panics
    /// When there is no input at `index`.
    pub fn take<T: NodeInput<'a>>(&self, index: usize) -> Result<T, NodeError> {
        self.take_with(index, T::take)
    }

    pub(crate) fn take_with<T>(
        &self,
        index: usize,
        take: fn(&'a Value<'a>) -> Result<T, Mismatch>,
    ) -> Result<T, NodeError> {
        take(&self.values[index]).map_err(|mismatch| NodeError::mismatch(self.decl.inputs[index].label, mismatch))
    }
}
