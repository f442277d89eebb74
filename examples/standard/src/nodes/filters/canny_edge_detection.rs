//! Canny Edge Detection.

use chainner_sdk::prelude::*;

use crate::{categories::filters::MISCELLANEOUS, kernels::canny};

/// Finds the edges of an image and shows them white on black.
///
/// Thresholds are in steps of 8-bit samples. What exceeds the upper one is an edge, and all that exceeds the lower one and is
/// connected to it.
#[node(
    id = "chainner_native:image:canny_edge_detection",
    group = MISCELLANEOUS,
    icon = "MdAutoFixHigh",
)]
#[output(size_as = image, channels = 1)]
pub fn canny_edge_detection(
    image: ImageView<'_>,
    #[input(default = 100)] lower_threshold: u32,
    #[input(default = 300)] upper_threshold: u32,
) -> Image {
    canny::edges(image, lower_threshold, upper_threshold)
}
