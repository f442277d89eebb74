//! Colours: a colour box.

use crate::{
    declare::{DefaultValue, InputOptions, Kind},
    enforce::{ColorSpec, InputSpec},
    error::Mismatch,
    value::{Color, Value},
};

use super::{DefaultInput, NodeInput};

impl NodeInput<'_> for Color {
    const KIND: Kind = Kind::Color;

    fn declare(options: &InputOptions) -> InputSpec {
        InputSpec::Color(ColorSpec::new(options))
    }

    fn take(value: &Value<'_>) -> Result<Self, Mismatch> {
        match value {
            &Value::Color(color) => Ok(color),
            other => Err(Mismatch::new("a colour", other)),
        }
    }
}

impl DefaultInput for Color {
    type Default = Color;

    fn default_value(default: Color) -> DefaultValue {
        DefaultValue::Color(default)
    }
}
