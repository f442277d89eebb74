//! Unsharp Mask.

use chainner_sdk::prelude::*;

use crate::{
    categories::filters::SHARPEN,
    kernels::{blur::gaussian, unsharp},
};

/// Sharpens an image by its difference from a blurred copy.
///
/// The threshold (in percent of the range) is taken off that difference, so that what differs less stays as it is.
#[node(
    id = "chainner_native:image:sharpen",
    group = SHARPEN,
    name = "Unsharp Mask",
    icon = "MdBlurOff",
    see_also = ["chainner_native:image:sharpen_hbf"],
)]
#[output(same_as = image)]
pub fn sharpen(
    image: ImageView<'_>,
    #[input(
        default = 3.0,
        range = 0.0..=1000.0,
        step = 1.0,
        precision = 1,
        slider_step = 0.1,
        slider,
        scale = log,
    )]
    radius: f64,
    #[input(default = 1.0, range = 0.0..=100.0, step = 1.0, precision = 1, slider, scale = log)] amount: f32,
    #[input(range = 0.0..=100.0, step = 1.0, precision = 1, slider, scale = log)] threshold: f32,
) -> Image {
    if radius == 0.0 || amount == 0.0 {
        return image.to_image();
    }
    let threshold = threshold / 100.0;
    gaussian::blur_and(image, radius, radius, |y, row| unsharp::sharpen(image.row(y), row, amount, threshold))
}
