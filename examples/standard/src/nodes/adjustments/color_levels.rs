//! Levels.

use chainner_sdk::prelude::*;

use crate::{
    categories::adjustments::ADJUSTMENTS,
    kernels::{levels::Levels, map},
};

/// Stretches a range of brightness to another, and bends it in between: lighter, darker, of more or less contrast, or with a colour
/// cast taken away.
///
/// Only the chosen channels change; an image of one channel always does. Where black and white of the input are the same, that very
/// value becomes black (the app's own node gives NaN there).
#[node(id = "chainner_native:image:color_levels", group = ADJUSTMENTS, icon = "MdOutlineColorLens")]
#[output(same_as = image)]
#[layout(
    image,
    icon_set("Channels")[red, green, blue, alpha],
    in_black,
    in_white,
    gamma,
    out_black,
    out_white,
)]
#[allow(clippy::too_many_arguments, reason = "the inputs of the node")]
pub fn color_levels(
    #[input(channels = [1, 3, 4])] image: ImageView<'_>,
    #[input(default = true)] red: bool,
    #[input(default = true)] green: bool,
    #[input(default = true)] blue: bool,
    alpha: bool,
    #[input(range = 0.0..=1.0, step = 0.01, precision = 3, slider)] in_black: f32,
    #[input(default = 1.0, range = 0.0..=1.0, step = 0.01, precision = 3, slider)] in_white: f32,
    #[input(default = 1.0, range = 0.0..=10.0, step = 0.01, precision = 3, slider, scale = log)] gamma: f32,
    #[input(range = 0.0..=1.0, step = 0.01, precision = 3, slider)] out_black: f32,
    #[input(default = 1.0, range = 0.0..=1.0, step = 0.01, precision = 3, slider)] out_white: f32,
) -> Image {
    let levels = Levels::new([in_black, in_white], gamma, [out_black, out_white]);
    let chosen = match image.channels() {
        1 => [true; 4],
        _ => [blue, green, red, alpha],
    };
    if levels.is_straight() {
        map::chosen(image, chosen, move |sample| levels.straight(sample))
    } else if chosen == [true, true, true, false] {
        map::colors_worked(image, move |sample| levels.bent(sample))
    } else {
        map::chosen(image, chosen, move |sample| levels.bent(sample))
    }
}
