//! High Boost Filter.

use chainner_sdk::prelude::*;

use crate::{
    categories::filters::SHARPEN,
    kernels::high_boost::{self, Neighbors},
};

/// Neighbours that a pixel is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
#[choice(type_name = "KernelType")]
pub enum KernelType {
    /// Four.
    #[choice(id = 0)]
    Normal,
    /// Eight.
    #[choice(id = 1)]
    Strong,
}

/// Sharpens an image by the difference of each pixel from its neighbours.
#[node(
    id = "chainner_native:image:sharpen_hbf",
    group = SHARPEN,
    name = "High Boost Filter",
    icon = "MdBlurOff",
    see_also = ["chainner_native:image:sharpen"],
)]
#[output(same_as = image)]
pub fn sharpen_hbf(
    image: ImageView<'_>,
    filter_type: KernelType,
    #[input(default = 2.0, range = 0.0..=100.0, step = 1.0, precision = 1, slider, scale = log)] amount: f32,
    /// Sharpens less where there is contrast already, or little room up to black or white.
    contrast_adaptive: bool,
    /// A higher bias sharpens more, and adapts less to contrast.
    #[input(
        default = 2.0,
        range = 1.0..=3.0,
        step = 0.1,
        precision = 2,
        slider,
        when(contrast_adaptive),
    )]
    contrast_bias: f32,
) -> Image {
    let neighbors = match filter_type {
        KernelType::Normal => Neighbors::Four,
        KernelType::Strong => Neighbors::Eight,
    };
    match contrast_adaptive {
        _ if amount == 0.0 => image.to_image(),
        false => high_boost::sharpen(image, neighbors, amount),
        true => high_boost::sharpen_adaptively(image, neighbors, amount, contrast_bias),
    }
}
