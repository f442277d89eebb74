//! Sums, products and quotients with a number.

use chainner_sdk::prelude::*;

use crate::{categories::adjustments::ARITHMETIC, kernels::map};

/// Adds a number to every sample, opacity included.
#[node(id = "chainner_native:image:add", group = ARITHMETIC, icon = "ImBrightnessContrast")]
#[output(same_as = image)]
pub fn add(
    image: ImageView<'_>,
    /// 100 makes everything white.
    #[input(range = -100.0..=100.0, step = 1.0, precision = 1, slider)]
    add: f32,
) -> Image {
    let add = add / 100.0;
    map::samples(image, move |sample| sample + add)
}

/// Multiplies every sample, opacity included, with a number.
#[node(id = "chainner_native:image:multiply", group = ARITHMETIC, icon = "ImBrightnessContrast")]
#[output(same_as = image)]
pub fn multiply(
    image: ImageView<'_>,
    #[input(default = 1.0, range = 0.0..=4.0, step = 0.0001, slider, scale = log)] multiply: f32,
) -> Image {
    map::samples(image, move |sample| sample * multiply)
}

/// Divides every sample, opacity included, by a number.
#[node(id = "chainner_native:image:divide", group = ARITHMETIC, icon = "ImBrightnessContrast")]
#[output(same_as = image)]
pub fn divide(
    image: ImageView<'_>,
    #[input(default = 1.0, range = 0.0001..=4.0, step = 0.0001, slider, scale = log)] divide: f32,
) -> Image {
    map::samples(image, move |sample| sample / divide)
}
