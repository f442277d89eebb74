//! Keeping samples within bounds.

use chainner_sdk::prelude::*;

use crate::{categories::adjustments::ADJUSTMENTS, kernels::map};

/// Makes what is darker than the minimum the minimum, and what is brighter than the maximum the maximum.
///
/// Opacity is treated the same. If the minimum is above the maximum, all becomes the maximum.
#[node(id = "chainner_native:image:clamp", group = ADJUSTMENTS, icon = "ImContrast")]
#[output(same_as = image)]
pub fn clamp(
    image: ImageView<'_>,
    #[input(range = 0.0..=1.0, step = 0.001, precision = 4, slider, scale = log)] minimum: f32,
    #[input(default = 1.0, range = 0.0..=1.0, step = 0.001, precision = 4, slider, scale = log)] maximum: f32,
) -> Image {
    map::samples(image, move |sample| sample.max(minimum).min(maximum))
}
