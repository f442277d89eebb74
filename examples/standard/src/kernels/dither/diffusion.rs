//! Error diffusion: what a pixel is off goes to those that follow.
//!
//! Floyd, Steinberg, *An adaptive algorithm for spatial greyscale* (1976); Jarvis, Judice, Ninke, *A survey of techniques for the
//! display of continuous tone pictures on bilevel displays* (1976); Stucki, *MECCA* (IBM RZ1060, 1981); Burkes (1988) and Sierra
//! (1989, 1990), as published on CompuServe; Atkinson's, which drops a quarter of the error, for the Apple Macintosh.

use std::{
    ops::Range,
    sync::{Mutex, PoisonError, mpsc},
};

use chainner_sdk::{parallel, prelude::*};
use multiversion::multiversion;

use super::{
    LANES, Nearest,
    lanes::{self, Step},
};

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
/// How many steps behind a band is the one below: as many as if its rows were further rows of the same band.
const BAND_LAG: usize = LAG * LANES;
/// Steps whose errors are kept, a power of two and more than two rows down and two pixels to the side.
const KEPT: usize = 16;
/// Steps that are gathered, worked on and scattered at once.
const STEPS: usize = 64;

/// The errors of two rows at a step, of the lower one those of [`LAG`] pixels before.
type Pair<const N: usize> = [[f32; 2]; N];

/// Replaces every pixel by the nearest colour and lets its error go on, as if row by row from left to right.
///
/// Every pixel depends on the one before and on those above: as many rows as there are lanes are a band, whose rows are worked on side by
/// side, each some pixels behind the one above. Bands are taken by threads from the top on, and each waits for the one above.
///
/// # Panics
/// When the image does not have `N` channels.
pub fn dither<const N: usize>(image: ImageView<'_>, nearest: &impl Nearest<N>, map: Map) -> Image {
    assert_eq!(image.channels(), N, "the caller asks for the channels first");
    let width = image.width();
    let mut dithered = Image::new(width, image.height(), N);
    let mut above = None;
    let rows = (LANES * width * N).max(1);
    let bands = dithered.samples_mut().chunks_mut(rows).zip(image.samples().chunks(rows)).map(|(to, from)| {
        let (below, from_here) = mpsc::channel();
        Band { from, to, above: above.replace(from_here), below }
    });
    let bands: Vec<_> = bands.collect();
    let threads = rayon::current_num_threads().min(bands.len());
    // In this order, so that what a band waits for is being worked on, however few threads there are.
    let bands = Mutex::new(bands.into_iter());
    let next = || bands.lock().unwrap_or_else(PoisonError::into_inner).next();
    let taps = &map.shares().taps();
    parallel::for_each(threads, |_| {
        while let Some(band) = next() {
            band.dither(width, nearest, taps);
        }
    });
    dithered
}

/// Errors that a pixel takes over.
struct Taps {
    /// From the pixel before, and the one before that.
    before: [f32; 2],
    /// From the rows above: how many rows up, how many steps ago, and which part. In the order in which they are made.
    above: Vec<(usize, usize, f32)>,
}

impl Shares {
    fn taps(self) -> Taps {
        let [_, _, _, right, further] = self.parts(0);
        let mut above = Vec::new();
        for up in [2, 1] {
            let parts = self.parts(up).into_iter().enumerate().rev().filter(|(_, part)| *part > 0.0);
            above.extend(parts.map(|(to, part)| (up, LAG * up + to - 2, part)));
        }
        Taps { before: [right, further], above }
    }
}

/// As many rows as there are lanes, or what is left of them.
struct Band<'a, const N: usize> {
    from: &'a [f32],
    to: &'a mut [f32],
    /// Errors of the last two rows of the band above, step by step.
    above: Option<mpsc::Receiver<Vec<Pair<N>>>>,
    below: mpsc::Sender<Vec<Pair<N>>>,
}

impl<const N: usize> Band<'_, N> {
    fn dither<P: Nearest<N>>(self, width: usize, nearest: &P, taps: &Taps) {
        let steps = width + LAG * (LANES - 1);
        let mut above: Vec<Pair<N>> = Vec::with_capacity(steps);
        let mut errors = Errors::new();
        let mut block = [[[0.0; LANES]; N]; STEPS];
        for first in (0..steps).step_by(STEPS) {
            let len = STEPS.min(steps - first);
            let block = &mut block[..len];
            while above.len() < steps.min(first + len + BAND_LAG) {
                let Some(more) = self.above.as_ref().and_then(|above| above.recv().ok()) else { break };
                above.extend(more);
            }
            if first == 0 {
                errors.begin(&above);
            }
            let rows = self.from.chunks(width * N).enumerate();
            let parts = rows.map(|(lane, row)| {
                let (steps, samples) = of_row(lane, first, len, width);
                (steps, &row[samples.start * N..samples.end * N])
            });
            lanes::gather(parts, block);
            let above = above.get(first + BAND_LAG..).unwrap_or_default();
            let below = run(block, first, width, &mut errors, above, nearest, taps);
            // If there is no band below, no one listens.
            let _ = self.below.send(below);
            let rows = self.to.chunks_mut(width * N).enumerate();
            let parts = rows.map(|(lane, row)| {
                let (steps, samples) = of_row(lane, first, len, width);
                (steps, &mut row[samples.start * N..samples.end * N])
            });
            lanes::scatter(block, parts);
        }
    }
}

