//! Types that a node can return.

use crate::{
    declare::{NaviType, OutputKind},
    error::NodeError,
    image::Image,
    sequence::{Generated, Sequence},
    value::{Any, Color, DirPath, Handle, OutputValue, Seed},
};

/// A type that can be an output of a node.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be an output of a node",
    label = "not a type of output",
    note = "outputs are `Image`, numbers, `bool`, `String`, `Color`, `DirPath`, `Seed`, `Handle<T>` and `Any`; a node \
            returns none (`()`), one, or a tuple of up to twelve, each possibly inside one `Result`",
    note = "a `Generator` stands first, and once: `(Generator<(Image, f32)>, String)`"
)]
pub trait NodeOutput {
    /// What the output gives.
    const KIND: OutputKind;

    /// The value for the host.
    fn into_value(self) -> OutputValue;
}

macro_rules! outputs {
    ($($output:ty: $kind:expr, $value:ident => $into:expr;)*) => {$(
        impl NodeOutput for $output {
            const KIND: OutputKind = $kind;

            fn into_value(self) -> OutputValue {
                let $value = self;
                $into
            }
        }
    )*};
}

outputs! {
    Image: OutputKind::Image, image => OutputValue::Image(image);
    String: OutputKind::Text, text => OutputValue::Text(text);
    &str: OutputKind::Text, text => OutputValue::Text(text.to_owned());
    bool: OutputKind::Bool, value => OutputValue::Bool(value);
    Color: OutputKind::Color, color => OutputValue::Color(color);
    DirPath: OutputKind::Directory, path => OutputValue::Directory(path.0);
    Seed: OutputKind::Seed, seed => OutputValue::Seed(seed);
    Any: OutputKind::Any, any => any.into_output();
    f32: OutputKind::Float, value => OutputValue::Float(value.into());
    f64: OutputKind::Float, value => OutputValue::Float(value);
    i8: OutputKind::Integer { unsigned: false }, value => OutputValue::Integer(value.into());
    i16: OutputKind::Integer { unsigned: false }, value => OutputValue::Integer(value.into());
    i32: OutputKind::Integer { unsigned: false }, value => OutputValue::Integer(value.into());
    i64: OutputKind::Integer { unsigned: false }, value => OutputValue::Integer(value);
    isize: OutputKind::Integer { unsigned: false }, value => OutputValue::Integer(value as i64);
    u8: OutputKind::Integer { unsigned: true }, value => OutputValue::Integer(value.into());
    u16: OutputKind::Integer { unsigned: true }, value => OutputValue::Integer(value.into());
    u32: OutputKind::Integer { unsigned: true }, value => OutputValue::Integer(value.into());
    u64: OutputKind::Integer { unsigned: true }, value => OutputValue::Unsigned(value);
    usize: OutputKind::Integer { unsigned: true }, value => OutputValue::Unsigned(value as u64);
}

impl<T: NaviType> NodeOutput for Handle<T> {
    const KIND: OutputKind = OutputKind::Handle(T::NAVI);

    fn into_value(self) -> OutputValue {
        OutputValue::Object(self.into_object())
    }
}

impl<T: NaviType> NodeReturn for Handle<T> {
    const KINDS: &'static [OutputKind] = &[<Self as NodeOutput>::KIND];

    fn into_returned(self) -> Result<Returned, NodeError> {
        Ok(vec![self.into_value()].into())
    }
}

/// What a function returned: the outputs that are no sequence, and the sequence of those that are.
#[derive(Debug)]
pub struct Returned {
    pub(crate) sequence: Option<Sequence>,
    pub(crate) values: Vec<OutputValue>,
}

impl From<Vec<OutputValue>> for Returned {
    fn from(values: Vec<OutputValue>) -> Self {
        Self { sequence: None, values }
    }
}

