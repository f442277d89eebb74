//! The values of a call for a body on a thread of its own, which reads them when the host has long gone on.

use crate::value::{self, Value};

/// Enforced values, owned.
pub(crate) struct Kept(Vec<value::Kept>);

impl Kept {
    pub(crate) fn new(values: Vec<Value<'_>>) -> Self {
        Self(values.into_iter().map(value::Kept::from).collect())
    }

    /// The values, as they came.
    pub(crate) fn values(&self) -> Vec<Value<'_>> {
        self.0.iter().map(value::Kept::value).collect()
    }
}
