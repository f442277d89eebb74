//! Non-local means: A. Buades, B. Coll, J.-M. Morel, *A Non-Local Algorithm for Image Denoising* (CVPR 2005).
//!
//! Each pixel becomes the mean of all pixels around, weighted by how alike the patches around them are. Patches are compared for one offset
//! after the other, with sums that slide (J. Darbon et al., *Fast Nonlocal Filtering Applied to Electron Cryomicroscopy*, ISBI 2008), so that
//! the cost hardly depends on the size of patches. Samples and weights are whole numbers; patches and weights are rounded as in OpenCV.

use multiversion::multiversion;
use rayon::prelude::*;

use super::border::Border;

/// What is beyond the edges.
const BORDER: Border = Border::Mirror;
/// Weights less than this count as nothing.
const LEAST: f64 = 0.001;
/// Columns worked on at once, so that the sums of all offsets stay in the cache.
const TILE: usize = 256;
/// Rows worked on at once.
const ROWS: usize = 64;

/// How much is taken for noise, and where alike patches are looked for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Strength {
    /// How far samples of alike patches differ, in levels of 8 bits.
    pub levels: f64,
    /// Patches are of `2 · patch + 1` pixels.
    pub patch: usize,
    /// Patches are looked for in `2 · search + 1` pixels.
    pub search: usize,
}

/// Denoises planes of one picture together: `N` planes of `width` samples a row.
///
/// # Panics
/// When the planes are not of the same length, or have no rows of that width.
pub fn denoise<const N: usize>(planes: [&[u8]; N], width: usize, strength: Strength) -> [Vec<u8>; N] {
    if width == 0 || planes[0].is_empty() {
        return planes.map(<[u8]>::to_vec);
    }
    let height = planes[0].len() / width;
    let reach = strength.patch + strength.search;
    let padded = planes.map(|plane| Padded::new(plane, width, reach));
    let weights = Weights::new(strength, N);
    let tiles: Vec<(usize, usize)> =
        (0..height).step_by(ROWS).flat_map(|y| (0..width).step_by(TILE).map(move |x| (x, y))).collect();
    let done: Vec<[Vec<u8>; N]> = tiles
        .par_iter()
        .map(|&(x, y)| {
            Tile { x, y, width: TILE.min(width - x), height: ROWS.min(height - y) }.run(&padded, strength, &weights)
        })
        .collect();
    let mut result = planes.map(|plane| vec![0; plane.len()]);
    for (&(x, y), tile) in tiles.iter().zip(&done) {
        let tile_width = TILE.min(width - x);
        for (to, from) in result.iter_mut().zip(tile) {
            for (i, row) in from.chunks_exact(tile_width).enumerate() {
                to[(y + i) * width + x..][..tile_width].copy_from_slice(row);
            }
        }
    }
    result
}

/// A plane with what is beyond its edges.
struct Padded {
    samples: Vec<i16>,
    stride: usize,
}

impl Padded {
    fn new(plane: &[u8], width: usize, reach: usize) -> Self {
        let (height, stride) = (plane.len() / width, width + 2 * reach);
        let mut samples = Vec::with_capacity(stride * (height + 2 * reach));
        let columns: Vec<usize> = (0..stride).map(|x| BORDER.index(x as isize - reach as isize, width)).collect();
        for y in 0..height + 2 * reach {
            let row = &plane[BORDER.index(y as isize - reach as isize, height) * width..][..width];
            samples.extend(columns.iter().map(|&x| i16::from(row[x])));
        }
        Self { samples, stride }
    }

    fn part(&self, x: usize, y: usize, len: usize) -> &[i16] {
        &self.samples[y * self.stride + x..][..len]
    }
}

/// The weight of each sum of squared differences of two patches.
struct Weights {
    table: Vec<u32>,
    /// Sums are looked up without their last bits.
    shift: u32,
}

impl Weights {
    fn new(strength: Strength, planes: usize) -> Self {
        let side = 2 * strength.patch + 1;
        let area = side * side;
        let shift = area.next_power_of_two().trailing_zeros();
        let window = (2 * strength.search + 1).pow(2);
        // The largest sum of weighted samples is a number of 32 bits.
        let one = f64::from(i32::MAX as u32 / (window as u32 * 255));
        let weight = |step: usize| {
            let mean = step as f64 * f64::from(1_u32 << shift) / area as f64;
            let alike = (-mean / (strength.levels * strength.levels * planes as f64)).exp();
            // Without any noise, only what is the same is alike.
            let weight = (one * if alike.is_nan() { 1.0 } else { alike }).round_ties_even();
            if weight < LEAST * one { 0 } else { weight as u32 }
        };
        let mut table: Vec<u32> = (0..).map(weight).take_while(|weight| *weight > 0).collect();
        table.push(0);
        Self { table, shift }
    }
}

