//! The colours of an image.

use chainner_sdk::prelude::*;

use crate::{
    categories::utilities::MISCELLANEOUS,
    kernels::palette::{Sample, distinct, k_means, median_cut},
};

/// How the colours are chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
pub enum PaletteExtractionMethod {
    /// Every colour there is, for images of at most 4096.
    #[choice(label = "All distinct colors")]
    All,
    /// Colours that most others are near to.
    #[choice(label = "K-Means", id = "k-means", default)]
    Kmeans,
    /// Colours of parts of the image that have about as many pixels each.
    #[choice(label = "Median cut", id = "median")]
    MedianCut,
}

/// The widest palette.
const MOST: usize = 4096;

/// Makes a palette of the colours of an image: one row, a pixel for each colour.
///
/// If the image has fewer colours than the palette should have, its last colour is repeated. The same image always gives the same palette.
#[node(
    id = "chainner_native:image:palette_from_image",
    group = MISCELLANEOUS,
    name = "Palette from Image",
    icon = "MdGradient",
    see_also = ["chainner_native:image:lut", "chainner_native:image:palette_dither"],
)]
#[output(
    label = "Palette",
    navi = Image { width: r"
        match $palette_extraction_method {
            chainner_native::PaletteExtractionMethod::All => 1..4096 & int,
            _ => min($palette_size, 4096)
        }
    ", height: 1, channels: image.channels },
)]
pub fn palette_from_image(
    image: ImageView<'_>,
    palette_extraction_method: PaletteExtractionMethod,
    #[input(
        default = 8,
        range = 2..=4096,
        when(matches!(palette_extraction_method, PaletteExtractionMethod::Kmeans | PaletteExtractionMethod::MedianCut)),
    )]
    palette_size: u32,
) -> Result<Image, NodeError> {
    match image.channels() {
        1 => palette::<1>(image, palette_extraction_method, palette_size as usize),
        2 => palette::<2>(image, palette_extraction_method, palette_size as usize),
        3 => palette::<3>(image, palette_extraction_method, palette_size as usize),
        4 => palette::<4>(image, palette_extraction_method, palette_size as usize),
        _ => Err(NodeError::new(format!("a palette is made of an image of 1 to 4 channels, but this is a {image}"))),
    }
}

fn palette<const N: usize>(
    image: ImageView<'_>,
    method: PaletteExtractionMethod,
    size: usize,
) -> Result<Image, NodeError> {
    let pixels = image.samples().as_chunks::<N>().0;
    let all = method == PaletteExtractionMethod::All;
    let colors: Vec<Sample<N>> = match distinct::colors(pixels, if all { MOST } else { size }) {
        Some(mut few) => {
            if let (false, Some(&last)) = (all, few.last()) {
                few.resize(size, last);
            }
            few
        }
        None if all => {
            return Err(NodeError::new(format!(
                "the image has more than {MOST} different colours: choose another method, or quantize the image first"
            )));
        }
        None if method == PaletteExtractionMethod::Kmeans => k_means::palette(pixels, size),
        None => median_cut::palette(&mut pixels.to_vec(), size),
    };
    Ok(Image::from_rows(colors.len(), 1, N, |_, row| row.copy_from_slice(colors.as_flattened())))
}
