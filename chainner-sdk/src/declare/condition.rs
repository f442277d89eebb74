//! Conditions: an input, a group or an option is there only while its condition holds.

use crate::library::ChoiceId;

/// When something is shown, or asked for.
#[derive(Debug, Clone, Copy)]
pub enum Condition {
    /// All hold; none given means always.
    All(&'static [Condition]),
    /// At least one holds; none given means never.
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
    /// What is connected to an input may be of a type.
    Type {
        /// Index of the input among the node's inputs.
        input: usize,
        /// The type, in the host's type language. Only the host's own names are known to it.
        ty: &'static str,
        /// Whether the condition holds while nothing is connected.
        unconnected: bool,
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
