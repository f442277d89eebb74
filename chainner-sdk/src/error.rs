//! The error of a node.

use std::{error::Error, fmt};

use crate::context::Aborted;

/// Why a node gave no result. It names the node, and the input if one is to blame.
///
/// Any `std::error::Error` turns into one with `?`, so node functions may return `Result<_, NodeError>`, or their own error
/// type.
///
/// ```
/// use chainner_sdk::prelude::*;
///
/// fn half(count: u32) -> Result<u32, NodeError> {
///     let text = std::str::from_utf8(b"2")?; // any error
///     let by: u32 = text.parse()?;
///     if count % by != 0 {
///         return Err(NodeError::new(format!("{count} cannot be halved")));
///     }
///     Ok(count / by)
/// }
/// assert_eq!(half(3).unwrap_err().to_string(), "3 cannot be halved");
/// ```
pub struct NodeError {
    inner: Box<Inner>,
}

struct Inner {
    node: Option<&'static str>,
    input: Option<String>,
    cause: Cause,
}

enum Cause {
    /// Said by the author.
    Message(String),
    /// An error of the author's.
    Error(Box<dyn Error + Send + Sync>),
    /// A value that the input does not take.
    Mismatch(Mismatch),
    /// What the node returned is not what it declares.
    Broken(String),
    /// The body panicked.
    Panic { message: String, place: Option<String> },
}

/// What sort of error it is; decides the exception class in Python and the exit code of `run`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// An input got a value it does not take.
    Input,
    /// The node itself says it cannot.
    Node,
    /// The node panicked, or broke its own declaration.
    Bug,
    /// The run was stopped, and the node has heard of it.
    Aborted,
}

impl NodeError {
    /// An error with a message for the artist: what went wrong, and what to do.
    pub fn new(message: impl Into<String>) -> Self {
        Self::from_cause(Cause::Message(message.into()))
    }

    /// Blames an input, by its label.
    pub fn input(mut self, label: impl Into<String>) -> Self {
        self.inner.input = Some(label.into());
        self
    }

    pub(crate) fn mismatch(label: &str, mismatch: Mismatch) -> Self {
        Self::from_cause(Cause::Mismatch(mismatch)).input(label)
    }

    pub(crate) fn broken(message: impl Into<String>) -> Self {
        Self::from_cause(Cause::Broken(message.into()))
    }

    pub(crate) fn panic(message: String, place: Option<String>) -> Self {
        Self::from_cause(Cause::Panic { message, place })
    }

    pub(crate) fn at_node(mut self, name: &'static str) -> Self {
        self.inner.node = Some(name);
        self
    }

    fn from_cause(cause: Cause) -> Self {
        Self { inner: Box::new(Inner { node: None, input: None, cause }) }
    }

    /// Whether the body panicked.
    pub(crate) fn is_panic(&self) -> bool {
        matches!(self.inner.cause, Cause::Panic { .. })
    }

    /// What sort of error it is.
    pub fn kind(&self) -> ErrorKind {
        match &self.inner.cause {
            Cause::Mismatch(_) => ErrorKind::Input,
            Cause::Error(error) if Aborted::is_behind(error.as_ref()) => ErrorKind::Aborted,
            Cause::Message(_) | Cause::Error(_) => ErrorKind::Node,
            Cause::Panic { .. } | Cause::Broken(_) => ErrorKind::Bug,
        }
    }
}

impl<E: Error + Send + Sync + 'static> From<E> for NodeError {
    fn from(error: E) -> Self {
        Self::from_cause(Cause::Error(Box::new(error)))
    }
}

impl fmt::Display for NodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { node, input, cause } = &*self.inner;
        match (node, input) {
            (Some(node), Some(input)) => write!(f, "{node}, input '{input}': ")?,
            (Some(node), None) => write!(f, "{node}: ")?,
            (None, Some(input)) => write!(f, "input '{input}': ")?,
            (None, None) => {}
        }
        match cause {
            Cause::Message(message) => f.write_str(message),
            Cause::Broken(message) => {
                write!(f, "{message}\nThis is a bug in the node; please report it to its author.")
            }
            Cause::Mismatch(mismatch) => write!(f, "{mismatch}"),
            Cause::Error(error) => {
                write!(f, "{error}")?;
                let mut source = error.source();
                while let Some(inner) = source {
                    write!(f, ": {inner}")?;
                    source = inner.source();
                }
                Ok(())
            }
            Cause::Panic { message, place } => {
                write!(f, "the node panicked")?;
                if let Some(place) = place {
                    write!(f, " at {place}")?;
                }
                write!(f, ": {message}\nThis is a bug in the node; please report it to its author.")
            }
        }
    }
}

impl fmt::Debug for NodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NodeError({:?}: {self})", self.kind())
    }
}

/// A value that an input does not take: what was expected, and what came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    expected: String,
    got: String,
}

impl Mismatch {
    /// Both in words that continue "expected …" and "got …".
    pub fn new(expected: impl Into<String>, got: impl fmt::Display) -> Self {
        Self { expected: expected.into(), got: got.to_string() }
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected {}, got {}", self.expected, self.got)
    }
}
