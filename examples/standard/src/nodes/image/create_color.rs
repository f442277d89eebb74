//! One colour.

use chainner_sdk::prelude::*;

use crate::categories::image::CREATE_IMAGES;

/// Makes an image that is one colour everywhere.
#[node(id = "chainner_native:image:create_color", group = CREATE_IMAGES, icon = "MdFormatColorFill")]
#[output(navi = Image { width: "$width", height: "$height", channels: "$color.channels" })]
pub fn create_color(
    #[input(default = Color::rgb(0.5, 0.5, 0.5))] color: Color,
    #[input(range = 1.., unit = "px")] width: u32,
    #[input(range = 1.., unit = "px")] height: u32,
) -> Image {
    let [pixel] = super::pixels([&color]);
    let row = pixel.repeat(width as usize);
    Image::from_fresh_rows(width as usize, height as usize, pixel.len(), |_, to| to.copy([&row]))
}
