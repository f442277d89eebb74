//! Values that are made only when a node asks for them.

use std::{fmt, marker::PhantomData, sync::Arc};

use crate::{enforce::InputSpec, error::NodeError, input::NodeInput, sequence::SequenceItem};

use super::{Kept, Value};

/// An input that is worked out only if the node asks: what is connected to it need not run.
///
/// In chaiNNer, the nodes that lead to it run at the first [`get`](Self::get); its new executor runs them before the node
/// nevertheless. `T` is an input that borrows nothing. Elsewhere the value is there already.
///
/// ```
/// use chainner_sdk::prelude::*;
/// # const FILM: Group = Category::new("Film Lab", "Looks of photographic film.").group("Film");
///
/// /// Takes the scan, or if there is none the much slower enlargement.
/// #[node(id = "film_lab:film:pick", group = FILM)]
/// fn pick(scan: Option<Image>, enlargement: Lazy<Image>) -> Result<Image, NodeError> {
///     scan.map_or_else(|| enlargement.get(), Ok)
/// }
///
/// assert!(pick(Some(Image::new(1, 1, 3)), Lazy::new(|| panic!("nobody asks"))).is_ok());
/// assert!(pick(None, Lazy::new(|| Err(NodeError::new("out of paper")))).is_err());
/// ```
pub struct Lazy<T> {
    source: Source<T>,
    /// Where a host is asked, matters to it: on a thread of the node's.
    thread: PhantomData<*const ()>,
}

enum Source<T> {
    /// An argument that is not enforced yet.
    Given { value: Kept, spec: Box<InputSpec>, optional: bool, label: &'static str },
    /// That of a caller in Rust.
    Own(Box<dyn Fn() -> Result<T, NodeError>>),
}

impl<T> Lazy<T> {
    /// For callers in Rust, such as tests.
    pub fn new(value: impl Fn() -> Result<T, NodeError> + 'static) -> Self {
        Self { source: Source::Own(Box::new(value)), thread: PhantomData }
    }

    pub(crate) fn given(value: Kept, spec: InputSpec, optional: bool, label: &'static str) -> Self {
        Self { source: Source::Given { value, spec: Box::new(spec), optional, label }, thread: PhantomData }
    }
}

impl<T: SequenceItem> Lazy<T> {
    /// Works out the value. A host does so once, whoever asks again.
    ///
    /// # Errors
    /// The nodes that lead to the input have failed, or the input does not take what they give.
    pub fn get(&self) -> Result<T, NodeError> {
        match &self.source {
            Source::Own(value) => value(),
            Source::Given { value, spec, optional, label } => {
                let take = |value: Value<'_>| {
                    let taken = spec.enforce(value, *optional).and_then(|value| <T as NodeInput<'_>>::take(&value));
                    taken.map_err(|mismatch| NodeError::mismatch(label, mismatch))
                };
                let Value::Lazy(lazy) = value.value() else { return take(value.value()) };
                let mut taken = None;
                lazy.0.with(&mut |value| taken = Some(take(value)))?;
                taken.unwrap_or_else(|| Err(NodeError::new("there is no value").input(*label)))
            }
        }
    }
}

impl<T> fmt::Debug for Lazy<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lazy").finish_non_exhaustive()
    }
}

/// Works out a value for as long as it is looked at.
pub trait LazySource: Send + Sync {
    /// Works out the value and shows it.
    ///
    /// # Errors
    /// It cannot be worked out.
    fn with(&self, take: &mut (dyn FnMut(Value<'_>) + Send)) -> Result<(), NodeError>;
}

/// A value that a host has not worked out yet.
#[derive(Clone)]
pub struct LazyValue(Arc<dyn LazySource>);

impl LazyValue {
    /// The value of a source.
    pub fn new(source: impl LazySource + 'static) -> Self {
        Self(Arc::new(source))
    }
}

impl PartialEq for LazyValue {
    /// Whether both are the very same.
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl fmt::Debug for LazyValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LazyValue")
    }
}
