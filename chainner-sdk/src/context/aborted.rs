//! The error of a run that is to stop.

use std::{error::Error, fmt};

/// The run is to stop. A node passes it on with `?`; it is told to nobody as an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Aborted;

impl fmt::Display for Aborted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the run was stopped")
    }
}

impl Error for Aborted {}

impl Aborted {
    /// Whether an error is this one, or was caused by it.
    pub(crate) fn is_behind(error: &(dyn Error + 'static)) -> bool {
        error.is::<Self>() || error.source().is_some_and(Self::is_behind)
    }
}
