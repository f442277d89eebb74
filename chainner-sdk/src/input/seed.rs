//! Seeds: a number with a button that rolls a new one.

use crate::{
    declare::{DefaultValue, InputOptions, Kind},
    enforce::{InputSpec, SeedSpec},
    error::Mismatch,
    value::{Seed, Value},
};

use super::{DefaultInput, NodeInput};

impl NodeInput<'_> for Seed {
    const KIND: Kind = Kind::Seed;

    fn declare(options: &InputOptions) -> InputSpec {
        InputSpec::Seed(SeedSpec::new(options))
    }

    fn take(value: &Value<'_>) -> Result<Self, Mismatch> {
        match value {
            &Value::Seed(seed) => Ok(seed),
            other => Err(Mismatch::new("a seed", other)),
        }
    }
}

impl DefaultInput for Seed {
    type Default = Seed;

    fn default_value(default: Seed) -> DefaultValue {
        DefaultValue::Integer(default.0)
    }
}
