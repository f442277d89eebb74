//! Dither.

use chainner_sdk::prelude::*;

use super::error_diffusion_map::ErrorDiffusionMap;
use crate::{
    categories::filters::QUANTIZE,
    kernels::dither::{Levels, diffusion, ordered, riemersma},
};

/// How it is hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
#[choice(type_name = "UniformDitherAlgorithm")]
#[allow(missing_docs, reason = "labels say it")]
pub enum UniformDitherAlgorithm {
    #[choice(label = "No dithering", id = "None")]
    None,
    #[choice(label = "Ordered Dithering", id = "Ordered")]
    Ordered,
    #[choice(label = "Error Diffusion", id = "Diffusion", default)]
    Diffusion,
    #[choice(label = "Riemersma Dithering", id = "Riemersma")]
    Riemersma,
}

/// Tiles of thresholds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
#[choice(type_name = "ThresholdMap")]
#[allow(missing_docs, reason = "labels say it")]
pub enum ThresholdMap {
    #[choice(label = "Bayer 2x2", id = "B2")]
    Bayer2,
    #[choice(label = "Bayer 4x4", id = "B4")]
    Bayer4,
    #[choice(label = "Bayer 8x8", id = "B8")]
    Bayer8,
    #[choice(label = "Bayer 16x16", id = "B16", default)]
    Bayer16,
}

/// Reduces every channel of an image to a few evenly spaced levels, and hides it by dithering.
#[node(id = "chainner_native:image:dither", group = QUANTIZE, icon = "MdShowChart")]
#[output(same_as = image)]
pub fn dither(
    #[input(channels = [1, 3, 4])] image: ImageView<'_>,
    #[input(label = "Colors per channel", default = 8, range = 2..)] colors_per_channel: u32,
    uniform_dither_algorithm: UniformDitherAlgorithm,
    #[input(when(uniform_dither_algorithm == UniformDitherAlgorithm::Ordered))] threshold_map: ThresholdMap,
    #[input(when(uniform_dither_algorithm == UniformDitherAlgorithm::Diffusion))]
    error_diffusion_map: ErrorDiffusionMap,
    #[input(
        default = 16,
        range = 2..,
        when(uniform_dither_algorithm == UniformDitherAlgorithm::Riemersma),
    )]
    history_length: u32,
) -> Image {
    let levels = Levels::new(colors_per_channel);
    let side = match threshold_map {
        ThresholdMap::Bayer2 => 2,
        ThresholdMap::Bayer4 => 4,
        ThresholdMap::Bayer8 => 8,
        ThresholdMap::Bayer16 => 16,
    };
    let (map, history) = (error_diffusion_map.into(), history_length as usize);
    match (uniform_dither_algorithm, image.channels()) {
        (UniformDitherAlgorithm::None, _) => ordered::quantize(image, levels),
        (UniformDitherAlgorithm::Ordered, _) => ordered::dither(image, levels, side),
        (UniformDitherAlgorithm::Diffusion, 1) => diffusion::dither::<1>(image, &levels, map),
        (UniformDitherAlgorithm::Diffusion, 3) => diffusion::dither::<3>(image, &levels, map),
        (UniformDitherAlgorithm::Diffusion, _) => diffusion::dither::<4>(image, &levels, map),
        (UniformDitherAlgorithm::Riemersma, 1) => riemersma::dither::<1>(image, &levels, history),
        (UniformDitherAlgorithm::Riemersma, 3) => riemersma::dither::<3>(image, &levels, history),
        (UniformDitherAlgorithm::Riemersma, _) => riemersma::dither::<4>(image, &levels, history),
    }
}
