//! Film scans to linear light.

use chainner_sdk::prelude::*;

use crate::{
    categories::adjustments::GAMMA,
    kernels::{cineon::Cineon, map},
};

/// Turns the printing densities of a film scan (Cineon) into linear light.
///
/// Opacity is treated the same.
#[node(id = "chainner_native:image:log2lin", group = GAMMA, name = "Log To Linear", icon = "ImBrightnessContrast")]
#[output(same_as = image)]
pub fn log2lin(
    image: ImageView<'_>,
    #[input(default = 95.0, range = 0.0..=1023.0, step = 1.0, precision = 1, slider)] black: f32,
    #[input(default = 685.0, range = 0.0..=1023.0, step = 1.0, precision = 1, slider)] white: f32,
    #[input(default = 0.6, range = 0.0001..=1.0, step = 0.0001, precision = 2, slider, scale = log)] gamma: f32,
    /// Turns linear light into densities instead.
    #[input(label = "Invert Log to Linear")]
    invert_log_to_linear: bool,
) -> Result<Image, NodeError> {
    let relation = Cineon::new(black, white, gamma)
        .ok_or_else(|| NodeError::new(format!("black and white are both {black}; one has to be above the other")))?;
    Ok(if invert_log_to_linear {
        map::samples(image, move |sample| relation.code(sample))
    } else {
        map::samples(image, move |sample| relation.light(sample))
    })
}
