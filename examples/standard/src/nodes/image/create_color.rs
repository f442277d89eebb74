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
    Image::from_rows(width as usize, height as usize, pixel.len(), |_, row| {
        row.chunks_exact_mut(pixel.len()).for_each(|to| to.copy_from_slice(&pixel));
    })
}
