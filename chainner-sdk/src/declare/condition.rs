//! Conditions of `when(…)`: an input is shown, and asked for, only while its condition holds.

use crate::library::ChoiceId;

/// When an input is shown.
#[derive(Debug, Clone, Copy)]
pub enum Condition {
    /// All hold.
    All(&'static [Condition]),
    /// At least one holds.
    Any(&'static [Condition]),
    /// The inner one does not hold.
    Not(&'static Condition),
    /// A choice or yes/no input has one of these values.
    Is {
        /// Index of the input among the node's inputs.
        input: usize,
        /// The values, at least one.
        values: &'static [fn() -> ChoiceId],
    },
}

/// Types of inputs that `when(…)` can ask about: choices and `bool`.
#[diagnostic::on_unimplemented(
    message = "`when` cannot ask about an input of type `{Self}`",
    label = "neither a choice nor a `bool`",
    note = "the app can only compare choices (`#[derive(Choice)]`) and `bool` inputs without a handle"
)]
pub trait ConditionValue {
    /// What the host stores for the value.
    fn condition_value(self) -> ChoiceId;
}

impl ConditionValue for bool {
    fn condition_value(self) -> ChoiceId {
        ChoiceId::Number(self.into())
    }
}
