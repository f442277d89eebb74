//! Hue, saturation and lightness.

use chainner_sdk::prelude::*;

use crate::{
    categories::adjustments::ADJUSTMENTS,
    kernels::{hls::HueAndSaturation, map},
};

/// Turns the hues of an image, makes its colours stronger or weaker, and mixes in white or black.
///
/// An image of one channel has no colours: only its lightness changes. Opacity stays as it is.
#[node(
    id = "chainner_native:image:hue_and_saturation",
    group = ADJUSTMENTS,
    name = "Hue & Saturation",
    icon = "MdOutlineColorLens"
)]
#[output(same_as = image)]
pub fn hue_and_saturation(
    #[input(channels = [1, 3, 4])] image: ImageView<'_>,
    #[input(
        range = -180.0..=180.0,
        step = 1.0,
        precision = 1,
        slider,
        gradient = ["#ff0000", "#ffff00", "#00ff00", "#00ffff", "#0000ff", "#ff00ff", "#ff0000"]
    )]
    hue: f32,
    #[input(range = -100.0..=100.0, step = 1.0, precision = 1, slider, gradient = ["#808080", "#ff0000"])]
    saturation: f32,
    #[input(range = -100.0..=100.0, step = 1.0, precision = 1, slider, gradient = ["#000000", "#ffffff"])]
    lightness: f32,
) -> Image {
    let change = HueAndSaturation::new(hue, saturation / 100.0, lightness / 100.0);
    match image.channels() {
        _ if change.is_only_lightness() && lightness == 0.0 => image.to_image(),
        3 if !change.is_only_lightness() => map::pixels_worked(image, move |color: [f32; 3]| change.turned(color)),
        4 if !change.is_only_lightness() => map::pixels_worked(image, move |[b, g, r, a]: [f32; 4]| {
            let [b, g, r] = change.turned([b, g, r]);
            [b, g, r, a]
        }),
        _ => map::colors(image, move |sample| change.lightened(sample)),
    }
}
