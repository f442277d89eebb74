//! Error diffusion: what a pixel is off goes to those that follow.
//!
//! Floyd, Steinberg, *An adaptive algorithm for spatial greyscale* (1976); Jarvis, Judice, Ninke, *A survey of techniques for the
//! display of continuous tone pictures on bilevel displays* (1976); Stucki, *MECCA* (IBM RZ1060, 1981); Burkes (1988) and Sierra
//! (1989, 1990), as published on CompuServe; Atkinson's, which drops a quarter of the error, for the Apple Macintosh.

use chainner_sdk::prelude::*;
use multiversion::multiversion;

use super::{LANES, Nearest};

/// Where the error goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "names of their inventors")]
pub enum Map {
    FloydSteinberg,
    JarvisJudiceNinke,
    Stucki,
    Atkinson,
    Burkes,
    Sierra,
    TwoRowSierra,
    SierraLite,
}

/// Shares for two pixels to the left up to two to the right, of the same row and the next two.
#[derive(Debug, Clone, Copy)]
struct Shares {
    divisor: u8,
    counts: [[u8; 5]; 3],
}

impl Map {
    fn shares(self) -> Shares {
        let (divisor, counts) = match self {
            Self::FloydSteinberg => (16, [[0, 0, 0, 7, 0], [0, 3, 5, 1, 0], [0; 5]]),
            Self::JarvisJudiceNinke => (48, [[0, 0, 0, 7, 5], [3, 5, 7, 5, 3], [1, 3, 5, 3, 1]]),
            Self::Stucki => (42, [[0, 0, 0, 8, 4], [2, 4, 8, 4, 2], [1, 2, 4, 2, 1]]),
            Self::Atkinson => (8, [[0, 0, 0, 1, 1], [0, 1, 1, 1, 0], [0, 0, 1, 0, 0]]),
            Self::Burkes => (32, [[0, 0, 0, 8, 4], [2, 4, 8, 4, 2], [0; 5]]),
            Self::Sierra => (32, [[0, 0, 0, 5, 3], [2, 4, 5, 4, 2], [0, 2, 3, 2, 0]]),
            Self::TwoRowSierra => (16, [[0, 0, 0, 4, 3], [1, 2, 3, 2, 1], [0; 5]]),
            Self::SierraLite => (4, [[0, 0, 0, 2, 0], [0, 1, 1, 0, 0], [0; 5]]),
        };
        Shares { divisor, counts }
    }
}

impl Shares {
    /// The parts of an error that go to a row, 0 for the one that it comes from.
    fn parts(&self, down: usize) -> [f32; 5] {
        self.counts[down].map(|count| f32::from(count) / f32::from(self.divisor))
    }
}

/// How many pixels a row is behind the one above, so that all errors of two rows have arrived in the order in which one row after the
/// other would have given them.
const LAG: usize = 5;
/// Lanes that errors go to: those of the rows of a band, and of the first two rows of the next.
const GIVEN: usize = LANES + 2;

/// Replaces every pixel by the nearest colour and lets its error go on, as if row by row from left to right.
///
/// # Panics
/// When the image does not have `N` channels.
pub fn dither<const N: usize>(image: ImageView<'_>, nearest: &impl Nearest<N>, map: Map) -> Image {
    assert_eq!(image.channels(), N, "the caller asks for the channels first");
    let (width, height) = (image.width(), image.height());
    let mut band = Band::<N>::new(width);
    let mut dithered = Image::new(width, height, N);
    // Every pixel depends on the one before and on those above: as many rows as there are lanes are worked on side by side, each some
    // pixels behind the one above.
    let rows_of = LANES * width * N;
    for (index, to) in dithered.samples_mut().chunks_mut(rows_of.max(1)).enumerate() {
        let from = &image.samples()[index * rows_of..][..to.len()];
        band.begin();
        band.fill(from, width);
        run(&mut band, nearest, map.shares(), width);
        band.take(to, width);
    }
    dithered
}

/// Rows side by side: what is behind one another here is at the same step, where each row is [`LAG`] pixels behind the one above.
struct Band<const N: usize> {
    /// The pixels, and then what has become of them.
    pixels: Vec<[[f32; LANES]; N]>,
    /// What they get from the rows above.
    errors: Vec<[[f32; GIVEN]; N]>,
}