/// A part of the picture.
struct Tile {
    x: usize,
    y: usize,
    width: usize,
    height: usize,
}

impl Tile {
    fn run<const N: usize>(&self, planes: &[Padded; N], strength: Strength, weights: &Weights) -> [Vec<u8>; N] {
        let Strength { patch, search, .. } = strength;
        let (side, window) = (2 * patch + 1, 2 * search + 1);
        let wide = self.width + 2 * patch;
        // Sums down the columns of the patches, for each offset.
        let mut columns = vec![0_i32; window * window * wide];
        let mut sums = Sums::new(wide);
        let mut totals = vec![0_u32; self.width];
        let mut means = vec![vec![0_u32; self.width]; N];
        let mut result = [(); N].map(|()| Vec::with_capacity(self.width * self.height));
        for y in 0..self.height {
            totals.fill(0);
            means.iter_mut().for_each(|mean| mean.fill(0));
            // The first row of the patch in the padded planes, were it not moved.
            let top = self.y + y + search;
            for (offset, columns) in columns.chunks_exact_mut(wide).enumerate() {
                let (dy, dx) = (offset / window, offset % window);
                for plane in planes {
                    let pair = |y: usize| {
                        let own = plane.part(self.x + search, y, wide);
                        (own, plane.part(self.x + dx, y + dy - search, wide))
                    };
                    if y == 0 {
                        (0..side).for_each(|i| add_squares(columns, pair(top + i)));
                    } else {
                        exchange_squares(columns, pair(top - 1), pair(top + side - 1));
                    }
                }
                let alike = sums.of(columns, side, self.width);
                look_up(alike, weights, &mut totals);
                for (mean, plane) in means.iter_mut().zip(planes) {
                    let samples = plane.part(self.x + patch + dx, self.y + y + patch + dy, self.width);
                    add_weighted(mean, alike, samples);
                }
            }
            for (to, mean) in result.iter_mut().zip(&means) {
                to.extend(mean.iter().zip(&totals).map(|(mean, total)| ((mean + total / 2) / total) as u8));
            }
        }
        result
    }
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn add_squares(sums: &mut [i32], (a, b): (&[i16], &[i16])) {
    for ((sum, a), b) in sums.iter_mut().zip(a).zip(b) {
        let difference = i32::from(a - b);
        *sum += difference * difference;
    }
}

/// Takes the first pair away, and adds the second.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn exchange_squares(sums: &mut [i32], (a, b): (&[i16], &[i16]), (c, d): (&[i16], &[i16])) {
    for ((sum, (a, b)), (c, d)) in sums.iter_mut().zip(a.iter().zip(b)).zip(c.iter().zip(d)) {
        let (old, new) = (i32::from(a - b), i32::from(c - d));
        *sum += new * new - old * old;
    }
}

/// Turns sums of squares to weights, and adds these up.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn look_up(sums: &mut [i32], weights: &Weights, totals: &mut [u32]) {
    let (table, shift) = (weights.table.as_slice(), weights.shift);
    let last = table.len() - 1;
    for (sum, total) in sums.iter_mut().zip(totals) {
        let weight = table[((*sum as u32 >> shift) as usize).min(last)];
        *total += weight;
        *sum = weight as i32;
    }
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn add_weighted(sums: &mut [u32], weights: &[i32], samples: &[i16]) {
    for ((sum, weight), sample) in sums.iter_mut().zip(weights).zip(samples) {
        *sum += *weight as u32 * *sample as u32;
    }
}

/// Sums along a row.
struct Sums {
    /// Sums of 1, 2, 4 … samples from each on.
    doubled: Vec<i32>,
    /// Those of twice as many.
    next: Vec<i32>,
    sums: Vec<i32>,
}

impl Sums {
    fn new(len: usize) -> Self {
        Self { doubled: vec![0; len], next: vec![0; len], sums: vec![0; len] }
    }

