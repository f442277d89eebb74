//! Brightness and contrast.

use chainner_sdk::prelude::*;

use crate::{
    categories::adjustments::ADJUSTMENTS,
    kernels::{contrast::Contrast, map},
};

/// Makes an image brighter or darker, and its differences larger or smaller.
///
/// Opacity stays as it is.
#[node(
    id = "chainner_native:image:brightness_and_contrast",
    group = ADJUSTMENTS,
    name = "Brightness & Contrast",
    icon = "ImBrightnessContrast",
)]
#[output(same_as = image)]
pub fn brightness_and_contrast(
    image: ImageView<'_>,
    #[input(range = -100.0..=100.0, step = 1.0, precision = 1, slider)] brightness: f32,
    #[input(range = -100.0..=100.0, step = 1.0, precision = 1, slider)] contrast: f32,
) -> Image {
    if brightness == 0.0 && contrast == 0.0 {
        return image.to_image();
    }
    let line = Contrast::new(f64::from(brightness) / 100.0, f64::from(contrast) / 100.0);
    map::colors(image, move |sample| line.apply(sample))
}