/// Of so many steps from `first` on, those at which a row has pixels, and these.
fn of_row(lane: usize, first: usize, steps: usize, width: usize) -> (Range<usize>, Range<usize>) {
    let begin = LAG * lane;
    let place = |step: usize| step.clamp(begin, begin + width);
    let (from, to) = (place(first), place(first + steps));
    let pixels = from - begin..to - begin;
    let steps = if pixels.is_empty() { 0..0 } else { from - first..to - first };
    (steps, pixels)
}

/// The errors of the last steps: two lanes of the band above, and then those of this one.
struct Errors<const N: usize> {
    kept: [[[f32; LANES + 2]; N]; KEPT],
    /// What the next two pixels get from this row.
    next: [[[f32; LANES]; N]; 2],
}

impl<const N: usize> Errors<N> {
    fn new() -> Self {
        Self { kept: [[[0.0; LANES + 2]; N]; KEPT], next: [[[0.0; LANES]; N]; 2] }
    }

    /// Before the first step, the band above was there.
    fn begin(&mut self, above: &[Pair<N>]) {
        for (kept, above) in self.kept.iter_mut().zip(above.get(BAND_LAG - KEPT..).unwrap_or_default()) {
            (0..N).for_each(|c| kept[c][..2].copy_from_slice(&above[c]));
        }
    }
}

/// Replaces pixels by what they become. Returns the errors of the last two rows.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn run<const N: usize, P: Nearest<N>>(
    block: &mut [Step<N>],
    first: usize,
    width: usize,
    errors: &mut Errors<N>,
    above: &[Pair<N>],
    nearest: &P,
    taps: &Taps,
) -> Vec<Pair<N>> {
    let mut below = Vec::with_capacity(block.len());
    let [mut one, mut two] = errors.next;
    let [right, further] = taps.before;
    for (i, pixels) in block.iter_mut().enumerate() {
        let step = first + i;
        let mut taken = [[0.0; LANES]; N];
        for (up, ago, part) in &taps.above {
            let given = &errors.kept[(step + KEPT - ago) % KEPT];
            let given: [&[f32; LANES]; N] =
                std::array::from_fn(|c| given[c][2 - up..][..LANES].try_into().expect("so many lanes"));
            for lane in 0..LANES {
                for c in 0..N {
                    taken[c][lane] += given[c][lane] * part;
                }
            }
        }
        for lane in 0..LANES {
            for c in 0..N {
                taken[c][lane] = pixels[c][lane] + taken[c][lane] + one[c][lane];
            }
        }
        let wanted = nearest.wanted_lanes(&taken);
        let found = nearest.nearest_lanes(&wanted);
        let mut error = [[0.0; LANES]; N];
        for lane in 0..LANES {
            // Before a row begins and after it has ended there are no errors.
            let is_in_row = (step as u32).wrapping_sub((LAG * lane) as u32) < width as u32;
            // A factor: of a branch, compilers make a store of some lanes only, which is slow on many processors.
            let counts = f32::from(u8::from(is_in_row));
            for c in 0..N {
                let off = wanted[c][lane] - found[c][lane];
                error[c][lane] = off * counts;
                one[c][lane] = two[c][lane] + error[c][lane] * right;
                two[c][lane] = error[c][lane] * further;
            }
        }
        let kept = &mut errors.kept[step % KEPT];
        let above = above.get(i).copied().unwrap_or([[0.0; 2]; N]);
        for c in 0..N {
            kept[c][..2].copy_from_slice(&above[c]);
            kept[c][2..].copy_from_slice(&error[c]);
        }
        below.push(std::array::from_fn(|c| [error[c][LANES - 2], error[c][LANES - 1]]));
        *pixels = found;
    }
    errors.next = [one, two];
    below
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
            for (width, height) in [(1, 40), (2, 3), (30, 1), (50, 32), (90, 33), (17, 100)] {
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
    fn a_band_waits_for_the_one_above_with_any_number_of_threads() {
        for (width, threads) in [(300, 1), (300, 3), (20, 3)] {
            let image = noise(width, 9 * LANES + 3, 1);
            let levels = Levels::new(2);
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads can be had");
            let fast = pool.install(|| dither::<1>(image.view(), &levels, Map::JarvisJudiceNinke));
            assert_eq!(fast.view().samples(), in_order::<1>(image.view(), &levels, Map::JarvisJudiceNinke));
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
