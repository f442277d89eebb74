//! Colours multiplied by their opacity.

use chainner_sdk::prelude::*;

use crate::{categories::adjustments::ARITHMETIC, kernels::map};

/// Which way to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
#[choice(type_name = "AlphaAssociation")]
pub enum AlphaAssociation {
    /// Multiplies.
    #[choice(label = "Straight → Premultiplied", id = "Straight -> Premultiplied")]
    PremultiplyRgb,
    /// Divides.
    #[choice(label = "Premultiplied → Straight", id = "Premultiplied -> Straight")]
    UnpremultiplyRgb,
}

/// Multiplies the colours of an image by their opacity, or undoes that.
///
/// What is black and fully transparent stays black (the app's own node gives NaN there).
#[node(id = "chainner_native:image:premultiplied_alpha", group = ARITHMETIC, icon = "CgMathDivide")]
#[output(same_as = image)]
pub fn premultiplied_alpha(
    #[input(channels = [4])] image: ImageView<'_>,
    alpha_association_conversion: AlphaAssociation,
) -> Image {
    match alpha_association_conversion {
        AlphaAssociation::PremultiplyRgb => map::pixels(image, |[b, g, r, a]: [f32; 4]| [b * a, g * a, r * a, a]),
        // Colours of what is fully transparent cannot be told: any light becomes white, and none (NaN, until it is clamped) black.
        AlphaAssociation::UnpremultiplyRgb => map::pixels(image, |[b, g, r, a]: [f32; 4]| [b / a, g / a, r / a, a]),
    }
}
