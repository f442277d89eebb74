//! Inputs that are worked out when the node asks.

use crate::{
    declare::{InputOptions, Kind},
    enforce::InputSpec,
    error::{Mismatch, NodeError},
    node::Arguments,
    sequence::SequenceItem,
    value::{Kept, Lazy, Value},
};

use super::{DefaultInput, NodeInput, NumberInput};

impl<'a, T: SequenceItem> NodeInput<'a> for Lazy<T> {
    const KIND: Kind = <T as NodeInput<'static>>::KIND;
    const OPTIONAL: bool = <T as NodeInput<'static>>::OPTIONAL;
    const LAZY: bool = true;

    fn declare(options: &InputOptions) -> InputSpec {
        <T as NodeInput<'static>>::declare(options)
    }

    fn take(value: &'a Value<'a>) -> Result<Self, Mismatch> {
        Err(Mismatch::new("a value that is not worked out yet", value))
    }

    fn from_arguments(arguments: Arguments<'a>, index: usize) -> Result<Self, NodeError> {
        let (decl, value) = arguments.given(index);
        let spec = (decl.declare)(&decl.options);
        Ok(Self::given(Kept::from(value.clone()), spec, decl.optional, decl.label))
    }
}

impl<T: NumberInput> NumberInput for Lazy<T> {
    type Number = T::Number;
}

impl<T: DefaultInput> DefaultInput for Lazy<T> {
    type Default = T::Default;

    fn default_value(default: T::Default) -> crate::declare::DefaultValue {
        T::default_value(default)
    }
}
