//! The number of the run.

use crate::{error::Mismatch, value::Value};

pub(super) const A_COUNT: &str = "the number of the run (1, 2, …)";

/// An input that the app writes the number of the run into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExecutionSpec;

pub(super) fn enforce(value: Value<'_>) -> Result<Value<'_>, Mismatch> {
    match value {
        Value::Integer(_) => Ok(value),
        Value::Bool(one) => Ok(Value::Integer(one.into())),
        // Towards zero, as Python's `int` does it.
        Value::Float(number) if number.is_finite() => Ok(Value::Integer(number as i64)),
        other => Err(Mismatch::new(A_COUNT, other)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_become_whole_and_nan_is_refused() {
        assert_eq!(enforce(Value::Float(3.9)), Ok(Value::Integer(3)));
        assert!(enforce(Value::Float(f64::NAN)).is_err());
        assert!(enforce(Value::Text("3".into())).is_err());
    }
}
