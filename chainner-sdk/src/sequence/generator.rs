//! `Generator<T>`: outputs that are given item by item.

use std::fmt;

use crate::{
    declare::OutputKind,
    error::NodeError,
    output::{NodeFailure, NodeOutput, NodeReturn, Returned},
    value::OutputValue,
};

use super::ItemType;

/// Outputs that are given item by item, made of any iterator.
///
/// `T` is an output, or a tuple of outputs that are given together. Outputs that are no sequence follow in a tuple:
/// `(Generator<(Image, u32)>, String)`.
///
/// The iterator runs on a thread of its own, a few items ahead of the host; it owns what it needs (`move`), since the function has
/// long returned. An item may be a `Result`: unless the generator is told to [skip errors](Self::skip_errors), the first error ends
/// the sequence.
///
/// ```
/// use chainner_sdk::prelude::*;
///
/// fn halves(of: Vec<u32>) -> Generator<u32> {
///     let half = |number: u32| match number % 2 {
///         0 => Ok(number / 2),
///         _ => Err(NodeError::new(format!("{number} cannot be halved"))),
///     };
///     Generator::from_iter(of.into_iter().map(half)).skip_errors()
/// }
/// assert_eq!(halves(vec![4, 5, 6]).filter_map(Result::ok).collect::<Vec<_>>(), [2, 3]);
/// ```
pub struct Generator<T> {
    length: Option<usize>,
    fail_fast: bool,
    types: Vec<ItemType>,
    items: Box<dyn Iterator<Item = Result<T, NodeError>> + Send>,
}

impl<T: Generated> Generator<T> {
    /// A sequence of `length` items. The app shows the progress by the length; the iterator decides how many there are.
    ///
    /// `None` is for functions that take [`Items`](super::Items) and cannot know before they have seen them; a function without
    /// has to tell.
    pub fn new<I: IntoItem<T> + 'static>(
        length: impl Into<Option<usize>>,
        items: impl IntoIterator<Item = I, IntoIter: Send + 'static>,
    ) -> Self {
        let items = Box::new(items.into_iter().map(IntoItem::into_item));
        Self { length: length.into(), fail_fast: true, types: Vec::new(), items }
    }

    /// A sequence of as many items as the iterator has.
    #[expect(
        clippy::should_implement_trait,
        reason = "`FromIterator` takes iterators that do not know their length, too"
    )]
    pub fn from_iter<I: IntoItem<T> + 'static>(
        items: impl IntoIterator<Item = I, IntoIter: ExactSizeIterator + Send + 'static>,
    ) -> Self {
        let items = items.into_iter();
        Self::new(items.len(), items)
    }

    /// Whether the first error ends the sequence, as it does unless told otherwise.
    pub fn fail_fast(self, fail_fast: bool) -> Self {
        Self { fail_fast, ..self }
    }

    /// Errors leave out their item only; the app tells them all at the end.
    pub fn skip_errors(self) -> Self {
        self.fail_fast(false)
    }

    /// What is known of all items before any is made, one for each output, in order; those left off are unknown.
    pub fn item_types(self, types: impl IntoIterator<Item = ItemType>) -> Self {
        Self { types: types.into_iter().collect(), ..self }
    }

    /// How many items there will be, if known.
    pub fn expected_length(&self) -> Option<usize> {
        self.length
    }

    fn into_sequence(self) -> Sequence {
        let Self { length, fail_fast, mut types, items } = self;
        types.resize(T::KINDS.len(), ItemType::Unknown);
        Sequence { length, fail_fast, types, items: Box::new(items.map(|item| item.map(T::into_values))) }
    }
}

impl<T> Iterator for Generator<T> {
    type Item = Result<T, NodeError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.items.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.items.size_hint()
    }
}

impl<T> fmt::Debug for Generator<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { length, fail_fast, types: _, items: _ } = self;
        f.debug_struct("Generator").field("length", length).field("fail_fast", fail_fast).finish_non_exhaustive()
    }
}

