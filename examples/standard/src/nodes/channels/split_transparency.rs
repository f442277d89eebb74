//! Colour and opacity apart.

use chainner_sdk::prelude::*;

use crate::{
    categories::channels::TRANSPARENCY,
    kernels::{map, planes},
};

/// Takes an image apart into its colours and its opacity.
///
/// An image without opacity is opaque: white.
#[node(
    id = "chainner_native:image:split_transparency",
    group = TRANSPARENCY,
    name = "Split RGB/A",
    icon = "MdCallSplit"
)]
#[output(label = "RGB", size_as = image, channels = 3)]
#[output(label = "Alpha", size_as = image, channels = 1)]
pub fn split_transparency(#[input(channels = [1, 3, 4])] image: ImageView<'_>) -> (Image, Image) {
    let alpha = planes::channel(image, 3).filter(|_| image.channels() == 4);
    let colors = match image.channels() {
        1 => map::pixels(image, |[v]: [f32; 1]| [v; 3]),
        4 => map::pixels(image, |[b, g, r, _]: [f32; 4]| [b, g, r]),
        _ => image.to_image(),
    };
    (colors, alpha.unwrap_or_else(|| planes::flat(image, 1.0)))
}
