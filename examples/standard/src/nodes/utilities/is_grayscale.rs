//! Whether there is colour.

use std::sync::atomic::{AtomicBool, Ordering};

use chainner_sdk::{parallel, prelude::*};

use crate::{categories::utilities::MISCELLANEOUS, kernels::grayness};

/// Tells whether all colours of an image are shades of grey.
#[node(id = "chainner_native:image:is_grayscale", group = MISCELLANEOUS, icon = "BsSquareHalf")]
#[output(label = "Is Grayscale", docs = "Yes if red, green and blue are the same everywhere, within the tolerance.")]
pub fn is_grayscale(
    /// The image to look at. Opacity does not matter.
    image: ImageView<'_>,
    /// How far red, green and blue may be apart, of 255.
    #[input(range = 0..=255, slider)]
    tolerance: u32,
) -> bool {
    let channels = image.channels();
    if channels < 3 {
        return true;
    }
    let apart = tolerance as f32 / 255.0;
    let found = AtomicBool::new(false);
    parallel::for_each(image.height(), |y| {
        if !found.load(Ordering::Relaxed) && grayness::farthest(image.row(y), channels) > apart {
            found.store(true, Ordering::Relaxed);
        }
    });
    !found.into_inner()
}
