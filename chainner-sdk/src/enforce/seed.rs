//! Seeds: any whole number, or a text.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::{
    declare::{DefaultValue, InputOptions},
    error::Mismatch,
    value::{Seed, Value},
};

pub(super) const A_SEED: &str = "a seed (a whole number)";

/// An input for a seed.
#[derive(Debug, Clone, PartialEq)]
pub struct SeedSpec {
    /// Value of a new node.
    pub default: i64,
}

impl SeedSpec {
    /// From the keys.
    pub fn new(options: &InputOptions) -> Self {
        let default = match options.default.map(|default| default()) {
            Some(DefaultValue::Integer(default)) => default,
            _ => 0,
        };
        Self { default }
    }
}

pub(super) fn enforce(value: Value<'_>) -> Result<Value<'_>, Mismatch> {
    let seed = match value {
        Value::Seed(_) => return Ok(value),
        Value::Integer(seed) => seed,
        Value::Bool(seed) => seed.into(),
        Value::Float(seed) if seed.is_finite() => {
            let whole = seed.trunc();
            if whole.abs() < 9e18 { whole as i64 } else { fold(whole.to_bits()) }
        }
        Value::Text(ref text) => text.trim().parse().map_err(|_| Mismatch::new(A_SEED, &value))?,
        other => return Err(Mismatch::new(A_SEED, other)),
    };
    Ok(Value::Seed(Seed(seed)))
}

/// 64 bits for a seed that has more; the same ones each time.
fn fold(bits: u64) -> i64 {
    // `DefaultHasher::new` has fixed keys.
    let mut hasher = DefaultHasher::new();
    bits.hash(&mut hasher);
    hasher.finish() as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_of_every_form_are_seeds() {
        for (value, seed) in [
            (Value::Integer(-7), -7),
            (Value::Float(2.9), 2),
            (Value::Float(-2.9), -2),
            (Value::Text(" 12 ".into()), 12),
        ] {
            assert_eq!(enforce(value), Ok(Value::Seed(Seed(seed))));
        }
        assert_eq!(enforce(Value::Float(1e30)), enforce(Value::Float(1e30)));
        assert_ne!(enforce(Value::Float(1e30)), enforce(Value::Float(1e31)));
        for value in [Value::Float(f64::NAN), Value::Text("x".into()), Value::Missing] {
            assert!(enforce(value).is_err());
        }
    }
}
