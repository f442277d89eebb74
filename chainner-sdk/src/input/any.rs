//! Anything, as the host has it: an input that takes an edge.

use crate::{
    declare::{InputOptions, Kind},
    enforce::{AnySpec, InputSpec},
    error::Mismatch,
    value::{Any, Value},
};

use super::{NodeInput, OptionalInput};

impl NodeInput<'_> for Any {
    const KIND: Kind = Kind::Any;

    fn declare(_: &InputOptions) -> InputSpec {
        InputSpec::Any(AnySpec)
    }

    fn take(value: &Value<'_>) -> Result<Self, Mismatch> {
        Ok(value.clone().into())
    }
}

impl OptionalInput<'_> for Any {}