impl<const N: usize> Band<N> {
    fn new(width: usize) -> Self {
        let steps = width + LAG * (LANES - 1);
        // Two pixels to the left and to the right, of two rows further down.
        Self { pixels: vec![[[0.0; LANES]; N]; steps], errors: vec![[[0.0; GIVEN]; N]; steps + 2 * LAG + 4] }
    }

    /// Keeps the errors that are for the next rows.
    fn begin(&mut self) {
        let len = self.errors.len();
        for step in 0..len {
            let mut errors = [[0.0; GIVEN]; N];
            if step + LAG * LANES < len {
                let given = &self.errors[step + LAG * LANES];
                (0..N).for_each(|c| errors[c][..2].copy_from_slice(&given[c][LANES..]));
            }
            self.errors[step] = errors;
        }
    }

    /// Step by step, so that what is written lies together, and what is read are as many streams as there are rows.
    fn fill(&mut self, from: &[f32], width: usize) {
        let rows = from.as_chunks::<N>().0;
        for (step, to) in self.pixels.iter_mut().enumerate() {
            for lane in lanes(step, width, rows.len()) {
                let pixel = &rows[lane * width + step - LAG * lane];
                (0..N).for_each(|c| to[c][lane] = pixel[c]);
            }
        }
    }

    fn take(&self, to: &mut [f32], width: usize) {
        let rows = to.as_chunks_mut::<N>().0;
        for (step, from) in self.pixels.iter().enumerate() {
            for lane in lanes(step, width, rows.len()) {
                let pixel = &mut rows[lane * width + step - LAG * lane];
                (0..N).for_each(|c| pixel[c] = from[c][lane]);
            }
        }
    }
}

