//! The number of the run: an input without a control.

use crate::{
    declare::{InputOptions, Kind},
    enforce::{ExecutionSpec, InputSpec},
    error::Mismatch,
    value::{ExecutionNumber, Value},
};

use super::NodeInput;

impl NodeInput<'_> for ExecutionNumber {
    const KIND: Kind = Kind::ExecutionNumber;

    fn declare(_: &InputOptions) -> InputSpec {
        InputSpec::ExecutionNumber(ExecutionSpec)
    }

    fn take(value: &Value<'_>) -> Result<Self, Mismatch> {
        match value {
            &Value::Integer(number) => Ok(Self(number)),
            other => Err(Mismatch::new("the number of the run", other)),
        }
    }
}
