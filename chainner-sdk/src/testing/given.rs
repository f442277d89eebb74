//! What tests give to inputs.

use std::path::{Path, PathBuf};

use crate::{
    declare::{Choice, NaviType},
    image::{Image, ImageView},
    value::{Color, DirPath, FilePath, Handle, Seed, Value},
};

/// A Rust value that a test can give to an input: numbers, `bool`, text, images, colours, seeds, paths, variants of a
/// [`Choice`], [`Handle`]s, a [`Value`]; `None` for an input that stays empty.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be given to an input",
    label = "not a value of an input",
    note = "images are given as `&Image` or `ImageView`, choices as their variants or stored ids, files as `Path`s"
)]
pub trait Given<'a> {
    /// As the host would give it.
    fn into_value(self) -> Value<'a>;
}

macro_rules! given {
    ($($given:ty: $name:ident => $value:expr;)*) => {$(
        impl<'a> Given<'a> for $given {
            fn into_value(self) -> Value<'a> {
                let $name = self;
                $value
            }
        }
    )*};
}

given! {
    Value<'a>: value => value;
    &'a Image: image => Value::Image(image.view());
    ImageView<'a>: image => Value::Image(image);
    bool: value => Value::Bool(value);
    i8: value => Value::Integer(value.into());
    i16: value => Value::Integer(value.into());
    i32: value => Value::Integer(value.into());
    i64: value => Value::Integer(value);
    u8: value => Value::Integer(value.into());
    u16: value => Value::Integer(value.into());
    u32: value => Value::Integer(value.into());
    u64: value => i64::try_from(value).map_or(Value::Float(value as f64), Value::Integer);
    usize: value => i64::try_from(value).map_or(Value::Float(value as f64), Value::Integer);
    f32: value => Value::Float(value.into());
    f64: value => Value::Float(value);
    &'a str: text => Value::Text(text.into());
    String: text => Value::Text(text.into());
    Color: color => Value::Color(color);
    Seed: seed => Value::Seed(seed);
    &Path: path => Value::Path(path.to_owned());
    PathBuf: path => Value::Path(path);
    &PathBuf: path => Value::Path(path.clone());
    FilePath: path => Value::Path(path.0);
    DirPath: path => Value::Path(path.0);
}

#[diagnostic::do_not_recommend]
impl<'a, T: Choice> Given<'a> for T {
    fn into_value(self) -> Value<'a> {
        Value::Variant(self.index())
    }
}

#[diagnostic::do_not_recommend]
impl<'a, T: NaviType> Given<'a> for Handle<T> {
    fn into_value(self) -> Value<'a> {
        Value::Object(self.into_object())
    }
}

#[diagnostic::do_not_recommend]
impl<'a, T: Given<'a>> Given<'a> for Option<T> {
    fn into_value(self) -> Value<'a> {
        self.map_or(Value::Missing, Given::into_value)
    }
}
