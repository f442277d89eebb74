//! Anything: passed along as it is.

/// An input for anything, nothing included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AnySpec;
