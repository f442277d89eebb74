//! The nearest colour of a palette, by the sum of the squares of the channels' differences; of equally near ones the first.

use chainner_sdk::prelude::*;
use multiversion::multiversion;

use super::{LANES, Nearest};

/// Colours that are compared at once.
const BLOCK: usize = 8;

/// Colours, in planes of `BLOCK` each; the last block is filled up with colours that are never the nearest.
#[derive(Debug, Clone)]
pub struct Palette<const N: usize> {
    blocks: Vec<Block<N>>,
}

/// As many colours as are there, and others behind them.
#[derive(Debug, Clone)]
struct Block<const N: usize> {
    count: usize,
    planes: [[f32; BLOCK]; N],
}

impl<const N: usize> Palette<N> {
    /// A palette of the pixels of a row; `None` if there are none.
    pub fn from_row(row: &[f32]) -> Option<Self> {
        let (colors, _) = row.as_chunks::<N>();
        // Far enough to be the farthest, near enough that its square is a number.
        const NEVER: f32 = 1e15;
        let blocks = colors.chunks(BLOCK).map(|colors| {
            let mut block = [[NEVER; BLOCK]; N];
            for (i, color) in colors.iter().enumerate() {
                (0..N).for_each(|c| block[c][i] = color[c]);
            }
            Block { count: colors.len(), planes: block }
        });
        (!colors.is_empty()).then(|| Self { blocks: blocks.collect() })
    }
}

impl<const N: usize> Nearest<N> for Palette<N> {
    /// Within the range of samples: errors that no colour can make up for are let go.
    #[inline(always)]
    fn wanted(&self, pixel: [f32; N]) -> [f32; N] {
        pixel.map(super::super::unit)
    }

    #[inline]
    fn nearest(&self, pixel: [f32; N]) -> [f32; N] {
        let (mut least, mut nearest) = (f32::INFINITY, self.blocks[0].planes.map(|plane| plane[0]));
        for Block { planes: block, .. } in &self.blocks {
            let mut distances = [0.0; BLOCK];
            for c in 0..N {
                for i in 0..BLOCK {
                    let difference = block[c][i] - pixel[c];
                    distances[i] += difference * difference;
                }
            }
            // By halves, with their places: each step waits for the one before, and three are less than eight.
            let mut places: [u32; BLOCK] = std::array::from_fn(|i| i as u32);
            for half in [4, 2, 1] {
                for i in 0..half {
                    let (near, other) = (distances[i], distances[i + half]);
                    let is_less = (other < near) | ((other == near) & (places[i + half] < places[i]));
                    distances[i] = if is_less { other } else { near };
                    places[i] = if is_less { places[i + half] } else { places[i] };
                }
            }
            if distances[0] < least {
                least = distances[0];
                nearest = std::array::from_fn(|c| block[c][places[0] as usize % BLOCK]);
            }
        }
        nearest
    }

    #[inline(always)]
    fn wanted_lanes(&self, pixels: &[[f32; LANES]; N]) -> [[f32; LANES]; N] {
        let mut wanted = [[0.0; LANES]; N];
        for lane in 0..LANES {
            for c in 0..N {
                wanted[c][lane] = super::super::unit(pixels[c][lane]);
            }
        }
        wanted
    }

    /// Many pixels against one colour after the other.
    #[inline(always)]
    fn nearest_lanes(&self, pixels: &[[f32; LANES]; N]) -> [[f32; LANES]; N] {
        // From one memory to the other and back, an odd last colour twice: of a choice between a colour and what is there already
        // compilers make a store of some lanes only, which is slow on many processors.
        let (mut here, mut there) = (Found::none(), Found::none());
        for block in &self.blocks {
            let last = block.count - 1;
            for place in (0..=last).step_by(2) {
                let [one, two] = [place, (place + 1).min(last)].map(|place| block.planes.map(|plane| plane[place]));
                here.or(one, pixels, &mut there);
                there.or(two, pixels, &mut here);
            }
        }
        here.nearest
    }
}

/// The nearest colours of lanes so far, and how far they are.
struct Found<const N: usize> {
    least: [f32; LANES],
    nearest: [[f32; LANES]; N],
}

