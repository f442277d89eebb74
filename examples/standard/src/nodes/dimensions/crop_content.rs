//! Cut to what can be seen.

use chainner_sdk::prelude::*;

use crate::{
    categories::dimensions::CROP,
    kernels::{content, place},
};

/// Cuts off rows and columns at the edges in which all pixels are transparent.
///
/// An image without opacity, or one that is opaque everywhere, stays as it is.
#[node(id = "chainner_native:image:crop_content", group = CROP, name = "Crop to Content", icon = "MdCrop")]
#[output(navi = "
    let up_to = Image { width: min($image.width, uint) & 1.., height: min($image.height, uint) & 1.. };
    match $image.channels { 0..3 => $image, _ => up_to & Image { channels: $image.channels } }
")]
pub fn crop_content(
    image: ImageView<'_>,
    /// Pixels up to this opacity count as transparent.
    #[input(range = 0.0..=100.0, step = 1.0, precision = 1, slider)]
    threshold: f32,
) -> Result<Image, NodeError> {
    if image.channels() != 4 || image.samples().iter().skip(3).step_by(4).all(|&alpha| alpha >= 1.0) {
        return Ok(image.to_image());
    }
    let found = content::bounds(image, 3, threshold / 100.0);
    let part = found.ok_or_else(|| NodeError::new(format!("nothing is more opaque than {threshold} %")))?;
    Ok(place::crop(image, part))
}
