//! Fixed thresholds.

use chainner_sdk::prelude::*;

use crate::{
    categories::adjustments::THRESHOLD,
    kernels::{map, subpixel, threshold::Threshold},
};

/// What becomes of samples above and below the threshold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
#[choice(type_name = "ThresholdType")]
pub enum ThresholdType {
    /// Above it the maximum, else black.
    #[choice(id = 0)]
    Binary,
    /// Above it black, else the maximum.
    #[choice(label = "Binary (Inverted)", id = 1)]
    BinaryInv,
    /// Above it the threshold.
    #[choice(label = "Truncated", id = 2)]
    Trunc,
    /// Up to it black.
    #[choice(id = 3)]
    ToZero,
    /// Above it black.
    #[choice(label = "To Zero (Inverted)", id = 4)]
    ToZeroInv,
}

/// Replaces samples that are above a threshold, or those that are not.
///
/// Each channel is looked at by itself, opacity too.
#[node(
    id = "chainner_native:image:threshold",
    group = THRESHOLD,
    icon = "MdShowChart",
    key_info = threshold,
    see_also = ["chainner_native:image:generate_threshold", "chainner_native:image:threshold_adaptive"]
)]
#[output(same_as = image)]
pub fn threshold(
    image: ImageView<'_>,
    #[input(default = 50.0, range = 0.0..=100.0, step = 1.0, precision = 1, slider)] threshold: f32,
    #[input(id = 3)] threshold_type: ThresholdType,
    #[input(
        id = 2,
        default = 100.0,
        range = 0.0..=100.0,
        step = 1.0,
        precision = 1,
        slider,
        when(matches!(threshold_type, ThresholdType::Binary | ThresholdType::BinaryInv))
    )]
    maximum_value: f32,
    /// Smooth edges: how much of a pixel is above the threshold, if colours change evenly from pixel to pixel.
    #[input(label = "Anti-aliasing")]
    anti_aliasing: bool,
    /// How far around a pixel its share is taken, in tenths of a pixel.
    #[input(range = 0..=10, slider, when(anti_aliasing))]
    softness: u32,
) -> Image {
    let (threshold, maximum) = (threshold / 100.0, maximum_value / 100.0);
    let kind = match threshold_type {
        ThresholdType::Binary => Threshold::Binary(maximum),
        ThresholdType::BinaryInv => Threshold::BinaryInverted(maximum),
        ThresholdType::Trunc => Threshold::Truncated,
        ThresholdType::ToZero => Threshold::ToZero,
        ThresholdType::ToZeroInv => Threshold::ToZeroInverted,
    };
    if anti_aliasing {
        let width = 1.0 + f64::from(softness) / 10.0;
        subpixel::threshold(image, threshold, width, move |sample, share| kind.share(sample, threshold, share))
    } else {
        let at = kind.at(threshold);
        map::samples(image, move |sample| at.apply(sample))
    }
}