/// A generator whatever its items are.
pub struct Sequence {
    pub(super) length: Option<usize>,
    pub(super) fail_fast: bool,
    pub(super) types: Vec<ItemType>,
    pub(super) items: Box<dyn Iterator<Item = Result<Vec<OutputValue>, NodeError>> + Send>,
}

impl fmt::Debug for Sequence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sequence").field("length", &self.length).finish_non_exhaustive()
    }
}

/// What a sequence can be of: an output, or a tuple of up to twelve.
#[diagnostic::on_unimplemented(
    message = "a `Generator` cannot give `{Self}`",
    label = "not a type of output",
    note = "an item is an output (`Image`, a number, `bool`, `String`, `Color`, `DirPath`, `Seed`, `Handle<T>`, `Any`) or a tuple of \
            outputs; errors are written into the iterator: `Generator::new(length, iterator of Result<Image, NodeError>)`"
)]
pub trait Generated: Sized + 'static {
    /// What the outputs give, in order.
    const KINDS: &'static [OutputKind];

    /// The values for the host, in order.
    fn into_values(self) -> Vec<OutputValue>;
}

/// What an iterator behind a [`Generator<T>`] gives: `T`, or a `Result` with any error a node may have.
#[diagnostic::on_unimplemented(
    message = "an iterator of `{Self}` makes no `Generator<{T}>`",
    label = "expected items of type `{T}` or `Result<{T}, NodeError>`"
)]
pub trait IntoItem<T> {
    /// The item, or its error.
    ///
    /// # Errors
    /// The author's.
    fn into_item(self) -> Result<T, NodeError>;
}

impl<T: Generated> IntoItem<T> for T {
    fn into_item(self) -> Result<T, NodeError> {
        Ok(self)
    }
}

impl<T: Generated, E: NodeFailure> IntoItem<T> for Result<T, E> {
    fn into_item(self) -> Result<T, NodeError> {
        self.map_err(Into::into)
    }
}

impl<T: Generated> NodeReturn for Generator<T> {
    const KINDS: &'static [OutputKind] = T::KINDS;
    const ITERATED: usize = T::KINDS.len();

    fn into_returned(self) -> Result<Returned, NodeError> {
        Ok(Returned { sequence: Some(self.into_sequence()), values: Vec::new() })
    }
}

/// Two lists of outputs as one.
const fn joined<const N: usize>(first: &[OutputKind], second: &[OutputKind]) -> [OutputKind; N] {
    let mut all = [OutputKind::Bool; N];
    let mut index = 0;
    while index < first.len() + second.len() {
        all[index] = if index < first.len() { first[index] } else { second[index - first.len()] };
        index += 1;
    }
    all
}

/// At least as many outputs as the longest tuples give, items and the rest together.
const MOST: usize = 32;

macro_rules! generators_with_statics {
    ($($($name:ident)*;)*) => {$(
        #[allow(non_snake_case, reason = "type parameters name the values too")]
        impl<T: Generated, $($name: NodeOutput),*> NodeReturn for (Generator<T>, $($name,)*) {
            const KINDS: &'static [OutputKind] = {
                let fixed: &[OutputKind] = &[$($name::KIND),*];
                const { &joined::<MOST>(T::KINDS, &[$($name::KIND),*]) }.split_at(T::KINDS.len() + fixed.len()).0
            };
            const ITERATED: usize = T::KINDS.len();

            fn into_returned(self) -> Result<Returned, NodeError> {
                let (generator, $($name,)*) = self;
                Ok(Returned { sequence: Some(generator.into_sequence()), values: vec![$($name.into_value()),*] })
            }
        }
    )*};
}

generators_with_statics! {
    ;
    A;
    A B;
    A B C;
    A B C D;
    A B C D E;
    A B C D E F;
    A B C D E F G;
    A B C D E F G H;
    A B C D E F G H I;
    A B C D E F G H I J;
    A B C D E F G H I J K;
}
