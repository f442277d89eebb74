//! Values that are passed along as they are.

use std::{any, fmt, sync::Arc};

use crate::image::Image;

use super::{Color, OutputValue, Value};

/// Something that only its maker understands: an object of the host's, or a value of a type of the author's.
#[derive(Clone)]
pub struct Object {
    value: Arc<dyn any::Any + Send + Sync>,
    what: Arc<str>,
}

impl Object {
    /// Wraps a value; `what` says in messages what it is, e.g. `a film_lab::Lut`.
    pub fn new<T: any::Any + Send + Sync>(value: Arc<T>, what: impl Into<Arc<str>>) -> Self {
        Self { value, what: what.into() }
    }

    /// The value, if it is of this type.
    pub fn downcast<T: any::Any + Send + Sync>(&self) -> Option<Arc<T>> {
        Arc::clone(&self.value).downcast().ok()
    }

    /// What it is, in words.
    pub fn what(&self) -> &str {
        &self.what
    }
}

impl PartialEq for Object {
    /// Whether both are the very same.
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.value, &other.value)
    }
}

impl fmt::Debug for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Object({})", self.what)
    }
}

/// Any value at all, `None` included: it can be looked at as far as this crate knows it, and be returned.
///
/// With `#[input(navi = "AudioStream")]` and the like it takes the host's own streams and models.
#[derive(Debug, Clone, PartialEq)]
pub struct Any<'a>(pub Value<'a>);

impl Any<'_> {
    /// The value for the host.
    pub(crate) fn into_output(self) -> OutputValue {
        match self.0 {
            Value::Missing => OutputValue::Nothing,
            Value::Bool(yes) => OutputValue::Bool(yes),
            Value::Integer(number) => OutputValue::Integer(number),
            Value::Float(number) => OutputValue::Float(number),
            Value::Text(text) => OutputValue::Text(text.into_owned()),
            Value::Path(path) => OutputValue::Directory(path),
            Value::Image(image) => OutputValue::Image(Image::copy_of(image)),
            Value::Color(color) => OutputValue::Color(color),
            Value::Numbers(numbers) => match Color::from_components(&numbers) {
                Some(color) => OutputValue::Color(color),
                None => OutputValue::Object(Object::new(Arc::new(numbers), "a list of numbers")),
            },
            Value::Seed(seed) => OutputValue::Seed(seed),
            Value::Variant(index) => OutputValue::Integer(i64::try_from(index).unwrap_or(i64::MAX)),
            Value::Object(object) => OutputValue::Object(object),
            Value::Foreign(what) => OutputValue::Object(Object::new(Arc::new(()), what)),
        }
    }
}
