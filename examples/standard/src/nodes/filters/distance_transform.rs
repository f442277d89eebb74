//! Distance Transform.

use chainner_sdk::prelude::*;

use crate::{
    categories::filters::MISCELLANEOUS,
    kernels::distance::{chamfer, subpixel},
};

/// Tells how far each pixel is from the edge of a shape: grey at the edge, lighter inside, darker outside.
#[node(id = "chainner_native:image:distance_transform", group = MISCELLANEOUS, icon = "MdBlurOff")]
#[output(same_as = image)]
pub fn distance_transform(
    #[input(channels = 1)] image: ImageView<'_>,
    /// From how far on it is all white or all black, in pixels.
    #[input(default = 4, range = 1.., label_style = inline)]
    spread: u32,
    /// Takes shades of grey for what a smooth edge covers of a pixel. Else what is at least half white is the shape.
    #[input(label = "Sub-pixel precision")]
    sub_pixel_precision: bool,
) -> Image {
    let scale = 0.5 / spread as f32;
    if sub_pixel_precision { subpixel::signed(image, scale, 0.5) } else { chamfer::signed(image, scale, 0.5) }
}
