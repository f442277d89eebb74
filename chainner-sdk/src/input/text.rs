//! Text: a line, or with `multiline` an area.

use crate::{
    declare::{DefaultValue, InputOptions, Kind},
    enforce::{InputSpec, TextSpec},
    error::Mismatch,
    value::Value,
};

use super::{DefaultInput, NodeInput, OptionalInput};

macro_rules! texts {
    ($($text:ty),*) => {$(
        impl<'a> NodeInput<'a> for $text {
            const KIND: Kind = Kind::Text;

            fn declare(options: &InputOptions) -> InputSpec {
                InputSpec::Text(TextSpec::new(options))
            }

            fn take(value: &'a Value<'a>) -> Result<Self, Mismatch> {
                match value {
                    Value::Text(text) => Ok((&**text).into()),
                    other => Err(Mismatch::new("text", other)),
                }
            }
        }

        impl<'a> DefaultInput for $text {
            type Default = &'static str;

            fn default_value(default: &'static str) -> DefaultValue {
                DefaultValue::Text(default)
            }
        }

        impl<'a> OptionalInput<'a> for $text {}
    )*};
}

texts!(String, &'a str);
