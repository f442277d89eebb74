//! An image from nothing.

use chainner_sdk::prelude::*;

use crate::MAKE;

/// Makes a checkerboard.
#[node(id = "{{module}}:make:checkerboard", group = MAKE)]
#[output(width = width, height = height, channels = 3)]
pub fn checkerboard(
    /// Width of the image.
    #[input(default = 512, range = 1..=16384, unit = "px")]
    width: usize,
    /// Height of the image.
    #[input(default = 512, range = 1..=16384, unit = "px")]
    height: usize,
    /// Side of a square.
    #[input(default = 32, range = 1..=4096, unit = "px")]
    square: usize,
    /// Colour of the square in the top left corner.
    #[input(default = Color::rgb(1.0, 1.0, 1.0), channels = 3)]
    light: Color,
    /// Colour of its neighbours.
    #[input(default = Color::rgb(0.0, 0.0, 0.0), channels = 3)]
    dark: Color,
) -> Image {
    let (light, dark) = (light.bgr(), dark.bgr());
    Image::from_pixels(width, height, |x, y| {
        if (x / square + y / square) % 2 == 0 {
            light
        } else {
            dark
        }
    })
}
