//! Erode.

use chainner_sdk::prelude::*;

use super::morph_shape::MorphShape;
use crate::{
    categories::filters::MISCELLANEOUS,
    kernels::morphology::{self, Extreme},
};

/// Lets what is dark grow: each sample becomes the darkest of those around it.
#[node(id = "chainner_native:image:erode", group = MISCELLANEOUS, icon = "MdOutlineAutoFixHigh")]
#[output(same_as = image)]
pub fn erode(
    image: ImageView<'_>,
    morph_shape: MorphShape,
    #[input(default = 1, range = 0..=1000, slider, scale = log)] radius: u32,
    #[input(default = 1, range = 0..=1000, slider, scale = log)] iterations: u32,
) -> Image {
    morphology::filter(image, Extreme::Least, morph_shape.into(), radius as usize, iterations as usize)
}
