//! Values of the author's own types: nothing but them.

use crate::{
    declare::{NaviStruct, NaviType},
    error::Mismatch,
    value::{Handle, Object, Value},
};

/// An input for a value of an author's type.
#[derive(Debug, Clone, Copy)]
pub struct HandleSpec {
    /// The type, as the host knows it.
    pub of: &'static NaviStruct,
    fits: fn(&Object) -> bool,
}

impl PartialEq for HandleSpec {
    fn eq(&self, other: &Self) -> bool {
        self.of == other.of
    }
}

impl HandleSpec {
    /// For values of the type.
    pub fn new<T: NaviType>() -> Self {
        Self { of: T::NAVI, fits: |object| Handle::<T>::from_object(object).is_some() }
    }

    pub(super) fn enforce<'a>(&self, value: Value<'a>) -> Result<Value<'a>, Mismatch> {
        match value {
            Value::Object(ref object) if (self.fits)(object) => Ok(value),
            other => Err(Mismatch::new(self.expected(), other)),
        }
    }

    pub(super) fn expected(&self) -> String {
        format!("a {}", self.of.name())
    }
}
