//! Pixelate.

use chainner_sdk::prelude::*;

use crate::{categories::filters::MISCELLANEOUS, kernels::pixelate as kernel};

/// Makes large pixels, each the mean of what it covers.
#[node(id = "chainner_native:image:pixelate", group = MISCELLANEOUS, icon = "MdOutlineAutoFixHigh")]
#[output(same_as = image)]
pub fn pixelate(
    image: ImageView<'_>,
    #[input(default = 10, range = 1..=1024, slider, scale = log, linked = "sizes")] size_x: u32,
    #[input(default = 10, range = 1..=1024, slider, scale = log, linked = "sizes")] size_y: u32,
) -> Image {
    match (size_x, size_y) {
        (1, 1) => image.to_image(),
        _ => kernel::pixelate(image, size_x as usize, size_y as usize),
    }
}
