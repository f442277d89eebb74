//! Quantize to Reference.

use chainner_sdk::prelude::*;

use crate::{categories::filters::QUANTIZE, kernels::local_palette};

/// Gives an upscaled image the colours that the original has at the same place.
///
/// Each pixel becomes the nearest colour of a small region of the reference around the place it comes from. It is made for pixel
/// art, whose colours upscaling models do not keep. For dithering, dither the target image first.
#[node(
    id = "chainner_native:image:quantize_to_referece",
    group = QUANTIZE,
    name = "Quantize to Reference",
    icon = "BsPaletteFill",
)]
#[output(navi = r#"
        if $target_image.channels != $reference_image.channels {
            error("The target image and reference image must have the same number of channels.")
        } else if $target_image.width < $reference_image.width or $target_image.height < $reference_image.height {
            error("The target image must be larger than the reference image.")
        } else if number::mod($target_image.width, $reference_image.width) != 0 or number::mod($target_image.height, $reference_image.height) != 0 {
            error("The size of the target image must be an integer multiple of the size of the reference image (e.g. 2x, 3x, 4x, 8x).")
        } else {
            Image {
                width: max($target_image.width, $reference_image.width),
                height: max($target_image.height, $reference_image.height),
                channels: $target_image.channels,
            }
        }
    "#)]
pub fn quantize_to_referece(
    #[input(channels = [3, 4])] target_image: ImageView<'_>,
    #[input(navi = Image { channels: target_image.channels }, channels = [3, 4])] reference_image: ImageView<'_>,
    /// Region of the reference that colours are taken from: `2 * radius + 1` pixels on a side.
    #[input(range = 1..=5, slider)]
    kernel_radius: u32,
    /// How much it counts that a colour is near in place, not only in colour. Values above 70 % are seldom of use.
    #[input(range = 0.0..=100.0, step = 1.0, precision = 1, unit = "%", slider)]
    spatial_weight: f64,
) -> Result<Image, NodeError> {
    let blame = |message: String| NodeError::new(message).input("Reference Image");
    if target_image.channels() != reference_image.channels() {
        return Err(blame(format!("expected as many channels as the target, {target_image}, got {reference_image}")));
    }
    let fits =
        |target: usize, reference: usize| reference > 0 && target >= reference && target.is_multiple_of(reference);
    if !fits(target_image.width(), reference_image.width()) || !fits(target_image.height(), reference_image.height()) {
        return Err(blame(format!(
            "expected a reference of which the target, {target_image}, is a whole number of times as wide and as high, got {reference_image}"
        )));
    }
    Ok(local_palette::quantize(target_image, reference_image, kernel_radius as usize, spatial_weight / 100.0))
}
