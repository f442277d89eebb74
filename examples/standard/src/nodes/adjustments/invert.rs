//! The negative.

use chainner_sdk::prelude::*;

use crate::{categories::adjustments::ADJUSTMENTS, kernels::map};

/// Turns every colour into its opposite, as a photographic negative does.
///
/// Opacity stays as it is.
#[node(id = "chainner_native:image:invert", group = ADJUSTMENTS, name = "Invert Color", icon = "MdInvertColors")]
#[output(same_as = image)]
pub fn invert(image: ImageView<'_>) -> Image {
    map::colors(image, |sample| 1.0 - sample)
}
