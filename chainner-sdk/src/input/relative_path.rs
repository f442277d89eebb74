//! Relative paths: a text box that refuses what cannot be in one.

use crate::{
    declare::{DefaultValue, InputOptions, Kind},
    enforce::{InputSpec, RelativePathSpec},
    error::Mismatch,
    value::{RelativePath, Value},
};

use super::{DefaultInput, NodeInput, OptionalInput};

impl NodeInput<'_> for RelativePath {
    const KIND: Kind = Kind::RelativePath;

    fn declare(options: &InputOptions) -> InputSpec {
        InputSpec::RelativePath(RelativePathSpec::new(options))
    }

    fn take(value: &Value<'_>) -> Result<Self, Mismatch> {
        match value {
            Value::Text(text) => Ok(Self(text.to_string())),
            other => Err(Mismatch::new("a relative path", other)),
        }
    }
}

impl DefaultInput for RelativePath {
    type Default = &'static str;

    fn default_value(default: &'static str) -> DefaultValue {
        DefaultValue::Text(default)
    }
}

impl OptionalInput<'_> for RelativePath {}