/// What a node function can return: `()`, an output, a tuple of outputs, a [`Generator`](crate::sequence::Generator) of these, or
/// a `Result` of one of all these.
#[diagnostic::on_unimplemented(
    message = "a node cannot return `{Self}`",
    label = "not a type of output",
    note = "outputs are `Image`, numbers, `bool`, `String`, `Color`, `DirPath`, `Seed`, `Handle<T>` and `Any`; a node \
            returns none (`()`), one, or a tuple of up to twelve of them, each possibly inside one `Result`",
    note = "outputs that are given item by item are a `Generator<…>` of these",
    note = "the error of a `Result` is a `NodeError` or any type with `std::error::Error + Send + Sync + 'static`"
)]
pub trait NodeReturn {
    /// What the outputs give, in order.
    const KINDS: &'static [OutputKind];

    /// How many of the outputs, from the first on, are given item by item.
    const ITERATED: usize = 0;

    /// The values for the host, in order.
    ///
    /// # Errors
    /// The author's error.
    fn into_returned(self) -> Result<Returned, NodeError>;
}

/// A type that can be the error of a node: [`NodeError`], or any error that says what went wrong.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the error of a node",
    label = "the `Result` a node returns has an error of type `{Self}`",
    note = "use `NodeError`, made with `NodeError::new(\"…\")` or by `?` from other errors, or a type of your own with \
            `std::error::Error + Send + Sync + 'static`"
)]
pub trait NodeFailure: Into<NodeError> {}

#[diagnostic::do_not_recommend]
impl<E: Into<NodeError>> NodeFailure for E {}

impl<T: NodeReturn, E: NodeFailure> NodeReturn for Result<T, E> {
    const KINDS: &'static [OutputKind] = T::KINDS;
    const ITERATED: usize = T::ITERATED;

    fn into_returned(self) -> Result<Returned, NodeError> {
        self.map_err(Into::into)?.into_returned()
    }
}

impl NodeReturn for () {
    const KINDS: &'static [OutputKind] = &[];

    fn into_returned(self) -> Result<Returned, NodeError> {
        Ok(Vec::new().into())
    }
}

macro_rules! single {
    ($($output:ty),*) => {$(
        impl NodeReturn for $output {
            const KINDS: &'static [OutputKind] = &[<$output as NodeOutput>::KIND];

            fn into_returned(self) -> Result<Returned, NodeError> {
                Ok(vec![self.into_value()].into())
            }
        }
    )*};
}

single!(Image, String, &str, bool, Color, DirPath, Seed, Any);
single!(f32, f64, i8, i16, i32, i64, isize, u8, u16, u32, u64, usize);

/// An output that lasts is an item as it is an output.
impl<T: NodeOutput + 'static> Generated for T {
    const KINDS: &'static [OutputKind] = &[T::KIND];

    fn into_values(self) -> Vec<OutputValue> {
        vec![self.into_value()]
    }
}

macro_rules! tuples {
    ($($($name:ident)*;)*) => {$(
        #[allow(non_snake_case, reason = "type parameters name the values too")]
        impl<$($name: NodeOutput),*> NodeReturn for ($($name,)*) {
            const KINDS: &'static [OutputKind] = &[$($name::KIND),*];

            fn into_returned(self) -> Result<Returned, NodeError> {
                let ($($name,)*) = self;
                Ok(vec![$($name.into_value()),*].into())
            }
        }

        #[allow(non_snake_case, reason = "type parameters name the values too")]
        impl<$($name: NodeOutput + 'static),*> Generated for ($($name,)*) {
            const KINDS: &'static [OutputKind] = <Self as NodeReturn>::KINDS;

            fn into_values(self) -> Vec<OutputValue> {
                let ($($name,)*) = self;
                vec![$($name.into_value()),*]
            }
        }
    )*};
}

tuples! {
    A;
    A B;
    A B C;
    A B C D;
    A B C D E;
    A B C D E F;
    A B C D E F G;
    A B C D E F G H;
    A B C D E F G H I;
    A B C D E F G H I J;
    A B C D E F G H I J K;
    A B C D E F G H I J K L;
}
