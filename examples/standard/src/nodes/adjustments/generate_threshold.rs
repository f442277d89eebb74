//! Thresholds found in the image.

use chainner_sdk::prelude::*;

use crate::{categories::adjustments::THRESHOLD, kernels::histogram};

/// How the threshold is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
#[choice(type_name = "AutoThreshold")]
pub enum AutoThreshold {
    /// Separates two heaps of brightness; for images of objects and background.
    #[choice(label = "Otsu's Method", id = 0)]
    Otsu,
    /// Finds the foot of one heap; for images that are mostly background.
    #[choice(label = "Triangle Method", id = 1)]
    Triangle,
}

/// Finds a threshold that separates bright from dark.
///
/// Brightness is the mean of all channels.
#[node(
    id = "chainner_native:image:generate_threshold",
    group = THRESHOLD,
    icon = "MdShowChart",
    see_also = ["chainner_native:image:threshold"]
)]
#[output(label = "Threshold", navi = "0..100")]
pub fn generate_threshold(image: ImageView<'_>, method: AutoThreshold) -> f64 {
    let histogram = histogram::of_means(image);
    let level = match method {
        AutoThreshold::Otsu => histogram::otsu(&histogram),
        AutoThreshold::Triangle => histogram::triangle(&histogram),
    };
    f64::from(level) * 100.0 / 255.0
}
