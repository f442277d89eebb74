//! Values of the author's own types: an input that takes an edge.

use crate::{
    declare::{InputOptions, Kind, NaviType},
    enforce::{HandleSpec, InputSpec},
    error::Mismatch,
    value::{Handle, Value},
};

use super::{NodeInput, OptionalInput};

impl<T: NaviType> NodeInput<'_> for Handle<T> {
    const KIND: Kind = Kind::Handle;

    fn declare(_: &InputOptions) -> InputSpec {
        InputSpec::Handle(HandleSpec::new::<T>())
    }

    fn take(value: &Value<'_>) -> Result<Self, Mismatch> {
        let object = match value {
            Value::Object(object) => Self::from_object(object),
            _ => None,
        };
        object.ok_or_else(|| Mismatch::new(format!("a {}", T::NAVI.name()), value))
    }
}

impl<T: NaviType> OptionalInput<'_> for Handle<T> {}
