//! All hues around a point.

use chainner_sdk::prelude::*;

use crate::{
    categories::image::CREATE_IMAGES,
    kernels::{color::hue, gradient::Ramp},
};

/// Makes a square of pure colours around its centre: red at the right, then yellow, green, cyan, blue and magenta clockwise.
#[node(id = "chainner_native:image:create_colorwheel", group = CREATE_IMAGES, icon = "MdLens")]
#[output(width = size, height = size, channels = 3)]
pub fn create_colorwheel(#[input(default = 512, range = 1.., unit = "px")] size: u32) -> Image {
    let size = size as usize;
    Image::from_rows(size, size, 3, |y, to| {
        let mut turns = vec![0.0; size];
        Ramp::Conic { rotation: 0.0 }.row([size; 2], y, &mut turns);
        hue::pure_colors(&turns, to);
    })
}
