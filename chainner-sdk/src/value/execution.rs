//! How often the chain was run.

/// Number of the run, from 1. The app counts; the artist sees no control.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExecutionNumber(pub i64);
