//! A node that can be called: its declaration, its specifications, and the one pipeline of values.

use std::sync::Arc;

use crate::{
    context::Context,
    declare::{InputDecl, NodeDecl, NodeKind},
    enforce::{InputSpec, OutputSpec},
    error::{Mismatch, NodeError},
    input::NodeInput,
    output::Returned,
    panic,
    sequence::{self, Exchange, Kept, Run},
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
#[derive(Debug, Clone)]
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

    /// The outputs, in the order shown.
    pub fn outputs(&self) -> &[OutputSpec] {
        &self.outputs
    }

    /// Calls the node with one value for each input, in order; what is left off at the end is [`Value::Missing`].
    ///
    /// # Errors
    /// Too many values, a value that its input does not take, the author's own error, a panic of the function, or a result
    /// that breaks the node's own declaration. The error names the node. A node that works on a sequence cannot be called at
    /// once: [`start`](Self::start) it.
    pub fn call<'a>(&self, values: impl IntoIterator<Item = Value<'a>>) -> Result<Vec<OutputValue>, NodeError> {
        self.call_in(&Context::new(), values)
    }

    /// Calls the node as [`call`](Self::call) does, as part of a run.
    ///
    /// # Errors
    /// Those of [`call`](Self::call).
    pub fn call_in<'a>(
        &self,
        context: &Context,
        values: impl IntoIterator<Item = Value<'a>>,
    ) -> Result<Vec<OutputValue>, NodeError> {
        let called = match self.decl.kind() {
            NodeKind::Regular => self.try_call(context, values.into_iter()),
            kind => Err(NodeError::new(format!("a {} works on a sequence, step by step", kind.as_str()))),
        };
        called.map_err(|error| error.at_node(self.decl.name))
    }

    /// Starts the node, of whatever kind, with one value for each input as for [`call`](Self::call). Those for iterated inputs are
    /// ignored: their items come one by one.
    ///
    /// The body of a generator's function, and all of a regular node, is run here; what works on a sequence runs on a thread of its
    /// own.
    ///
    /// # Errors
    /// Those of [`call`](Self::call), as far as they show here.
    pub fn start<'a>(&self, values: impl IntoIterator<Item = Value<'a>>) -> Result<Run, NodeError> {
        self.start_in(&Context::new(), values)
    }

    /// Starts the node as [`start`](Self::start) does, as part of a run. What works on a sequence keeps a clone of the context, and
    /// aborts it when it is dropped.
    ///
    /// # Errors
    /// Those of [`call`](Self::call), as far as they show here.
    pub fn start_in<'a>(
        &self,
        context: &Context,
        values: impl IntoIterator<Item = Value<'a>>,
    ) -> Result<Run, NodeError> {
        self.try_start(context, values.into_iter()).map_err(|error| error.at_node(self.decl.name))
    }

    fn try_start<'a>(&self, context: &Context, values: impl Iterator<Item = Value<'a>>) -> Result<Run, NodeError> {
        let Self { decl, inputs, outputs } = self;
        let kept = |values| Ok::<_, NodeError>(Kept::new(self.enforced(values)?));
        Ok(match decl.kind() {
            NodeKind::Regular => Run::Values(self.try_call(context, values)?),
            NodeKind::Generator => {
                let returned = self.returned(context, &self.enforced(values)?)?;
                Run::Generator(sequence::generator(decl, context, returned, outputs)?)
            }
            NodeKind::Collector => Run::Collector(sequence::collector(decl, context, inputs, kept(values)?, outputs)),
            NodeKind::Transformer => {
                Run::Transformer(sequence::transformer(decl, context, inputs, kept(values)?, outputs))
            }
        })
    }

    fn try_call<'a>(
        &self,
        context: &Context,
        values: impl Iterator<Item = Value<'a>>,
    ) -> Result<Vec<OutputValue>, NodeError> {
        let mut results = self.returned(context, &self.enforced(values)?)?.values;
        for (spec, result) in self.outputs.iter().zip(&mut results) {
            spec.enforce(result)?;
        }
        Ok(results)
    }

    fn returned(&self, context: &Context, values: &[Value<'_>]) -> Result<Returned, NodeError> {
        panic::caught(|| (self.decl.run)(Arguments::new(self.decl, context, values, None)))
    }

    fn enforced<'a>(&self, mut values: impl Iterator<Item = Value<'a>>) -> Result<Vec<Value<'a>>, NodeError> {
        let mut enforced = Vec::with_capacity(self.inputs.len());
        for input in &self.inputs {
            let value = values.next().unwrap_or(Value::Missing);
            let is_iterated = input.decl.item.is_some();
            enforced.push(match () {
                () if is_iterated => Value::Missing,
                // When it is asked for.
                () if input.decl.lazy => value,
                () => input.enforce(value)?,
            });
        }
        let surplus = values.count();
        if surplus > 0 {
            let (takes, came) = (self.inputs.len(), self.inputs.len() + surplus);
            return Err(NodeError::new(format!("expected at most {takes} values, got {came}")));
        }
        Ok(enforced)
    }
}

impl Input {
    pub(crate) fn enforce<'a>(&self, value: Value<'a>) -> Result<Value<'a>, NodeError> {
        let enforced = self.spec.enforce(value, self.decl.optional);
        enforced.map_err(|mismatch| NodeError::mismatch(self.decl.label, mismatch))
    }
}

/// The enforced values of one call.
#[derive(Debug, Clone, Copy)]
pub struct Arguments<'a> {
    decl: &'a NodeDecl,
    context: &'a Context,
    values: &'a [Value<'a>],
    /// Where the items of iterated inputs come from.
    exchange: Option<&'a Arc<Exchange>>,
}

impl<'a> Arguments<'a> {
    pub(crate) fn new(
        decl: &'a NodeDecl,
        context: &'a Context,
        values: &'a [Value<'a>],
        exchange: Option<&'a Arc<Exchange>>,
    ) -> Self {
        Self { decl, context, values, exchange }
    }

    /// The run that the call is part of.
    pub(crate) fn context(&self) -> &'a Context {
        self.context
    }

    /// The argument that is the input at `index`.
    ///
    /// # Errors
    /// When the argument's type cannot hold the value.
    ///
    /// # Panics
    /// When there is no input at `index`.
    pub fn take<T: NodeInput<'a>>(&self, index: usize) -> Result<T, NodeError> {
        T::from_arguments(*self, index)
    }

    /// Where the items of the iterated input at `index` come from, and its number among the iterated inputs.
    pub(crate) fn sequence(&self, index: usize) -> Result<(&'a Arc<Exchange>, usize), NodeError> {
        let exchange = self.exchange.ok_or_else(|| NodeError::new("there is no sequence to read from"))?;
        Ok((exchange, self.decl.inputs[..index].iter().filter(|input| input.item.is_some()).count()))
    }

    /// The declaration of the input at `index`, and its value.
    pub(crate) fn given(&self, index: usize) -> (&'static InputDecl, &'a Value<'a>) {
        (&self.decl.inputs[index], &self.values[index])
    }

    pub(crate) fn take_with<T>(
        &self,
        index: usize,
        take: fn(&'a Value<'a>) -> Result<T, Mismatch>,
    ) -> Result<T, NodeError> {
        take(&self.values[index]).map_err(|mismatch| NodeError::mismatch(self.decl.inputs[index].label, mismatch))
    }
}