/// The lanes whose rows have a pixel at a step, of a band of so many pixels.
#[inline(always)]
fn lanes(step: usize, width: usize, pixels: usize) -> std::ops::Range<usize> {
    let first = if step < width { 0 } else { (step - width) / LAG + 1 };
    first..(step / LAG + 1).min(pixels / width)
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn run<const N: usize, P: Nearest<N>>(band: &mut Band<N>, nearest: &P, shares: Shares, width: usize) {
    let [_, _, _, right, further] = shares.parts(0);
    let below = [shares.parts(1), shares.parts(2)];
    // What the next two pixels get from this row stays in registers.
    let (mut one, mut two) = ([[0.0; LANES]; N], [[0.0; LANES]; N]);
    for (step, pixels) in band.pixels.iter_mut().enumerate() {
        let here = &band.errors[step + 2];
        let mut wanted = [[0.0; LANES]; N];
        for lane in 0..LANES {
            for c in 0..N {
                wanted[c][lane] = pixels[c][lane] + here[c][lane] + one[c][lane];
            }
        }
        let wanted = nearest.wanted_lanes(&wanted);
        let found = nearest.nearest_lanes(&wanted);
        let mut error = [[0.0; LANES]; N];
        for lane in 0..LANES {
            for c in 0..N {
                // Before a row begins and after it has ended there are no errors.
                let is_in_row = (step as u32).wrapping_sub((LAG * lane) as u32) < width as u32;
                let off = wanted[c][lane] - found[c][lane];
                error[c][lane] = if is_in_row { off } else { 0.0 };
            }
        }
        for lane in 0..LANES {
            for c in 0..N {
                one[c][lane] = two[c][lane] + error[c][lane] * right;
                two[c][lane] = error[c][lane] * further;
            }
        }
        for (down, parts) in (1..).zip(&below) {
            for (to, part) in parts.iter().enumerate().filter(|(_, part)| **part > 0.0) {
                let to = &mut band.errors[step + down * LAG + to];
                for c in 0..N {
                    let to: &mut [f32; LANES] = (&mut to[c][down..down + LANES]).try_into().expect("so many lanes");
                    for lane in 0..LANES {
                        to[lane] += error[c][lane] * part;
                    }
                }
            }
        }
        *pixels = found;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::{
        blur::separable::noise,
        dither::{Levels, palette::Palette},
    };

    const ALL: [Map; 8] = [
        Map::FloydSteinberg,
        Map::JarvisJudiceNinke,
        Map::Stucki,
        Map::Atkinson,
        Map::Burkes,
        Map::Sierra,
        Map::TwoRowSierra,
        Map::SierraLite,
    ];

    /// Errors in an image of their own.
    fn plain(image: ImageView<'_>, levels: Levels, map: Map) -> Vec<f32> {
        let (width, height) = (image.width() as isize, image.height() as isize);
        let mut wanted: Vec<f64> = image.samples().iter().map(|&sample| sample.into()).collect();
        let mut result = Vec::new();
        for i in 0..wanted.len() {
            let to = levels.round(wanted[i] as f32);
            let error = wanted[i] - f64::from(to);
            result.push(to);
            let (x, y) = (i as isize % width, i as isize / width);
            for (dy, shares) in map.shares().counts.iter().enumerate() {
                for (dx, share) in shares.iter().enumerate() {
                    let (x, y) = (x + dx as isize - 2, y + dy as isize);
                    if (0..width).contains(&x) && y < height {
                        wanted[(y * width + x) as usize] += error * f64::from(*share) / f64::from(map.shares().divisor);
                    }
                }
            }
        }
        result
    }

    /// One pixel after the other, row by row.
    fn in_order<const N: usize>(image: ImageView<'_>, nearest: &impl Nearest<N>, map: Map) -> Vec<f32> {
        let width = image.width();
        let mut errors: [Vec<[f32; N]>; 3] = std::array::from_fn(|_| vec![[0.0; N]; width + 4]);
        let mut result = Vec::new();
        let parts = [0, 1, 2].map(|down| map.shares().parts(down));
        for y in 0..image.height() {
            let (mut one, mut two) = ([0.0; N], [0.0; N]);
            for (x, from) in image.row(y).as_chunks::<N>().0.iter().enumerate() {
                let wanted: [f32; N] = nearest.wanted(std::array::from_fn(|c| from[c] + errors[0][x + 2][c] + one[c]));
                let to = nearest.nearest(wanted);
                for c in 0..N {
                    let error = wanted[c] - to[c];
                    one[c] = two[c] + error * parts[0][3];
                    two[c] = error * parts[0][4];
                    for (errors, parts) in errors.iter_mut().zip(parts).skip(1) {
                        for (to, part) in errors[x..].iter_mut().zip(parts) {
                            to[c] += error * part;
                        }
                    }
                }
                result.extend(to);
            }
            errors[0].fill([0.0; N]);
            errors.rotate_left(1);
        }
        result
    }

    #[test]
    fn rows_side_by_side_are_rows_one_after_another() {
        fn compare<const N: usize>(map: Map, nearest: &impl Nearest<N>) {
            for (width, height) in [(1, 40), (2, 3), (30, 1), (50, 16), (90, 33), (17, 100)] {
                let image = noise(width, height, N);
                let fast = dither(image.view(), nearest, map);
                assert_eq!(fast.view().samples(), in_order(image.view(), nearest, map), "{map:?} {image}");
            }
        }
        fn compare_all<const N: usize>(nearest: &impl Nearest<N>) {
            ALL.into_iter().for_each(|map| compare(map, nearest));
        }
        let levels = Levels::new(4);
        compare_all::<1>(&levels);
        compare_all::<3>(&levels);
        compare_all::<4>(&levels);
        for count in [1, 7, 20] {
            compare_all::<3>(&Palette::<3>::from_row(noise(count, 1, 3).view().row(0)).expect("colours"));
        }
    }

    #[test]
    fn errors_go_where_the_maps_say() {
        for map in ALL {
            for (width, height) in [(1, 1), (1, 6), (2, 5), (40, 20)] {
                let image = noise(width, height, 1);
                let levels = Levels::new(3);
                let fast = dither::<1>(image.view(), &levels, map);
                let same =
                    fast.view().samples().iter().zip(plain(image.view(), levels, map)).filter(|(a, b)| *a == b).count();
                // Where a sum lies between two levels a rounding decides.
                assert!(same * 100 >= width * height * 97, "{map:?} {width}x{height}: {same}");
            }
        }
    }

    #[test]
    fn no_more_than_the_whole_error_is_given_away() {
        for map in ALL {
            let shares = map.shares();
            let given: u32 = shares.counts.iter().flatten().map(|&count| u32::from(count)).sum();
            let whole = if map == Map::Atkinson { 6 } else { shares.divisor.into() };
            assert_eq!(given, whole, "{map:?}");
        }
    }
}
