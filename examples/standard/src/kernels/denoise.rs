//! Non-local means: A. Buades, B. Coll, J.-M. Morel, *A Non-Local Algorithm for Image Denoising* (CVPR 2005).
//!
//! Each pixel becomes the mean of all pixels around, weighted by how alike the patches around them are. Patches are compared for one offset
//! after the other, with sums that are shared (J. Darbon et al., *Fast Nonlocal Filtering Applied to Electron Cryomicroscopy*, ISBI 2008), so
//! that the cost hardly depends on the size of patches; and once for both pixels of a pair. Samples and weights are whole numbers; patches
//! and weights are rounded as in OpenCV.

use std::ops::Range;

use chainner_sdk::parallel;
use multiversion::multiversion;

use super::border::Border;

/// What is beyond the edges.
const BORDER: Border = Border::Mirror;
/// Weights less than this count as nothing.
const LEAST: f64 = 0.001;
/// Columns and rows worked on at once, so that their sums stay in the cache.
const TILE: usize = 256;
const ROWS: usize = 64;
/// Pixels of a row worked on at once, all of which may have nothing alike.
const CHUNK: usize = 32;

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
    let done: Vec<[Vec<u8>; N]> = parallel::map(tiles.len(), |i| {
        let (x, y) = tiles[i];
        let tile = Tile { x, y, width: TILE.min(width - x), height: ROWS.min(height - y), strength };
        if weights.end <= usize::from(u16::MAX) {
            tile.run::<u16, N>(&padded, &weights)
        } else {
            tile.run::<u32, N>(&padded, &weights)
        }
    });
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
    samples: Vec<u8>,
    stride: usize,
}

impl Padded {
    fn new(plane: &[u8], width: usize, reach: usize) -> Self {
        let (height, stride) = (plane.len() / width, width + 2 * reach);
        // The last chunks of the last row may go on behind it.
        let mut samples = Vec::with_capacity(stride * (height + 2 * reach) + 2 * CHUNK);
        let columns: Vec<usize> = (0..stride).map(|x| BORDER.index(x as isize - reach as isize, width)).collect();
        for y in 0..height + 2 * reach {
            let row = &plane[BORDER.index(y as isize - reach as isize, height) * width..][..width];
            samples.extend(columns.iter().map(|&x| row[x]));
        }
        samples.extend([0; 2 * CHUNK]);
        Self { samples, stride }
    }
}

/// The weight of each sum of squared differences of two patches.
struct Weights {
    /// As many as there are numbers of 16 bits, so that no look-up has to be checked.
    table: Vec<u32>,
    /// Sums are looked up without their last bits.
    shift: u32,
    /// From this sum on, weights are 0.
    end: usize,
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
        let mut table: Vec<u32> = (0..usize::from(u16::MAX)).map(weight).take_while(|weight| *weight > 0).collect();
        let end = table.len() << shift;
        table.resize(1 << u16::BITS, 0);
        Self { table, shift, end }
    }

    fn table(&self) -> &[u32; 1 << u16::BITS] {
        self.table.first_chunk().expect("one for each number")
    }
}

/// Whole numbers that sums of squares are made of.
trait Sum: Copy + Default + Send + Sync + Ord + TryFrom<usize> {
    const MOST: Self;
    /// The square of the difference.
    fn square(a: u8, b: u8) -> Self;
    /// The sum, or the largest number if that is larger.
    fn plus(self, other: Self) -> Self;
    /// Without the last bits, or the largest number if that is larger.
    fn step(self, shift: u32) -> u16;
}

/// Twice as many at once as of 32 bits, where larger sums have no weight.
impl Sum for u16 {
    const MOST: Self = Self::MAX;
    #[inline(always)]
    fn square(a: u8, b: u8) -> Self {
        let difference = Self::from(a.abs_diff(b));
        difference * difference
    }
    #[inline(always)]
    fn plus(self, other: Self) -> Self {
        self.saturating_add(other)
    }
    #[inline(always)]
    fn step(self, shift: u32) -> u16 {
        self >> shift
    }
}

impl Sum for u32 {
    const MOST: Self = Self::MAX;
    #[inline(always)]
    fn square(a: u8, b: u8) -> Self {
        let difference = Self::from(a.abs_diff(b));
        difference * difference
    }
    #[inline(always)]
    fn plus(self, other: Self) -> Self {
        // The sums that matter have room.
        self.wrapping_add(other)
    }
    #[inline(always)]
    fn step(self, shift: u32) -> u16 {
        (self >> shift).min(u32::from(u16::MAX)) as u16
    }
}

/// A part of the picture.
struct Tile {
    x: usize,
    y: usize,
    width: usize,
    height: usize,
    strength: Strength,
}

/// What is added up for the pixels of a tile, and for some beside it that do not matter.
struct Means<const N: usize> {
    stride: usize,
    /// Sums of weights, and of weighted samples.
    totals: Vec<u32>,
    samples: [Vec<u32>; N],
}

