//! Surface Blur.

use chainner_sdk::prelude::*;

use crate::{categories::filters::BLUR, kernels::blur::bilateral};

/// Blurs surfaces and leaves their edges sharp.
///
/// Colours count as far as they are alike, within the color sigma (in steps of 8-bit samples), and near, within the space sigma (in
/// pixels). Opacity is blurred by itself.
#[node(
    id = "chainner_native:image:bilateral_blur",
    group = BLUR,
    name = "Surface Blur",
    icon = "MdBlurOn",
)]
#[output(same_as = image)]
pub fn bilateral_blur(
    image: ImageView<'_>,
    #[input(default = 4, range = 0..=100, slider, scale = sqrt)] radius: u32,
    #[input(default = 25, range = 0..=1000, slider, scale = log)] color_sigma: u32,
    #[input(default = 25, range = 0..=1000, slider, scale = log)] space_sigma: u32,
) -> Image {
    bilateral::blur(image, radius as usize, f64::from(color_sigma) / 255.0, f64::from(space_sigma))
}
