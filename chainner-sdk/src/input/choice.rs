//! What `#[derive(Choice)]` builds the input of an enum from.

use crate::{
    declare::{Choice, DefaultValue, InputOptions},
    enforce::{ChoiceSpec, InputSpec},
    error::Mismatch,
    library::ChoiceId,
    value::Value,
};

/// The specification of an input of this choice.
pub fn declare<T: Choice>(options: &InputOptions) -> InputSpec {
    InputSpec::Choice(ChoiceSpec::new(T::TABLE, options))
}

/// Takes an enforced value.
///
/// # Errors
/// When it is not a variant.
pub fn take<T: Choice>(value: &Value<'_>) -> Result<T, Mismatch> {
    match value {
        &Value::Variant(index) => T::from_index(index).ok_or_else(|| Mismatch::new(T::TABLE.name, index)),
        other => Err(Mismatch::new(T::TABLE.name, other)),
    }
}

/// What the host is told of a default.
pub fn default_value<T: Choice>(default: &T) -> DefaultValue {
    DefaultValue::Choice(default.index())
}

/// What the host stores for a variant.
pub fn condition_value<T: Choice>(value: &T) -> ChoiceId {
    T::TABLE.variants[value.index()].id.into()
}
