//! A board of squares.

use chainner_sdk::prelude::*;

use crate::categories::image::CREATE_IMAGES;

/// Makes a board of squares in two colours, the first of them in the left lower corner.
#[node(id = "chainner_native:image:create_checkerboard", group = CREATE_IMAGES, icon = "MdBorderAll")]
#[output(navi = Image { width: "$width", height: "$height", channels: "max($color_1.channels, $color_2.channels)" })]
pub fn create_checkerboard(
    #[input(default = 1024, range = 1.., unit = "px")] width: u32,
    #[input(default = 1024, range = 1.., unit = "px")] height: u32,
    #[input(channels = [1, 3, 4], default = Color::rgb(0.75, 0.75, 0.75))] color_1: Color,
    #[input(channels = [1, 3, 4], default = Color::rgb(0.35, 0.35, 0.35))] color_2: Color,
    #[input(default = 32, range = 1..)] square_size: u32,
) -> Image {
    let colors = super::pixels([&color_1, &color_2]);
    let channels = colors[0].len();
    let [size, width, height] = [square_size, width, height].map(|size| size as usize);
    // A row of the board is one of two; both are made once. Squares are whole from the bottom.
    let row = |first: usize| -> Vec<f32> {
        (0..width).flat_map(|x| colors[(x / size + first) % 2].iter().copied()).collect()
    };
    let rows = [row(0), row(1)];
    Image::from_rows(width, height, channels, |y, to| to.copy_from_slice(&rows[(height - 1 - y) / size % 2]))
}
