//! Images: an input that takes an edge.

use crate::{
    declare::{InputOptions, Kind},
    enforce::{ImageSpec, InputSpec},
    error::Mismatch,
    image::{Image, ImageView},
    value::{Color, Value},
};

use super::{NodeInput, OptionalInput};

impl<'a> NodeInput<'a> for ImageView<'a> {
    const KIND: Kind = Kind::Image;

    fn declare(options: &InputOptions) -> InputSpec {
        InputSpec::Image(ImageSpec::new(options, false))
    }

    fn take(value: &'a Value<'a>) -> Result<Self, Mismatch> {
        match value {
            &Value::Image(image) => Ok(image),
            other => Err(Mismatch::new("an image", other)),
        }
    }
}

impl<'a> OptionalInput<'a> for ImageView<'a> {}

/// A copy that belongs to the function, to be changed in place or kept. To look at an image only, take [`ImageView`].
impl NodeInput<'_> for Image {
    const KIND: Kind = Kind::Image;

    fn declare(options: &InputOptions) -> InputSpec {
        ImageView::declare(options)
    }

    fn take(value: &Value<'_>) -> Result<Self, Mismatch> {
        ImageView::take(value).map(|view| view.to_image())
    }
}

impl OptionalInput<'_> for Image {}

/// An input that takes an image or, just as well, a colour.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ImageOrColor<'a> {
    /// Pixels.
    Image(ImageView<'a>),
    /// One colour for all of them.
    Color(Color),
}

impl<'a> NodeInput<'a> for ImageOrColor<'a> {
    const KIND: Kind = Kind::Image;

    fn declare(options: &InputOptions) -> InputSpec {
        InputSpec::Image(ImageSpec::new(options, true))
    }

    fn take(value: &'a Value<'a>) -> Result<Self, Mismatch> {
        match value {
            &Value::Image(image) => Ok(Self::Image(image)),
            &Value::Color(color) => Ok(Self::Color(color)),
            other => Err(Mismatch::new("an image or a colour", other)),
        }
    }
}

impl<'a> OptionalInput<'a> for ImageOrColor<'a> {}
