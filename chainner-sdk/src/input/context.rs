//! The run that the node is part of: an argument that is no input.

use crate::{
    context::Context,
    declare::{InputOptions, Kind},
    enforce::{AnySpec, InputSpec},
    error::{Mismatch, NodeError},
    node::Arguments,
    value::Value,
};

use super::NodeInput;

impl<'a> NodeInput<'a> for &'a Context {
    // Neither is ever asked for: `node` leaves the argument out of the inputs.
    const KIND: Kind = Kind::Any;
    const CONTEXT: bool = true;

    fn declare(_: &InputOptions) -> InputSpec {
        InputSpec::Any(AnySpec)
    }

    fn take(value: &'a Value<'a>) -> Result<Self, Mismatch> {
        Err(Mismatch::new("the context of a run", value))
    }

    fn from_arguments(arguments: Arguments<'a>, _: usize) -> Result<Self, NodeError> {
        Ok(arguments.context())
    }
}