impl<const N: usize> Found<N> {
    fn none() -> Self {
        Self { least: [f32::INFINITY; LANES], nearest: [[0.0; LANES]; N] }
    }

    /// Those, or another colour where that is nearer.
    #[inline(always)]
    #[allow(clippy::needless_range_loop, reason = "places of several arrays")]
    fn or(&self, color: [f32; N], pixels: &[[f32; LANES]; N], nearer: &mut Self) {
        for lane in 0..LANES {
            let mut distance = 0.0;
            for c in 0..N {
                let difference = color[c] - pixels[c][lane];
                distance += difference * difference;
            }
            let is_less = distance < self.least[lane];
            for c in 0..N {
                nearer.nearest[c][lane] = if is_less { color[c] } else { self.nearest[c][lane] };
            }
            nearer.least[lane] = if is_less { distance } else { self.least[lane] };
        }
    }
}

/// Pixels that are compared at once: so many that the compiler keeps the loops over them and vectorises them, which it does not do to
/// loops that it unrolls.
const PIXELS: usize = 64;

/// Replaces every pixel by the nearest colour.
///
/// # Panics
/// When the image does not have `N` channels.
pub fn quantize<const N: usize>(image: ImageView<'_>, palette: &Palette<N>) -> Image {
    assert_eq!(image.channels(), N, "the caller asks for the channels first");
    Image::from_rows(image.width(), image.height(), N, |y, to| quantize_row(image.row(y), to, palette))
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn quantize_row<const N: usize>(from: &[f32], to: &mut [f32], palette: &Palette<N>) {
    let (from, rest) = (from.as_chunks::<N>().0, to.as_chunks_mut::<N>().0);
    // Many pixels against one colour after the other.
    for (from, to) in from.chunks(PIXELS).zip(rest.chunks_mut(PIXELS)) {
        let mut pixels = [[0.0; PIXELS]; N];
        for (i, pixel) in from.iter().enumerate() {
            (0..N).for_each(|c| pixels[c][i] = super::super::unit(pixel[c]));
        }
        let (mut least, mut nearest) = ([f32::INFINITY; PIXELS], [[0.0; PIXELS]; N]);
        for block in &palette.blocks {
            for color in (0..block.count).map(|place| block.planes.map(|plane| plane[place])) {
                let mut distances = [0.0; PIXELS];
                for c in 0..N {
                    for i in 0..PIXELS {
                        let difference = color[c] - pixels[c][i];
                        distances[i] += difference * difference;
                    }
                }
                for c in 0..N {
                    for i in 0..PIXELS {
                        nearest[c][i] = if distances[i] < least[i] { color[c] } else { nearest[c][i] };
                    }
                }
                for i in 0..PIXELS {
                    least[i] = if distances[i] < least[i] { distances[i] } else { least[i] };
                }
            }
        }
        for (i, to) in to.iter_mut().enumerate() {
            *to = std::array::from_fn(|c| nearest[c][i]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::blur::separable::noise;

    fn plain<const N: usize>(pixel: &[f32], colors: &[[f32; N]]) -> [f32; N] {
        let distance = |color: &[f32; N]| pixel.iter().zip(color).map(|(a, b)| (b - a) * (b - a)).sum::<f32>();
        *colors.iter().min_by(|a, b| distance(a).total_cmp(&distance(b))).expect("a colour")
    }

    #[test]
    fn the_nearest_colour_is_found_in_palettes_of_any_size() {
        let image = noise(43, 12, 3);
        for count in [1, 5, 16, 17, 40] {
            let row = noise(count, 2, 3);
            let colors = row.view().row(1).as_chunks::<3>().0;
            let palette = Palette::<3>::from_row(row.view().row(1)).expect("colours");
            let quantized = quantize(image.view(), &palette);
            for (to, from) in quantized.view().samples().chunks(3).zip(image.view().samples().as_chunks::<3>().0) {
                assert_eq!(to, plain(from, colors));
                assert_eq!(palette.nearest(*from), plain(from, colors));
            }
        }
        assert!(Palette::<3>::from_row(&[]).is_none());
    }
}
