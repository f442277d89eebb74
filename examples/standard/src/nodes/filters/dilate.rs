//! Dilate.

use chainner_sdk::prelude::*;

use super::morph_shape::MorphShape;
use crate::{
    categories::filters::MISCELLANEOUS,
    kernels::morphology::{self, Extreme},
};

/// Lets what is bright grow: each sample becomes the brightest of those around it.
#[node(id = "chainner_native:image:dilate", group = MISCELLANEOUS, icon = "MdOutlineAutoFixHigh")]
#[output(same_as = image)]
pub fn dilate(
    image: ImageView<'_>,
    morph_shape: MorphShape,
    #[input(default = 1, range = 0..=1000, slider, scale = log)] radius: u32,
    #[input(default = 1, range = 0..=1000, slider, scale = log)] iterations: u32,
) -> Image {
    morphology::filter(image, Extreme::Most, morph_shape.into(), radius as usize, iterations as usize)
}