/// Memory for sums of squares, and what they weigh.
struct Sums<S> {
    /// Pixels along a side of a patch.
    side: usize,
    /// Of a row.
    len: usize,
    /// Sums down 1, 2, 4 … rows, of the last rows each.
    down: Vec<Vec<S>>,
    /// Sums of whole columns of patches, of 1, 2, 4 … of them, and of all.
    along: [Vec<S>; 3],
    weights: Vec<u32>,
    /// Pixels that have weights.
    runs: Vec<Range<usize>>,
}

impl Tile {
    fn run<S: Sum, const N: usize>(&self, planes: &[Padded; N], weights: &Weights) -> [Vec<u8>; N] {
        let search = self.strength.search as isize;
        let stride = self.width + 2 * self.strength.search + CHUNK;
        let mut means = Means {
            stride,
            totals: vec![0; stride * self.height],
            samples: [(); N].map(|()| vec![0; stride * self.height]),
        };
        let mut sums =
            Sums::new((stride + 2 * self.strength.patch).next_multiple_of(CHUNK), 2 * self.strength.patch + 1);
        for dy in 0..=search {
            for dx in if dy == 0 { 1..=search } else { -search..=search } {
                compare::<S, N>(self, planes, weights, [dx, dy], &mut sums, &mut means);
            }
        }
        let (one, reach) = (weights.table[0], self.strength.patch + self.strength.search);
        std::array::from_fn(|i| {
            let plane = &planes[i];
            let mut result = Vec::with_capacity(self.width * self.height);
            for y in 0..self.height {
                let own = &plane.samples[(self.y + y + reach) * plane.stride + self.x + reach..][..self.width];
                let row = y * stride + self.strength.search;
                let sums = means.samples[i][row..].iter().zip(&means.totals[row..]);
                result.extend(own.iter().zip(sums).map(|(own, (sum, total))| {
                    let (sum, total) = (sum + one * u32::from(*own), total + one);
                    ((sum + total / 2) / total) as u8
                }));
            }
            result
        })
    }
}

impl<S: Sum> Sums<S> {
    /// For rows of up to `len` pixels, which are whole chunks.
    fn new(len: usize, side: usize) -> Self {
        let levels = side.ilog2() as usize + 1;
        Self {
            side,
            len,
            down: (0..levels).map(|_| vec![S::default(); len * side.next_power_of_two()]).collect(),
            along: [(); 3].map(|()| vec![S::default(); len + side]),
            weights: vec![0; len],
            runs: Vec::new(),
        }
    }

    /// Where a row is among those remembered.
    #[inline(always)]
    fn place(&self, y: usize) -> usize {
        (y & (self.side.next_power_of_two() - 1)) * self.len
    }

    /// Squares of the differences of two rows, added to those of the planes before, and at last to those above.
    #[inline(always)]
    fn square(&mut self, y: usize, (a, b): (&[u8], &[u8]), is_first: bool) {
        let place = self.place(y);
        for ((to, a), b) in self.down[0][place..][..a.len()].iter_mut().zip(a).zip(b) {
            let square = S::square(*a, *b);
            *to = if is_first { square } else { to.plus(square) };
        }
    }

    #[inline(always)]
    fn add_down(&mut self, y: usize, wide: usize) {
        for level in 1..self.down.len() {
            let (place, above) = (self.place(y), self.place(y.wrapping_sub(1 << (level - 1))));
            let (before, after) = self.down.split_at_mut(level);
            let (new, old) = (&before[level - 1][place..][..wide], &before[level - 1][above..][..wide]);
            for ((to, new), old) in after[0][place..][..wide].iter_mut().zip(new).zip(old) {
                *to = new.plus(*old);
            }
        }
    }

    /// Sums of whole patches, the last rows of which are `y`; the last one of the three.
    #[inline(always)]
    fn add_along(&mut self, y: usize, wide: usize) {
        let mut start = 0;
        for level in (0..self.down.len()).filter(|level| self.side >> level & 1 == 1) {
            let row = &self.down[level][self.place(y.wrapping_sub(start))..][..wide];
            let columns = &mut self.along[0][..wide];
            if start == 0 {
                columns.copy_from_slice(row)
            } else {
                add(columns, row)
            }
            start += 1 << level;
        }
        let [columns, doubled, all] = &mut self.along;
        all[..wide].copy_from_slice(&columns[..wide]);
        let (mut start, mut count) = (1, 2);
        while count <= self.side {
            for ((to, a), b) in doubled[..wide].iter_mut().zip(&columns[..wide]).zip(&columns[count / 2..][..wide]) {
                *to = a.plus(*b);
            }
            std::mem::swap(columns, doubled);
            if self.side & count != 0 {
                add(&mut all[..wide], &columns[start..][..wide]);
                start += count;
            }
            count *= 2;
        }
    }

