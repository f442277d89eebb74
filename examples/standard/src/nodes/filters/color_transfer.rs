//! Color Transfer.

use chainner_sdk::prelude::*;

use crate::{
    categories::filters::CORRECTION,
    kernels::color_transfer::{self, Overflow, Space},
};

/// What is made alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
#[choice(type_name = "TransferColorAlgorithm")]
pub enum TransferColorAlgorithm {
    /// Mean and deviation of each channel.
    #[choice(label = "Mean+Std")]
    MeanStd,
    /// How all channels vary together.
    LinearHistogram,
    /// The axes along which colours vary.
    PrincipalColor,
}

/// Where means and deviations are measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
#[choice(type_name = "TransferColorSpace")]
pub enum TransferColorSpace {
    /// Lightness and two colour axes.
    #[choice(label = "L*a*b*", id = "L*a*b*")]
    Lab,
    /// The channels as they are.
    #[choice(label = "RGB", id = "RGB")]
    Rgb,
}

/// What becomes of results beyond the range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
#[choice(type_name = "OverflowMethod")]
pub enum OverflowMethod {
    /// They are cut off.
    #[choice(id = 1)]
    Clip,
    /// Their channel is compressed.
    #[choice(id = 0)]
    Scale,
}

/// Gives an image the colours of another.
///
/// Which settings suit depends on the images. Opacity stays as it is, and transparent pixels do not count.
///
/// By principal color, the axes of both images belong together in the order of how far colours vary along them. The app takes them in
/// the order in which its linear algebra library happens to find them, so that its results may differ.
#[node(id = "chainner_native:image:color_transfer", group = CORRECTION, icon = "MdInput")]
#[output(same_as = image)]
pub fn color_transfer(
    #[input(channels = [3, 4])] image: ImageView<'_>,
    #[input(channels = [3, 4])] reference_image: ImageView<'_>,
    #[input(id = 5)] algorithm: TransferColorAlgorithm,
    #[input(id = 2, when(algorithm == TransferColorAlgorithm::MeanStd))] colorspace: TransferColorSpace,
    #[input(id = 3, when(algorithm == TransferColorAlgorithm::MeanStd))] overflow_method: OverflowMethod,
    #[input(id = 4, default = true, when(algorithm == TransferColorAlgorithm::MeanStd))]
    reciprocal_scaling_factor: bool,
) -> Image {
    let space = match colorspace {
        TransferColorSpace::Lab => Space::Lab,
        TransferColorSpace::Rgb => Space::Rgb,
    };
    let overflow = match overflow_method {
        OverflowMethod::Clip => Overflow::Clip,
        OverflowMethod::Scale => Overflow::Scale,
    };
    match algorithm {
        TransferColorAlgorithm::MeanStd => {
            color_transfer::by_deviation(image, reference_image, space, overflow, !reciprocal_scaling_factor)
        }
        TransferColorAlgorithm::LinearHistogram => color_transfer::by_covariance(image, reference_image),
        TransferColorAlgorithm::PrincipalColor => color_transfer::by_principal_axes(image, reference_image),
    }
}
