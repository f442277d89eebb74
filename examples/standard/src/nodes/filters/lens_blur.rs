//! Lens Blur.

use chainner_sdk::prelude::*;

use crate::{categories::filters::BLUR, kernels::blur::lens};

/// Blurs an image as a lens out of focus does, by a disc.
///
/// A higher exposure gamma lets what is bright outshine the rest.
#[node(id = "chainner_native:image:lens_blur", group = BLUR, icon = "MdBlurOn")]
#[output(same_as = image)]
pub fn lens_blur(
    image: ImageView<'_>,
    #[input(default = 3, range = 0..=1000, slider, scale = log)] radius: u32,
    /// Of how many components the disc is made. More make it more even, and take longer.
    #[input(default = 5, range = 1..=6, slider)]
    components: u32,
    #[input(default = 5.0, range = 0.01..=100.0, step = 0.1, precision = 4, slider, scale = log)] exposure_gamma: f32,
) -> Image {
    lens::blur(image, radius as usize, components as usize, exposure_gamma)
}
