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
/// It belongs to the function, so it can be kept, and be an item of a sequence (`Items<Any>`, `Generator<Any>`). What the host gives is
/// passed along as the very object that it is; in Rust, pixels are copied once.
///
/// With `#[input(navi = "AudioStream")]` and the like it takes the host's own streams and models.
///
/// ```
/// use chainner_sdk::{prelude::*, value::Value};
///
/// let number = Any::from(Value::Integer(3));
/// assert_eq!(number.value(), Value::Integer(3));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Any(Kept);

/// A value that outlives the call that brought it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Kept {
    /// Pixels, shared.
    Image(Arc<Image>),
    /// Anything but pixels.
    Other(Value<'static>),
}

impl Any {
    /// The value.
    pub fn value(&self) -> Value<'_> {
        self.0.value()
    }

    /// The value for the host.
    pub(crate) fn into_output(self) -> OutputValue {
        let value = match self.0 {
            Kept::Image(image) => return OutputValue::Image(Arc::unwrap_or_clone(image)),
            Kept::Other(value) => value,
        };
        match value {
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
            Value::Lazy(_) => OutputValue::Nothing,
            Value::Foreign(what) => OutputValue::Object(Object::new(Arc::new(()), what)),
        }
    }
}

impl From<Value<'_>> for Any {
    /// Keeps the value; pixels are copied.
    fn from(value: Value<'_>) -> Self {
        Self(value.into())
    }
}

impl Kept {
    /// The value, as it came.
    pub(crate) fn value(&self) -> Value<'_> {
        match self {
            Self::Image(image) => Value::Image(image.view()),
            Self::Other(value) => value.clone(),
        }
    }
}

impl From<Value<'_>> for Kept {
    fn from(value: Value<'_>) -> Self {
        Self::Other(match value {
            Value::Image(image) => return Self::Image(Arc::new(image.to_image())),
            Value::Text(text) => Value::Text(text.into_owned().into()),
            Value::Missing => Value::Missing,
            Value::Bool(value) => Value::Bool(value),
            Value::Integer(value) => Value::Integer(value),
            Value::Float(value) => Value::Float(value),
            Value::Path(path) => Value::Path(path),
            Value::Color(color) => Value::Color(color),
            Value::Numbers(numbers) => Value::Numbers(numbers),
            Value::Seed(seed) => Value::Seed(seed),
            Value::Variant(index) => Value::Variant(index),
            Value::Object(object) => Value::Object(object),
            Value::Lazy(value) => Value::Lazy(value),
            Value::Foreign(what) => Value::Foreign(what),
        })
    }
}
