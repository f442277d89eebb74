//! What can be put onto the clipboard.

use std::borrow::Cow;

use crate::image::ImageView;

/// An image or a text; numbers come as text.
#[derive(Debug, Clone, PartialEq)]
pub enum Clipboard<'a> {
    /// Pixels.
    Image(ImageView<'a>),
    /// Text.
    Text(Cow<'a, str>),
}
