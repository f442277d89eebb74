//! Numbers and sequences.

pub mod accumulate;
pub mod limit_sequence;
pub mod range;
