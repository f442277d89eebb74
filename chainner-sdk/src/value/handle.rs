//! Values of the author's own types on their way between nodes.

use std::{fmt, ops::Deref, sync::Arc};

use crate::declare::NaviType;

use super::Object;

/// A value of an author's type that travels between nodes, shared and not copied.
///
/// ```
/// use chainner_sdk::prelude::*;
///
/// #[derive(NaviType)]
/// pub struct Lut(Vec<[f32; 3]>);
///
/// let lut = Handle::new(Lut(vec![[0.0; 3]; 33]));
/// assert_eq!(lut.0.len(), 33);
/// ```
pub struct Handle<T> {
    value: Arc<T>,
}

impl<T> Handle<T> {
    /// Makes a value ready to travel.
    pub fn new(value: T) -> Self {
        Self { value: Arc::new(value) }
    }
}

impl<T> Clone for Handle<T> {
    fn clone(&self) -> Self {
        Self { value: Arc::clone(&self.value) }
    }
}

impl<T> Deref for Handle<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> fmt::Debug for Handle<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Handle<{}>", std::any::type_name::<T>())
    }
}

impl<T> From<T> for Handle<T> {
    fn from(value: T) -> Self {
        Self::new(value)
    }
}

impl<T: NaviType> Handle<T> {
    /// As an object of the host's.
    pub fn into_object(self) -> Object {
        Object::new(self.value, format!("a {}", T::NAVI.name()))
    }

    /// From an object of the host's, if it holds a value of this type.
    pub fn from_object(object: &Object) -> Option<Self> {
        object.downcast().map(|value| Self { value })
    }
}
