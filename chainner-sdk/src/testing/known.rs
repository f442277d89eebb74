//! What is known of a value, as a type.

use chainner_navi::{Scope, Type, host::InputValue};

use crate::{
    declare::{OutputKind, VariantId},
    enforce::InputSpec,
    library::ChoiceId,
    value::{OutputValue, Value},
};

/// What is known of a value that goes into a node or comes out of it: as much as the app's type language can say.
#[derive(Debug, Clone, PartialEq)]
pub enum Known {
    /// Its size, and the samples of a pixel.
    Image {
        /// Pixels in a row.
        width: usize,
        /// Number of rows.
        height: usize,
        /// Samples of a pixel.
        channels: usize,
    },
    /// A whole number.
    Integer(i128),
    /// A number with a fraction, computed with the precision of `f32` at least.
    Float(f64),
    /// Text.
    Text(String),
    /// Yes or no.
    Bool(bool),
    /// Number of components of a colour.
    Color(u32),
    /// Path of a directory.
    Directory(String),
    /// Path of a file.
    File(String),
    /// A seed.
    Seed,
    /// The stored value of a choice.
    Choice(ChoiceId),
    /// A struct of the type language by its name, e.g. `film_lab::Lut`.
    Struct(String),
    /// Nothing was given.
    Nothing,
    /// No more than that it is there.
    Something,
}

impl Known {
    /// What is known of a value that an input has let through.
    pub fn of_input(spec: &InputSpec, value: &Value<'_>) -> Self {
        match value {
            Value::Missing => Self::Nothing,
            Value::Bool(value) => Self::Bool(*value),
            Value::Integer(value) => Self::Integer((*value).into()),
            Value::Float(value) => Self::Float(*value),
            Value::Text(text) => Self::Text(text.clone().into_owned()),
            Value::Path(path) if matches!(spec, InputSpec::Directory(_)) => {
                Self::Directory(path.to_string_lossy().into_owned())
            }
            Value::Path(path) => Self::File(path.to_string_lossy().into_owned()),
            Value::Image(image) => {
                Self::Image { width: image.width(), height: image.height(), channels: image.channels() }
            }
            Value::Color(color) => Self::Color(color.channels()),
            Value::Seed(_) => Self::Seed,
            Value::Variant(index) => match spec {
                InputSpec::Choice(choice) => match choice.table.variants.get(*index).map(|variant| variant.id) {
                    Some(VariantId::Text(id)) => Self::Choice(ChoiceId::Text(id.to_owned())),
                    Some(VariantId::Number(id)) => Self::Choice(ChoiceId::Number(id)),
                    None => Self::Something,
                },
                _ => Self::Something,
            },
            Value::Object(_) => match spec {
                InputSpec::Handle(handle) => Self::Struct(handle.of.name()),
                _ => Self::Something,
            },
            Value::Numbers(_) | Value::Lazy(_) | Value::Foreign(_) => Self::Something,
        }
    }

    /// What is known of a value that an output of this kind has given.
    pub fn of_output(kind: OutputKind, value: &OutputValue) -> Self {
        match value {
            OutputValue::Image(image) => {
                Self::Image { width: image.width(), height: image.height(), channels: image.channels() }
            }
            OutputValue::Integer(value) => Self::Integer((*value).into()),
            OutputValue::Unsigned(value) => Self::Integer((*value).into()),
            OutputValue::Float(value) => Self::Float(*value),
            OutputValue::Text(text) => Self::Text(text.clone()),
            OutputValue::Bool(value) => Self::Bool(*value),
            OutputValue::Color(color) => Self::Color(color.channels()),
            OutputValue::Directory(path) => Self::Directory(path.to_string_lossy().into_owned()),
            OutputValue::Seed(_) => Self::Seed,
            OutputValue::Nothing => Self::Nothing,
            OutputValue::Object(_) => match kind {
                OutputKind::Handle(of) => Self::Struct(of.name()),
                _ => Self::Something,
            },
        }
    }

    /// The least type that holds the value, if the type language can say it.
    pub(super) fn ty(&self, scope: &Scope) -> Option<Type> {
        let number = |value: usize| Type::number(value as f64);
        match self {
            Self::Image { width, height, channels } => {
                let fields = [("width", *width), ("height", *height), ("channels", *channels)];
                scope.instance("Image", fields.map(|(name, value)| (name, number(value)))).ok()
            }
            Self::Integer(value) => Some(Type::number(*value as f64)),
            Self::Float(value) => Some(Type::number(*value)),
            Self::Text(text) => Some(Type::string(text.as_str())),
            Self::Bool(value) => Some(Type::boolean(*value)),
            Self::Color(channels) => scope.instance("Color", [("channels", Type::number((*channels).into()))]).ok(),
            Self::Directory(path) => scope.instance("Directory", [("path", Type::string(path.as_str()))]).ok(),
            Self::File(path) => scope.instance("File", [("path", Type::string(path.as_str()))]).ok(),
            Self::Seed => scope.evaluate_text("Seed").ok(),
            Self::Struct(name) => scope.evaluate_text(name).ok(),
            Self::Nothing => scope.evaluate_text("null").ok(),
            Self::Choice(_) | Self::Something => None,
        }
    }

    /// As the app stores it, where a choice is stored, or else as the type of an edge.
    pub(super) fn input_value(&self, scope: &Scope) -> Option<InputValue> {
        match self {
            Self::Choice(ChoiceId::Number(id)) => Some(InputValue::Number(*id as f64)),
            Self::Choice(ChoiceId::Text(id)) => Some(InputValue::Text(id.clone())),
            other => other.ty(scope).map(InputValue::Edge),
        }
    }
}
