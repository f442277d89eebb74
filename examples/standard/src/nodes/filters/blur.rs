//! Box Blur.

use chainner_sdk::prelude::*;

use crate::{categories::filters::BLUR, kernels::blur::r#box};

/// Blurs an image by the mean of a rectangle around each pixel.
///
/// With a radius that is no whole number the outermost pixels count in part.
#[node(id = "chainner_native:image:blur", group = BLUR, name = "Box Blur", icon = "MdBlurOn")]
#[output(same_as = image)]
pub fn blur(
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
    r#box::blur(image, radius_x, radius_y)
}
