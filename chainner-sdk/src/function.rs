//! The types of a node function as expansions ask for them: each bound in one place, so that a type that breaks it is reported
//! once.

use crate::{
    declare::{Choice, ChoiceTable, InputOptions, Kind, OutputKind},
    enforce::InputSpec,
    error::NodeError,
    input::NodeInput,
    node::Arguments,
    output::{NodeReturn, Returned},
    sequence::ItemFn,
};

/// What is known of the type of an argument.
#[derive(Debug, Clone, Copy)]
pub struct InputType<'a, T> {
    /// [`NodeInput::KIND`].
    pub kind: Kind,
    /// [`NodeInput::OPTIONAL`].
    pub optional: bool,
    /// [`NodeInput::declare`].
    pub declare: fn(&InputOptions) -> InputSpec,
    /// [`NodeInput::ITEM`].
    pub item: Option<ItemFn>,
    take: fn(Arguments<'a>, usize) -> Result<T, NodeError>,
}

/// The type of an argument.
pub const fn input<'a, T: NodeInput<'a>>() -> InputType<'a, T> {
    InputType { kind: T::KIND, optional: T::OPTIONAL, declare: T::declare, item: T::ITEM, take: T::from_arguments }
}

/// What is known of the type of an argument, without the type: what expansions ask again and again, the compiler answers once.
#[derive(Debug, Clone, Copy)]
pub struct InputFacts {
    /// [`NodeInput::KIND`].
    pub kind: Kind,
    /// [`NodeInput::OPTIONAL`].
    pub optional: bool,
    /// [`NodeInput::declare`].
    pub declare: fn(&InputOptions) -> InputSpec,
    /// [`NodeInput::ITEM`].
    pub item: Option<ItemFn>,
}

impl<'a, T> InputType<'a, T> {
    /// What is known of it.
    pub const fn facts(&self) -> InputFacts {
        let Self { kind, optional, declare, item, .. } = *self;
        InputFacts { kind, optional, declare, item }
    }

    /// The argument at `index`.
    ///
    /// # Errors
    /// When the type cannot hold the value.
    pub fn take(&self, arguments: Arguments<'a>, index: usize) -> Result<T, NodeError> {
        (self.take)(arguments, index)
    }
}

/// What is known of the type that a function returns.
#[derive(Debug, Clone, Copy)]
pub struct ReturnType<T> {
    /// [`NodeReturn::KINDS`].
    pub kinds: &'static [OutputKind],
    /// [`NodeReturn::ITERATED`].
    pub iterated: usize,
    values: fn(T) -> Result<Returned, NodeError>,
}

/// The type that a function returns.
pub const fn returns<T: NodeReturn>() -> ReturnType<T> {
    ReturnType { kinds: T::KINDS, iterated: T::ITERATED, values: T::into_returned }
}

/// What is known of the type that a function returns, without the type.
#[derive(Debug, Clone, Copy)]
pub struct ReturnFacts {
    /// [`NodeReturn::KINDS`].
    pub kinds: &'static [OutputKind],
    /// [`NodeReturn::ITERATED`].
    pub iterated: usize,
}

impl<T> ReturnType<T> {
    /// What is known of it.
    pub const fn facts(&self) -> ReturnFacts {
        ReturnFacts { kinds: self.kinds, iterated: self.iterated }
    }

    /// The values for the host.
    ///
    /// # Errors
    /// The author's error.
    pub fn values(&self, returned: T) -> Result<Returned, NodeError> {
        (self.values)(returned)
    }
}

/// Inputs that `when(name)` can ask about without a comparison.
#[diagnostic::on_unimplemented(
    message = "`when` asks a `bool` here, and this input is of type `{Self}`",
    label = "not a `bool`",
    note = "compare a choice with one of its variants: `when(shape == Shape::Oval)`"
)]
pub trait FlagInput {}

impl FlagInput for bool {}

/// The input is a flag.
pub const fn asks_a_flag<T: FlagInput>() {}

/// Inputs with a `style`.
#[diagnostic::on_unimplemented(
    message = "`style` needs a choice, and `{Self}` is none",
    label = "`style` is not allowed here",
    note = "a choice is an enum with `#[derive(Choice)]`"
)]
pub trait StyledInput {
    /// What the derive knows of the enum.
    const TABLE: ChoiceTable;
}

#[diagnostic::do_not_recommend]
impl<T: Choice> StyledInput for T {
    const TABLE: ChoiceTable = T::TABLE;
}
