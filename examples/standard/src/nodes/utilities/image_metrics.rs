//! How alike two images are.

use chainner_sdk::prelude::*;

use crate::{
    categories::utilities::MISCELLANEOUS,
    kernels::{
        luma,
        similarity::{self, Plane},
    },
    nodes::require_same_shape,
};

/// Compares two images: mean squared error, peak signal-to-noise ratio and structural similarity of their brightness.
///
/// The signal-to-noise ratio is, as in the app, ten times the *natural* logarithm; divide by 2.302585 for decibels. Images smaller than 11
/// pixels on a side have a similarity of 1 if they are the same, else 0.
#[node(id = "chainner_native:image:image_metrics", group = MISCELLANEOUS, icon = "MdOutlineAssessment")]
#[output(label = "MSE", navi = "0..1")]
#[output(label = "PSNR", navi = "0..")]
#[output(label = "SSIM", navi = "0..1")]
pub fn image_metrics(
    original_image: ImageView<'_>,
    comparison_image: ImageView<'_>,
) -> Result<(f64, f64, f64), NodeError> {
    require_same_shape([original_image, comparison_image])?;
    let width = original_image.width();
    let planes = [original_image, comparison_image].map(luma::plane);
    let [a, b] = planes.each_ref().map(|samples| Plane { samples, width });
    let error = similarity::mean_squared_error(a, b);
    let similar = similarity::structural_similarity(a, b).unwrap_or(if error == 0.0 { 1.0 } else { 0.0 });
    let rounded = |number: f64| (number * 1e6).round() / 1e6;
    let ratio = if error == 0.0 { f64::INFINITY } else { rounded(-10.0 * error.ln()) };
    Ok((rounded(error), ratio, rounded(similar.clamp(0.0, 1.0))))
}
