//! Anything, as the host has it: an input that takes an edge.

use crate::{
    declare::{InputOptions, Kind},
    enforce::{AnySpec, InputSpec},
    error::Mismatch,
    value::{Any, Value},
};

use super::{NodeInput, OptionalInput};

impl<'a> NodeInput<'a> for Any<'a> {
    const KIND: Kind = Kind::Any;

    fn declare(_: &InputOptions) -> InputSpec {
        InputSpec::Any(AnySpec)
    }

    fn take(value: &'a Value<'a>) -> Result<Self, Mismatch> {
        Ok(Self(value.clone()))
    }
}

impl<'a> OptionalInput<'a> for Any<'a> {}
