//! Where a mask is white.

use chainner_sdk::prelude::*;

use crate::{categories::dimensions::UTILITY, kernels::content};

/// Finds the smallest rectangle that holds everything that is brighter than the threshold.
#[node(id = "chainner_native:image:get_bbox", group = UTILITY, name = "Get Bounding Box", icon = "BsBoundingBox")]
#[output(label = "X", navi = "min($image.width - 1, uint) & 0..")]
#[output(label = "Y", navi = "min($image.height - 1, uint) & 0..")]
#[output(label = "Width", navi = "min($image.width, uint) & 1..")]
#[output(label = "Height", navi = "min($image.height, uint) & 1..")]
pub fn get_bbox(
    #[input(channels = 1)] image: ImageView<'_>,
    #[input(range = 0.0..=100.0, step = 1.0, precision = 1, slider)] threshold: f32,
) -> Result<(usize, usize, usize, usize), NodeError> {
    let found = content::bounds(image, 0, threshold / 100.0);
    let part = found.ok_or_else(|| NodeError::new(format!("nothing is brighter than {threshold} %")))?;
    Ok((part.left, part.top, part.width(), part.height()))
}
