//! Types that can be arguments of a node.

mod any;
pub(crate) mod choice;
mod clipboard;
mod color;
mod context;
mod execution;
mod handle;
mod image;
mod lazy;
mod number;
mod optional;
mod path;
mod relative_path;
mod seed;
mod switch;
mod text;

use crate::{
    declare::{DefaultValue, InputOptions, Kind},
    enforce::InputSpec,
    error::{Mismatch, NodeError},
    node::Arguments,
    sequence::ItemFn,
    value::Value,
};

pub use image::ImageOrColor;

/// A type that can be an argument of a node.
///
/// Which type it is decides what the app draws, what a saved chain holds and what values are let through; see the
/// implementations. The lifetime is that of the call: views borrow from what the host passed.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be an input of a node",
    label = "not a type of input",
    note = "inputs are numbers (`f32`, `i32`, `u8`, …), `bool`, `String`, `&str`, `ImageView<'_>`, `ImageOrColor<'_>`, `Color`, \
            `FilePath`, `DirPath`, `RelativePath`, `Seed`, `Clipboard<'_>`, `ExecutionNumber`, `Any`, `Handle<T>`, enums with \
            `#[derive(Choice)]`, and `Option` of those that may stay empty",
    note = "the run that the node is part of is `&Context`, the first argument",
    note = "a sequence that is given item by item is `Items<…>` of an input that borrows nothing",
    note = "an enum of your own needs `#[derive(Choice)]`"
)]
pub trait NodeInput<'a>: Sized {
    /// What sort of input it is.
    const KIND: Kind;

    /// Whether the input may stay empty.
    const OPTIONAL: bool = false;

    /// How a value becomes an item, if the input is given item by item.
    #[doc(hidden)]
    const ITEM: Option<ItemFn> = None;

    /// Whether its value is worked out when the node asks.
    #[doc(hidden)]
    const LAZY: bool = false;

    /// Whether it is no input but the run that the node is part of.
    #[doc(hidden)]
    const CONTEXT: bool = false;

    /// The specification that values are enforced against, made from the keys of `#[input(…)]`.
    fn declare(options: &InputOptions) -> InputSpec;

    /// Takes an enforced value.
    ///
    /// # Errors
    /// When the type cannot hold the value, such as 300 for a `u8` without a range.
    fn take(value: &'a Value<'a>) -> Result<Self, Mismatch>;

    /// Takes the argument at `index`.
    ///
    /// # Errors
    /// Those of [`take`](Self::take).
    #[doc(hidden)]
    fn from_arguments(arguments: Arguments<'a>, index: usize) -> Result<Self, NodeError> {
        arguments.take_with(index, Self::take)
    }
}

/// Inputs that a new node can start with a value in.
#[diagnostic::on_unimplemented(
    message = "an input of type `{Self}` has no default",
    label = "`default` is not allowed here",
    note = "numbers, text, `bool`, choices, colours and seeds have defaults; images, files and directories come from the artist, \
            items of a sequence through a connection, and an optional input starts empty"
)]
pub trait DefaultInput {
    /// Type of the `default` expression.
    type Default: 'static;

    /// What the host is told.
    fn default_value(default: Self::Default) -> DefaultValue;
}

/// Number inputs: those with `range` and `step`.
#[diagnostic::on_unimplemented(
    message = "`range`, `step` and `slider_step` need a number input, and `{Self}` is none",
    label = "not a number",
    note = "number inputs are `f32`, `f64`, the integers up to 64 bits, and `Option` of them"
)]
pub trait NumberInput {
    /// Type of the expressions in `range` and `step`.
    type Number: Copy + PartialOrd;
}

/// Inputs that may stay empty: `Option<T>` is an input for these.
#[diagnostic::on_unimplemented(
    message = "an input of type `{Self}` cannot be optional",
    label = "the app gives this sort of input a value always",
    note = "numbers, text, images, files, directories, handles and `Any` can be optional; a `bool`, choice, colour or seed cannot"
)]
pub trait OptionalInput<'a>: NodeInput<'a> {}
