//! Values on their way into and out of a node. Nothing here knows of Python.

mod any;
mod clipboard;
mod color;
mod execution;
mod handle;
mod lazy;
mod path;
mod seed;

use std::{borrow::Cow, fmt, path::PathBuf};

use crate::image::{Image, ImageView};

pub(crate) use any::Kept;
pub use any::{Any, Object};
pub use clipboard::Clipboard;
pub use color::Color;
pub use execution::ExecutionNumber;
pub use handle::Handle;
pub use lazy::{Lazy, LazySource, LazyValue};
pub use path::{DirPath, FilePath, RelativePath};
pub use seed::Seed;

/// A value given to an input: by the host, the command line or a test.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// Nothing was given.
    Missing,
    /// Yes or no.
    Bool(bool),
    /// A whole number. Larger ones come as [`Value::Float`].
    Integer(i64),
    /// A number.
    Float(f64),
    /// Text.
    Text(Cow<'a, str>),
    /// A path.
    Path(PathBuf),
    /// Pixels.
    Image(ImageView<'a>),
    /// A colour.
    Color(Color),
    /// Several numbers, which only a colour can be made of: R, G, B(, A), or one grey value.
    Numbers(Vec<f32>),
    /// A seed.
    Seed(Seed),
    /// A variant of a choice by its index; what enforcement makes of the stored id.
    Variant(usize),
    /// Something that only its maker understands.
    Object(Object),
    /// What a host works out when the node asks; only for inputs that are [`Lazy`].
    Lazy(LazyValue),
    /// Something no input takes, in words, e.g. `a list`.
    Foreign(String),
}

impl fmt::Display for Value<'_> {
    /// In words, for the "got" of messages.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("nothing"),
            Self::Bool(value) => write!(f, "{value}"),
            Self::Integer(value) => write!(f, "{value}"),
            Self::Float(value) => write!(f, "{value}"),
            Self::Text(text) if text.chars().count() > 60 => {
                write!(f, "text '{}…'", text.chars().take(60).collect::<String>())
            }
            Self::Text(text) => write!(f, "text '{text}'"),
            Self::Path(path) => write!(f, "path '{}'", path.display()),
            Self::Image(image) => write!(f, "{image}"),
            Self::Color(color) => write!(f, "{color}"),
            Self::Numbers(numbers) => {
                write!(f, "a list of {} number{}", numbers.len(), if numbers.len() == 1 { "" } else { "s" })
            }
            Self::Seed(seed) => write!(f, "seed {}", seed.0),
            Self::Variant(index) => write!(f, "variant {index}"),
            Self::Object(object) => f.write_str(object.what()),
            Self::Lazy(_) => f.write_str("a value that is not worked out yet"),
            Self::Foreign(what) => f.write_str(what),
        }
    }
}

/// A value that a node returned.
#[derive(Debug, Clone, PartialEq)]
pub enum OutputValue {
    /// Pixels.
    Image(Image),
    /// A whole number.
    Integer(i64),
    /// A whole number above `i64::MAX`.
    Unsigned(u64),
    /// A number.
    Float(f64),
    /// Text.
    Text(String),
    /// Yes or no.
    Bool(bool),
    /// A colour.
    Color(Color),
    /// Path of a directory.
    Directory(PathBuf),
    /// A seed.
    Seed(Seed),
    /// Nothing.
    Nothing,
    /// Something that only its maker understands.
    Object(Object),
}
