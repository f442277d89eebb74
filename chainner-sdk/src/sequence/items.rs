//! `Items<T>`: an input that is given item by item.

use std::{any::Any, collections::VecDeque, fmt, marker::PhantomData, sync::Arc};

use crate::{
    declare::{InputOptions, Kind},
    enforce::InputSpec,
    error::{Mismatch, NodeError},
    input::{NodeInput, NumberInput},
    node::Arguments,
    value::Value,
};

use super::Exchange;

/// An input that is given item by item: an ordinary iterator that waits for each.
///
/// A function with such an argument runs on a thread of its own while the host works through the sequence; it returns when it has
/// seen enough. Each item is enforced against the argument's `#[input(…)]`, as a single value would be. The connection is always
/// there, so there is no `default`.
///
/// Several such arguments are stepped together: `for (a, b) in first.zip(second)`. Reading one ahead of the other works, and keeps
/// what is skipped in memory.
///
/// When the run is stopped, the iterator does not end but unwinds the function: half a sequence is not taken for a whole one.
pub struct Items<T> {
    source: Source<T>,
}

enum Source<T> {
    /// Those of a running node, by the number of the iterated input.
    Host { exchange: Arc<Exchange>, input: usize, item: PhantomData<fn() -> T> },
    /// Those of a caller in Rust.
    Own(VecDeque<T>),
}

/// One item on its way to the body.
pub struct Item(Box<dyn Any + Send>);

/// Takes an enforced value as an item.
pub type ItemFn = fn(&Value<'_>) -> Result<Item, Mismatch>;

/// A type of input that a sequence can be made of: one that borrows nothing.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be an item of a sequence",
    label = "not a type of item",
    note = "items are inputs that borrow nothing: numbers, `bool`, `String`, `Image`, `Color`, `FilePath`, `DirPath`, \
            `RelativePath`, `Seed`, `Handle<T>`, `Any`",
    note = "for several values an item, write an argument `Items<…>` for each: they are stepped together"
)]
pub trait SequenceItem: for<'a> NodeInput<'a> + Send + 'static {}

#[diagnostic::do_not_recommend]
impl<T: for<'a> NodeInput<'a> + Send + 'static> SequenceItem for T {}

impl<T: SequenceItem> Iterator for Items<T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        match &mut self.source {
            Source::Host { exchange, input, .. } => {
                let item = exchange.take(*input)?;
                let item = item.0.downcast().expect("each input has items of its own type");
                Some(*item)
            }
            Source::Own(items) => items.pop_front(),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        match &self.source {
            Source::Host { .. } => (0, None),
            Source::Own(items) => (items.len(), Some(items.len())),
        }
    }
}

impl<T> Drop for Items<T> {
    fn drop(&mut self) {
        if let Source::Host { exchange, input, .. } = &self.source {
            exchange.close(*input);
        }
    }
}

/// For callers in Rust, such as tests: the items are those given.
impl<T> FromIterator<T> for Items<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self { source: Source::Own(items.into_iter().collect()) }
    }
}

impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").finish_non_exhaustive()
    }
}

impl fmt::Debug for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Item").finish_non_exhaustive()
    }
}

impl<'a, T: SequenceItem> NodeInput<'a> for Items<T> {
    const KIND: Kind = <T as NodeInput<'static>>::KIND;
    const OPTIONAL: bool = <T as NodeInput<'static>>::OPTIONAL;
    const ITEM: Option<ItemFn> = Some(|value| T::take(value).map(|item| Item(Box::new(item))));

    fn declare(options: &InputOptions) -> InputSpec {
        // Items come through a connection; yes-or-no has none unless asked for.
        <T as NodeInput<'static>>::declare(&InputOptions { handle: Some(true), ..*options })
    }

    fn take(value: &'a Value<'a>) -> Result<Self, Mismatch> {
        Err(Mismatch::new("a sequence", value))
    }

    fn from_arguments(arguments: Arguments<'a>, index: usize) -> Result<Self, NodeError> {
        let (exchange, input) = arguments.sequence(index)?;
        Ok(Self { source: Source::Host { exchange: Arc::clone(exchange), input, item: PhantomData } })
    }
}

impl<T: NumberInput> NumberInput for Items<T> {
    type Number = T::Number;
}
