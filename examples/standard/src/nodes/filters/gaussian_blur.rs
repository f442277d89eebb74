//! Gaussian Blur.

use chainner_sdk::prelude::*;

use crate::{categories::filters::BLUR, kernels::blur::gaussian};

/// Blurs an image by a bell curve; the radii are its standard deviations.
#[node(id = "chainner_native:image:gaussian_blur", group = BLUR, name = "Gaussian Blur", icon = "MdBlurOn")]
#[output(same_as = image)]
pub fn gaussian_blur(
    image: ImageView<'_>,
    #[input(
        default = 1.0,
        range = 0.0..=1000.0,
        step = 1.0,
        precision = 1,
        slider_step = 0.1,
        slider,
        scale = log,
        linked = "radii",
    )]
    radius_x: f64,
    #[input(
        default = 1.0,
        range = 0.0..=1000.0,
        step = 1.0,
        precision = 1,
        slider_step = 0.1,
        slider,
        scale = log,
        linked = "radii",
    )]
    radius_y: f64,
) -> Image {
    if radius_x == 0.0 && radius_y == 0.0 {
        return image.to_image();
    }
    gaussian::blur(image, radius_x, radius_y)
}
