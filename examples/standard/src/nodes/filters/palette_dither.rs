//! Dither (Palette).

use chainner_sdk::prelude::*;

use super::error_diffusion_map::ErrorDiffusionMap;
use crate::{
    categories::filters::QUANTIZE,
    kernels::dither::{
        diffusion,
        palette::{self, Palette},
        riemersma,
    },
};

/// How it is hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
#[choice(type_name = "PaletteDitherAlgorithm")]
#[allow(missing_docs, reason = "labels say it")]
pub enum PaletteDitherAlgorithm {
    #[choice(label = "No dithering", id = "None")]
    None,
    #[choice(label = "Error Diffusion", id = "Diffusion", default)]
    Diffusion,
    #[choice(label = "Riemersma Dithering", id = "Riemersma")]
    Riemersma,
}

/// Reduces an image to the colours of a palette, the top row of an image, and hides it by dithering.
#[node(
    id = "chainner_native:image:palette_dither",
    group = QUANTIZE,
    name = "Dither (Palette)",
    icon = "MdShowChart",
    see_also = ["chainner:image:palette_from_image"],
)]
#[output(same_as = image)]
pub fn palette_dither(
    #[input(channels = [1, 3, 4])] image: ImageView<'_>,
    #[input(navi = Image { channels: image.channels })] palette: ImageView<'_>,
    palette_dither_algorithm: PaletteDitherAlgorithm,
    #[input(when(palette_dither_algorithm == PaletteDitherAlgorithm::Diffusion))]
    error_diffusion_map: ErrorDiffusionMap,
    #[input(
        default = 16,
        range = 2..,
        when(palette_dither_algorithm == PaletteDitherAlgorithm::Riemersma),
    )]
    history_length: u32,
) -> Result<Image, NodeError> {
    if palette.channels() != image.channels() {
        let message = format!("expected as many channels as the image, {image}, got {palette}");
        return Err(NodeError::new(message).input("Palette"));
    }
    let dithered = match image.channels() {
        1 => dithered::<1>(image, palette, palette_dither_algorithm, error_diffusion_map, history_length),
        3 => dithered::<3>(image, palette, palette_dither_algorithm, error_diffusion_map, history_length),
        _ => dithered::<4>(image, palette, palette_dither_algorithm, error_diffusion_map, history_length),
    };
    dithered.ok_or_else(|| NodeError::new("expected at least one colour").input("Palette"))
}

fn dithered<const N: usize>(
    image: ImageView<'_>,
    palette: ImageView<'_>,
    algorithm: PaletteDitherAlgorithm,
    map: ErrorDiffusionMap,
    history: u32,
) -> Option<Image> {
    let row = if palette.height() > 0 { palette.row(0) } else { &[] };
    let palette = Palette::<N>::from_row(row)?;
    Some(match algorithm {
        PaletteDitherAlgorithm::None => palette::quantize(image, &palette),
        PaletteDitherAlgorithm::Diffusion => diffusion::dither(image, &palette, map.into()),
        PaletteDitherAlgorithm::Riemersma => riemersma::dither(image, &palette, history as usize),
    })
}
