//! Average Color Fix.

use chainner_sdk::prelude::*;

use crate::{categories::filters::CORRECTION, kernels::average_color};

/// Gives an image the colours of a smaller one, as seen from afar; what an upscaling model shifted is put right.
///
/// Both are compared at the size of the reference times the scale factor. A smaller factor compares larger areas.
#[node(id = "chainner_native:image:average_color_fix", group = CORRECTION, icon = "MdAutoFixHigh")]
#[output(same_as = image)]
pub fn average_color_fix(
    #[input(channels = [3, 4])] image: ImageView<'_>,
    #[input(channels = [3, 4])] reference_image: ImageView<'_>,
    #[input(default = 12.5, range = 0.0..=100.0, step = 12.5, precision = 4, unit = "%")]
    reference_image_scale_factor: f64,
) -> Result<Image, NodeError> {
    let (width, height) = (reference_image.width(), reference_image.height());
    if image.width() < width || image.height() < height {
        let message = format!("expected an image that is not larger than the image, {image}, got {reference_image}");
        return Err(NodeError::new(message).input("Reference Image"));
    }
    let scaled = |len: usize| ((len as f64 * reference_image_scale_factor / 100.0).round_ties_even() as usize).max(1);
    Ok(average_color::correct(image, reference_image, scaled(width), scaled(height)))
}
