//! Width, height and number of channels.

use chainner_sdk::prelude::*;

use crate::categories::dimensions::UTILITY;

/// Tells how wide and high an image is, and how many channels it has.
#[node(id = "chainner_native:image:get_dims", group = UTILITY, name = "Get Dimensions", icon = "BsRulers")]
#[output(label = "Width", value = image.width)]
#[output(label = "Height", value = image.height)]
#[output(label = "Channels", value = image.channels)]
pub fn get_dims(image: ImageView<'_>) -> (usize, usize, f64) {
    (image.width(), image.height(), image.channels() as f64)
}
