//! Thresholds that follow the surroundings.

use chainner_sdk::prelude::*;

use crate::{
    categories::adjustments::THRESHOLD,
    kernels::local_threshold::{self, Mean},
};

/// What becomes of samples above and below the threshold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
#[choice(type_name = "AdaptiveThresholdType")]
pub enum AdaptiveThresholdType {
    /// Above it the maximum, else black.
    #[choice(id = 0)]
    Binary,
    /// Above it black, else the maximum.
    #[choice(label = "Binary (Inverted)", id = 1)]
    BinaryInv,
}

/// What the threshold is taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
#[choice(type_name = "AdaptiveMethod")]
pub enum AdaptiveMethod {
    /// All pixels around count the same.
    #[choice(id = 0)]
    Mean,
    /// Near pixels count more.
    #[choice(id = 1)]
    Gaussian,
}

/// Compares each pixel with those around it: what is brighter than their mean is above the threshold.
#[node(
    id = "chainner_native:image:threshold_adaptive",
    group = THRESHOLD,
    name = "Threshold (Adaptive)",
    icon = "MdAutoGraph",
    limited_to_8bit
)]
#[output(same_as = image)]
pub fn threshold_adaptive(
    #[input(channels = 1)] image: ImageView<'_>,
    #[input(id = 3)] threshold_type: AdaptiveThresholdType,
    #[input(id = 1, default = 100.0, range = 0.0..=100.0, step = 1.0, precision = 1, slider)] maximum_value: f32,
    #[input(id = 2)] adaptive_method: AdaptiveMethod,
    #[input(range = 1..)] block_radius: u32,
    /// How much below the mean the threshold lies, in percent.
    #[input(range = -100.0..=100.0, step = 0.1)]
    constant_subtraction: f32,
) -> Image {
    let percent = |value: f32| (f64::from(value) / 100.0 * 255.0).round_ties_even();
    let maximum = percent(maximum_value) as f32 / 255.0;
    let values = match threshold_type {
        AdaptiveThresholdType::Binary => [maximum, 0.0],
        AdaptiveThresholdType::BinaryInv => [0.0, maximum],
    };
    let mean = match adaptive_method {
        AdaptiveMethod::Mean => Mean::Box,
        AdaptiveMethod::Gaussian => Mean::Gaussian,
    };
    local_threshold::threshold(image, mean, block_radius as usize, percent(constant_subtraction) as i32, values)
}
