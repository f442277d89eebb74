//! What can be put onto the clipboard: a text box that takes images, too.

use std::borrow::Cow;

use crate::{
    declare::{InputOptions, Kind},
    enforce::{ClipboardSpec, InputSpec},
    error::Mismatch,
    value::{Clipboard, Value},
};

use super::NodeInput;

impl<'a> NodeInput<'a> for Clipboard<'a> {
    const KIND: Kind = Kind::Clipboard;

    fn declare(_: &InputOptions) -> InputSpec {
        InputSpec::Clipboard(ClipboardSpec)
    }

    fn take(value: &'a Value<'a>) -> Result<Self, Mismatch> {
        match value {
            &Value::Image(image) => Ok(Self::Image(image)),
            Value::Text(text) => Ok(Self::Text(Cow::Borrowed(text))),
            other => Err(Mismatch::new("an image or text", other)),
        }
    }
}
