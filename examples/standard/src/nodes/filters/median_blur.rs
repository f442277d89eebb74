//! Median Blur.

use chainner_sdk::prelude::*;

use crate::{categories::filters::BLUR, kernels::blur::median};

/// Replaces each sample by the median of the square around it; takes away specks, and keeps edges.
#[node(
    id = "chainner_native:image:median_blur",
    group = BLUR,
    icon = "MdBlurOn",
    limited_to_8bit = "With a radius of 3 or more the image is turned into 8 bits per channel.",
)]
#[output(same_as = image)]
pub fn median_blur(
    image: ImageView<'_>,
    #[input(default = 1, range = 0..=1000, slider, scale = log)] radius: u32,
) -> Image {
    median::blur(image, radius as usize)
}
