//! Yes or no.

use crate::{
    declare::{DefaultValue, InputOptions},
    error::Mismatch,
    value::Value,
};

pub(super) const YES_OR_NO: &str = "yes or no (true, false, 1 or 0)";

/// An input for yes or no.
#[derive(Debug, Clone, PartialEq)]
pub struct BoolSpec {
    /// Value of a new node.
    pub default: bool,
    /// Takes an edge instead of being a check box.
    pub handle: bool,
    /// Icon of the check box.
    pub icon: Option<&'static str>,
}

impl BoolSpec {
    /// From the keys.
    pub fn new(options: &InputOptions) -> Self {
        let default = match options.default.map(|default| default()) {
            Some(DefaultValue::Bool(default)) => default,
            _ => false,
        };
        Self { default, handle: options.handle.unwrap_or(false), icon: options.icon }
    }
}

pub(super) fn enforce(value: Value<'_>) -> Result<Value<'_>, Mismatch> {
    match value {
        Value::Bool(_) => Ok(value),
        Value::Integer(number @ (0 | 1)) => Ok(Value::Bool(number == 1)),
        Value::Float(number) if number == 0.0 || number == 1.0 => Ok(Value::Bool(number == 1.0)),
        other => Err(Mismatch::new(YES_OR_NO, other)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_and_zero_are_yes_and_no_in_every_form() {
        for (value, is) in [(Value::Bool(true), true), (Value::Integer(0), false), (Value::Float(1.0), true)] {
            assert_eq!(enforce(value), Ok(Value::Bool(is)));
        }
        for value in [Value::Integer(2), Value::Float(0.5), Value::Text("yes".into())] {
            assert!(enforce(value).is_err());
        }
    }
}
