//! Numbers: a number box, or with `slider` a slider.

use crate::{
    declare::{DefaultValue, InputOptions, Kind},
    enforce::{FloatSpec, InputSpec, IntegerSpec},
    error::Mismatch,
    value::Value,
};

use super::{DefaultInput, NodeInput, NumberInput, OptionalInput};

macro_rules! integers {
    ($($integer:ty),*) => {$(
        impl NodeInput<'_> for $integer {
            const KIND: Kind = Kind::Integer;

            fn declare(options: &InputOptions) -> InputSpec {
                InputSpec::Integer(IntegerSpec::new(options, <$integer>::MIN == 0))
            }

            fn take(value: &Value<'_>) -> Result<Self, Mismatch> {
                let expected = || format!("a whole number from {} to {}", <$integer>::MIN, <$integer>::MAX);
                match value {
                    &Value::Integer(value) => {
                        <$integer>::try_from(value).map_err(|_| Mismatch::new(expected(), value))
                    }
                    other => Err(Mismatch::new(expected(), other)),
                }
            }
        }

        impl DefaultInput for $integer {
            type Default = $integer;

            fn default_value(default: $integer) -> DefaultValue {
                DefaultValue::Integer(i64::try_from(default).unwrap_or(i64::MAX))
            }
        }

        impl NumberInput for $integer {
            type Number = $integer;
        }

        impl OptionalInput<'_> for $integer {}
    )*};
}

integers!(i8, i16, i32, i64, isize, u8, u16, u32, u64, usize);

macro_rules! floats {
    ($($float:ty: $single:literal),*) => {$(
        impl NodeInput<'_> for $float {
            const KIND: Kind = Kind::Float;

            fn declare(options: &InputOptions) -> InputSpec {
                InputSpec::Float(FloatSpec::new(options, $single))
            }

            fn take(value: &Value<'_>) -> Result<Self, Mismatch> {
                match value {
                    &Value::Float(value) => Ok(value as $float),
                    other => Err(Mismatch::new("a number", other)),
                }
            }
        }

        impl DefaultInput for $float {
            type Default = $float;

            fn default_value(default: $float) -> DefaultValue {
                DefaultValue::Float(default.into())
            }
        }

        impl NumberInput for $float {
            type Number = $float;
        }

        impl OptionalInput<'_> for $float {}
    )*};
}

floats!(f32: true, f64: false);
