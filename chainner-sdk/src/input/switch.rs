//! `bool`: a check box, or with `handle` an input that takes an edge.

use crate::{
    declare::{DefaultValue, InputOptions, Kind},
    enforce::{BoolSpec, InputSpec},
    error::Mismatch,
    value::Value,
};

use super::{DefaultInput, NodeInput};

impl NodeInput<'_> for bool {
    const KIND: Kind = Kind::Bool;

    fn declare(options: &InputOptions) -> InputSpec {
        InputSpec::Bool(BoolSpec::new(options))
    }

    fn take(value: &Value<'_>) -> Result<Self, Mismatch> {
        match value {
            &Value::Bool(value) => Ok(value),
            other => Err(Mismatch::new("yes or no", other)),
        }
    }
}

impl DefaultInput for bool {
    type Default = bool;

    fn default_value(default: bool) -> DefaultValue {
        DefaultValue::Bool(default)
    }
}