    /// From each of the first `count` samples on, the sum of `side`.
    fn of(&mut self, row: &[i32], side: usize, count: usize) -> &mut [i32] {
        let sums = &mut self.sums[..count];
        self.doubled.copy_from_slice(row);
        sums.fill(0);
        let (mut start, mut len) = (0, 1);
        loop {
            if side & len != 0 {
                add_all(sums, &self.doubled[start..start + count]);
                start += len;
            }
            if 2 * len > side {
                return sums;
            }
            // Into other memory, so that the loop is one over vectors.
            sum_ahead(&self.doubled, len, &mut self.next);
            std::mem::swap(&mut self.doubled, &mut self.next);
            len *= 2;
        }
    }
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn add_all(to: &mut [i32], from: &[i32]) {
    to.iter_mut().zip(from).for_each(|(to, from)| *to += from);
}

/// Each number and the one so many places ahead, as far as there is one.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn sum_ahead(row: &[i32], by: usize, to: &mut [i32]) {
    for ((to, one), other) in to.iter_mut().zip(row).zip(&row[by..]) {
        *to = one + other;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noisy(width: usize, height: usize, seed: usize) -> Vec<u8> {
        (0..width * height)
            .map(|i| {
                let (x, y) = (i % width, i / width);
                (x * 2 + y + (x * 7919 + y * 104_729 + seed * 31 + x * y) % 23) as u8
            })
            .collect()
    }

    /// Every patch compared by itself.
    fn plain<const N: usize>(planes: [&[u8]; N], width: usize, strength: Strength) -> [Vec<u8>; N] {
        let height = planes[0].len() / width;
        let at = |plane: usize, x: isize, y: isize| {
            i32::from(planes[plane][BORDER.index(y, height) * width + BORDER.index(x, width)])
        };
        let weights = Weights::new(strength, N);
        let around = |reach: usize| {
            let reach = reach as isize;
            (-reach..=reach).flat_map(move |dy| (-reach..=reach).map(move |dx| (dx, dy)))
        };
        let mut result = planes.map(|_| Vec::new());
        for (y, x) in (0..height as isize).flat_map(|y| (0..width as isize).map(move |x| (y, x))) {
            let (mut total, mut sums) = (0, [0; N]);
            for (dx, dy) in around(strength.search) {
                let squares = (0..N).flat_map(|plane| {
                    around(strength.patch).map(move |(px, py)| {
                        (at(plane, x + px, y + py) - at(plane, x + px + dx, y + py + dy)).pow(2) as u32
                    })
                });
                let step = (squares.sum::<u32>() >> weights.shift) as usize;
                let weight = weights.table.get(step).copied().unwrap_or(0);
                total += weight;
                (0..N).for_each(|plane| sums[plane] += weight * at(plane, x + dx, y + dy) as u32);
            }
            (0..N).for_each(|plane| result[plane].push(((sums[plane] + total / 2) / total) as u8));
        }
        result
    }

    #[test]
    fn sliding_sums_compare_whole_patches() {
        for (width, height, levels, patch, search) in
            [(40, 21, 9.0, 3, 4), (300, 70, 4.0, 1, 2), (5, 4, 20.0, 2, 5), (1, 9, 5.0, 1, 1), (30, 20, 0.0, 1, 3)]
        {
            let [a, b] = [noisy(width, height, 1), noisy(width, height, 5)];
            let strength = Strength { levels, patch, search };
            assert_eq!(denoise([&a], width, strength), plain([&a], width, strength), "{width}×{height}");
            assert_eq!(denoise([&a, &b], width, strength), plain([&a, &b], width, strength), "{width}×{height}");
        }
    }

    #[test]
    fn noise_goes_and_edges_stay() {
        let image: Vec<u8> = (0..64 * 64).map(|i| if i % 64 < 32 { 50 } else { 200 }).collect();
        let noisy: Vec<u8> = image.iter().enumerate().map(|(i, v)| v + (i * 7919 % 13) as u8 - 6).collect();
        let [found] = denoise([&noisy], 64, Strength { levels: 10.0, patch: 3, search: 10 });
        let error = |other: &[u8]| image.iter().zip(other).map(|(a, b)| f64::from(a.abs_diff(*b)).powi(2)).sum::<f64>();
        assert!(error(&found) < 0.1 * error(&noisy), "{} {}", error(&found), error(&noisy));
    }
}