    /// The weights of the first `len` patches, but for chunks that have none.
    #[inline(always)]
    fn weigh(&mut self, len: usize, weights: &Weights) {
        let (table, end) = (weights.table(), S::try_from(weights.end).unwrap_or(S::MOST));
        let chunks = self.along[2][..len].as_chunks::<CHUNK>().0.iter();
        self.runs.clear();
        for (chunk, (sums, to)) in chunks.zip(self.weights.as_chunks_mut::<CHUNK>().0).enumerate() {
            let mut least = S::MOST;
            for sum in sums {
                least = least.min(*sum);
            }
            if least >= end {
                continue;
            }
            for (to, sum) in to.iter_mut().zip(sums) {
                *to = table[usize::from(sum.step(weights.shift))];
            }
            let start = chunk * CHUNK;
            match self.runs.last_mut() {
                Some(run) if run.end == start => run.end += CHUNK,
                _ => self.runs.push(start..start + CHUNK),
            }
        }
    }
}

/// Compares each pixel with the one at an offset to the right and down, and adds each to the mean of the other.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn compare<S: Sum, const N: usize>(
    tile: &Tile,
    planes: &[Padded; N],
    weights: &Weights,
    [dx, dy]: [isize; 2],
    sums: &mut Sums<S>,
    means: &mut Means<N>,
) {
    let Strength { patch, search, .. } = tile.strength;
    let dy = dy.unsigned_abs();
    // The first of the pixels of a row, of which one of a pair is in the tile, from the first column of the means on; and their number.
    let first = search - dx.max(0).unsigned_abs();
    let other = first.wrapping_add_signed(dx);
    let len = (tile.width + dx.unsigned_abs()).next_multiple_of(CHUNK);
    // Whole chunks are vectors without a rest.
    let wide = (len + 2 * patch).next_multiple_of(CHUNK);
    // Rows of pixels, from `dy` above the tile on; and of squares, from `patch` above these on.
    for y in 0..tile.height + dy + 2 * patch {
        for (i, plane) in planes.iter().enumerate() {
            let top = (tile.y + y + search - dy) * plane.stride + tile.x;
            let (a, b) = (&plane.samples[top + first..], &plane.samples[top + dy * plane.stride + other..]);
            sums.square(y, (&a[..wide], &b[..wide]), i == 0);
        }
        sums.add_down(y, wide);
        if y < 2 * patch {
            continue;
        }
        sums.add_along(y, wide);
        sums.weigh(len, weights);
        // From the first row that one of a pair has in the tile on.
        let row = y - 2 * patch;
        let top = tile.y + patch + search - dy + row;
        if row >= dy {
            means.add(row - dy, first, sums, planes, [tile.x + patch + other, top + dy]);
        }
        if row < tile.height {
            means.add(row, other, sums, planes, [tile.x + patch + first, top]);
        }
    }
}

impl<const N: usize> Means<N> {
    /// Adds the samples of padded planes from a place on to the pixels of a row of the tile.
    #[inline(always)]
    fn add<S>(&mut self, row: usize, column: usize, sums: &Sums<S>, planes: &[Padded; N], [x, y]: [usize; 2]) {
        let start = row * self.stride + column;
        for run in &sums.runs {
            add(&mut self.totals[start..][run.clone()], &sums.weights[run.clone()]);
        }
        for (to, plane) in self.samples.iter_mut().zip(planes) {
            let from = &plane.samples[y * plane.stride + x..];
            for run in &sums.runs {
                add_weighted(&mut to[start..][run.clone()], &sums.weights[run.clone()], &from[run.clone()]);
            }
        }
    }
}

#[inline(always)]
fn add<S: Sum>(to: &mut [S], from: &[S]) {
    for (to, from) in to.iter_mut().zip(from) {
        *to = to.plus(*from);
    }
}

#[inline(always)]
fn add_weighted(to: &mut [u32], weights: &[u32], samples: &[u8]) {
    for ((to, weight), sample) in to.iter_mut().zip(weights).zip(samples) {
        *to += weight * u32::from(*sample);
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
                let weight = weights.table[step.min(usize::from(u16::MAX))];
                total += weight;
                (0..N).for_each(|plane| sums[plane] += weight * at(plane, x + dx, y + dy) as u32);
            }
            (0..N).for_each(|plane| result[plane].push(((sums[plane] + total / 2) / total) as u8));
        }
        result
    }

    #[test]
    fn shared_sums_compare_whole_patches() {
        for (width, height, levels, patch, search) in [
            (40, 21, 9.0, 3, 4),
            (300, 70, 4.0, 1, 2),
            (5, 4, 20.0, 2, 5),
            (1, 9, 5.0, 1, 1),
            (30, 20, 0.0, 1, 3),
            (21, 12, 40.0, 4, 9),
        ] {
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
