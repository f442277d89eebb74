//! `Option<T>`: an input that may stay empty.

use crate::{
    declare::{InputOptions, Kind},
    enforce::InputSpec,
    error::Mismatch,
    value::Value,
};

use super::{NodeInput, NumberInput, OptionalInput};

impl<'a, T: OptionalInput<'a>> NodeInput<'a> for Option<T> {
    const KIND: Kind = T::KIND;
    const OPTIONAL: bool = true;

    fn declare(options: &InputOptions) -> InputSpec {
        T::declare(options)
    }

    fn take(value: &'a Value<'a>) -> Result<Self, Mismatch> {
        match value {
            Value::Missing => Ok(None),
            value => T::take(value).map(Some),
        }
    }
}

impl<T: NumberInput> NumberInput for Option<T> {
    type Number = T::Number;
}
