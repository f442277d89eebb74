//! Fill Alpha.

use chainner_sdk::prelude::*;

use crate::{
    categories::channels::MISCELLANEOUS,
    kernels::{
        fill::{fragments, nearest, spread},
        planes,
    },
};

/// Where the colours come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
#[choice(type_name = "AlphaFillMethod")]
pub enum AlphaFillMethod {
    /// Pieces of what is around, so that textures go on.
    #[choice(id = 1)]
    ExtendTexture,
    /// The edges, which grow pixel by pixel.
    #[choice(id = 2)]
    ExtendColor,
    /// The nearest pixel.
    #[choice(id = 3)]
    NearestColor,
}

/// Takes colour and opacity apart, and gives what is transparent a colour of what is around it.
///
/// What is less than 5 % opaque is filled. If nothing is more opaque than that, the colours are black.
#[node(id = "chainner_native:image:fill_alpha", group = MISCELLANEOUS, icon = "MdOutlineFormatColorFill")]
#[output(label = "RGB", size_as = image, channels = 3)]
#[output(label = "Alpha", size_as = image, channels = 1)]
pub fn fill_alpha(#[input(channels = 4)] image: ImageView<'_>, fill_method: AlphaFillMethod) -> (Image, Image) {
    let colors = match fill_method {
        AlphaFillMethod::ExtendTexture => fragments::fill(image),
        AlphaFillMethod::ExtendColor => spread::fill(image),
        AlphaFillMethod::NearestColor => nearest::fill(image),
    };
    (colors, planes::channel(image, 3).expect("four channels"))
}
