//! Enforcement: what a declared input lets through, and what a declared output lets out.
//!
//! The rules are those of the host (rounding, clamping, choices, lengths, channels, existing paths), so a node behaves the same
//! wherever it is called from.

mod any;
mod choice;
mod clipboard;
mod color;
mod execution;
mod handle;
mod image;
mod number;
mod output;
mod path;
mod relative_path;
mod seed;
mod switch;
mod text;

use crate::{error::Mismatch, value::Value};

pub use any::AnySpec;
pub use choice::ChoiceSpec;
pub use clipboard::ClipboardSpec;
pub use color::ColorSpec;
pub use execution::ExecutionSpec;
pub use handle::HandleSpec;
pub use image::ImageSpec;
pub use number::{FloatSpec, IntegerSpec, NumberFace};
pub use output::OutputSpec;
pub use path::{DirectorySpec, FileSpec};
pub use relative_path::RelativePathSpec;
pub use seed::SeedSpec;
pub use switch::BoolSpec;
pub use text::TextSpec;

/// What an input takes.
#[derive(Debug, Clone, PartialEq)]
pub enum InputSpec {
    /// Whole numbers.
    Integer(IntegerSpec),
    /// Numbers with a fraction.
    Float(FloatSpec),
    /// Text.
    Text(TextSpec),
    /// Yes or no.
    Bool(BoolSpec),
    /// An enum.
    Choice(ChoiceSpec),
    /// Pixels.
    Image(ImageSpec),
    /// A colour.
    Color(ColorSpec),
    /// Path of a file.
    File(FileSpec),
    /// Path of a directory.
    Directory(DirectorySpec),
    /// A seed.
    Seed(SeedSpec),
    /// Path of a file or directory below another one.
    RelativePath(RelativePathSpec),
    /// What can be put onto the clipboard.
    Clipboard(ClipboardSpec),
    /// Anything.
    Any(AnySpec),
    /// A value of a type of the author's.
    Handle(HandleSpec),
    /// How often the chain was run.
    ExecutionNumber(ExecutionSpec),
}

impl InputSpec {
    /// Turns a given value into one the node may see.
    ///
    /// # Errors
    /// What was expected and what came.
    pub fn enforce<'a>(&self, value: Value<'a>, optional: bool) -> Result<Value<'a>, Mismatch> {
        if matches!(value, Value::Missing) {
            return if optional || matches!(self, Self::Any(_)) {
                Ok(value)
            } else {
                Err(Mismatch::new(format!("{} (the input is required)", self.expected()), value))
            };
        }
        match self {
            Self::Integer(spec) => spec.enforce(value),
            Self::Float(spec) => spec.enforce(value),
            Self::Text(spec) => spec.enforce(value),
            Self::Bool(_) => switch::enforce(value),
            Self::Choice(spec) => spec.enforce(value),
            Self::Image(spec) => spec.enforce(value),
            Self::Color(spec) => spec.enforce(value),
            Self::File(_) => path::enforce_file(value),
            Self::Directory(spec) => spec.enforce(value),
            Self::Seed(_) => seed::enforce(value),
            Self::RelativePath(spec) => spec.enforce(value),
            Self::Clipboard(_) => clipboard::enforce(value),
            Self::Any(_) => Ok(value),
            Self::Handle(spec) => spec.enforce(value),
            Self::ExecutionNumber(_) => execution::enforce(value),
        }
    }

    /// What the input takes, in words that continue "expected …".
    fn expected(&self) -> String {
        match self {
            Self::Integer(_) => number::A_WHOLE_NUMBER.to_owned(),
            Self::Float(_) => number::A_NUMBER.to_owned(),
            Self::Text(_) => "text".to_owned(),
            Self::Bool(_) => switch::YES_OR_NO.to_owned(),
            Self::Choice(spec) => spec.expected(),
            Self::Image(spec) => spec.expected(),
            Self::Color(spec) => spec.expected(),
            Self::File(_) => path::A_FILE.to_owned(),
            Self::Directory(_) => path::A_DIRECTORY.to_owned(),
            Self::Seed(_) => seed::A_SEED.to_owned(),
            Self::RelativePath(_) => relative_path::A_RELATIVE_PATH.to_owned(),
            Self::Clipboard(_) => clipboard::IMAGE_OR_TEXT.to_owned(),
            Self::Any(_) => "anything".to_owned(),
            Self::Handle(spec) => spec.expected(),
            Self::ExecutionNumber(_) => execution::A_COUNT.to_owned(),
        }
    }
}
