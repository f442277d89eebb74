//! Powers.

use chainner_sdk::prelude::*;

use crate::{
    categories::adjustments::GAMMA,
    kernels::{map, power},
};

/// Raises samples to a power: above 1 makes an image darker, below 1 lighter.
///
/// Opacity stays as it is.
#[node(id = "chainner_native:image:gamma", group = GAMMA, icon = "ImBrightnessContrast")]
#[output(same_as = image)]
pub fn gamma(
    image: ImageView<'_>,
    #[input(default = 1.0, range = 0.01..=100.0, step = 0.1, precision = 4, slider, scale = log)] gamma: f32,
    /// Takes the root instead of the power.
    invert_gamma: bool,
) -> Image {
    let exponent = if invert_gamma { 1.0 / gamma } else { gamma };
    if exponent == 1.0 {
        return image.to_image();
    }
    let bent = move |sample| power::pow(sample, exponent);
    if image.channels() == 4 { map::colors_worked(image, bent) } else { map::samples(image, bent) }
}
