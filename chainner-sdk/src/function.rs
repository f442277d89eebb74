//! The types of a node function as expansions ask for them: each bound in one place, so that a type that breaks it is reported
//! once.

use crate::{
    declare::{Choice, ChoiceTable, InputDecl, InputOptions, Kind, OutputKind},
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
    /// [`NodeInput::LAZY`].
    pub lazy: bool,
    /// [`NodeInput::CONTEXT`].
    pub context: bool,
    take: fn(Arguments<'a>, usize) -> Result<T, NodeError>,
}

/// The type of an argument.
pub const fn input<'a, T: NodeInput<'a>>() -> InputType<'a, T> {
    InputType {
        kind: T::KIND,
        optional: T::OPTIONAL,
        declare: T::declare,
        item: T::ITEM,
        lazy: T::LAZY,
        context: T::CONTEXT,
        take: T::from_arguments,
    }
}

/// The inputs among the arguments: all, or all but the first, which is the context.
pub const fn inputs(has_context: bool, arguments: &'static [InputDecl]) -> &'static [InputDecl] {
    match arguments {
        [_, inputs @ ..] if has_context => inputs,
        all => all,
    }
}

/// Place among the inputs of the argument at `index`.
///
/// # Panics
/// At compile time, when that is the context.
#[track_caller]
pub const fn input_index(has_context: bool, index: usize) -> usize {
    assert!(!has_context || index > 0, "the context of the run is no input");
    index - has_context as usize
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
    /// [`NodeInput::LAZY`].
    pub lazy: bool,
}

impl<'a, T> InputType<'a, T> {
    /// What is known of it.
    pub const fn facts(&self) -> InputFacts {
        let Self { kind, optional, declare, item, lazy, .. } = *self;
        InputFacts { kind, optional, declare, item, lazy }
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
