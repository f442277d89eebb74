//! Values that outlive the call that brought them.

use crate::{image::Image, value::Value};

/// Enforced values, owned: a body on a thread of its own reads them when the host has long gone on.
pub(crate) struct Kept(Vec<KeptValue>);

enum KeptValue {
    Image(Image),
    Other(Value<'static>),
}

impl Kept {
    pub(crate) fn new(values: Vec<Value<'_>>) -> Self {
        Self(values.into_iter().map(kept).collect())
    }

    /// The values, as they came.
    pub(crate) fn values(&self) -> Vec<Value<'_>> {
        self.0.iter().map(KeptValue::value).collect()
    }
}

impl KeptValue {
    fn value(&self) -> Value<'_> {
        match self {
            Self::Image(image) => Value::Image(image.view()),
            Self::Other(value) => value.clone(),
        }
    }
}

fn kept(value: Value<'_>) -> KeptValue {
    KeptValue::Other(match value {
        Value::Image(image) => return KeptValue::Image(image.to_image()),
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
        Value::Foreign(what) => Value::Foreign(what),
    })
}
