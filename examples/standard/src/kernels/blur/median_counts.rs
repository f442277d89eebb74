//! The median of squares of middle size, in 8 bits, by threshold decomposition: it is the number of levels up to which there are not
//! more than half of the samples (Fitch, Coyle, Gallagher, *Median Filtering by Threshold Decomposition*, IEEE Transactions on
//! Acoustics, Speech, and Signal Processing 32, 1984).
//!
//! For every level, the samples up to it are counted in the columns around a row; counts change with each row only between the
//! levels that go and those that come. Sums of counts along the row, for many pixels at once, are compared with half of the square:
//! first at every 16th level, then within the segments in which a median lies. Columns are counted in bytes.

use std::ops::{Range, RangeInclusive};

use chainner_sdk::prelude::*;
use multiversion::multiversion;

use super::median::{BORDER, expand, quantize};

/// Radii for which this is the fastest way: up to 7 all of the square is counted in a byte.
pub(super) const RADII: RangeInclusive<usize> = 3..=12;

/// The most that a byte can count.
const BYTE: usize = u8::MAX as usize;
const LEVELS: usize = 256;
/// Levels of a segment.
const SEGMENT: usize = 16;
/// Pixels whose medians are found at once.
const BLOCK: usize = 64;
/// Pixels of a row whose counts are kept at once, so that they stay in the second nearest cache.
const STRIP: usize = 8 * BLOCK;
/// With those around them, in whole blocks.
const PADDED: usize = STRIP + BLOCK;

/// The median within `radius` pixels, of every channel by itself.
///
/// # Panics
/// When `radius` is not one of [`RADII`].
pub(super) fn blur(image: ImageView<'_>, radius: usize) -> Image {
    assert!(RADII.contains(&radius), "smaller and larger squares are for others");
    let (width, height, channels) = (image.width(), image.height(), image.channels());
    let len = width * channels;
    Image::from_runs(
        width,
        height,
        channels,
        4 * radius,
        |rows| (rows.start, medians(image, radius, rows)),
        |(first, medians), y, to| expand(&medians[(y - *first) * len..][..len], to),
    )
}

/// The medians of rows, as levels.
fn medians(image: ImageView<'_>, radius: usize, rows: Range<usize>) -> Vec<u8> {
    let (width, height, channels) = (image.width(), image.height(), image.channels());
    let len = width * channels;
    let strips = width.div_ceil(STRIP);
    // Rows of one channel, with what is beyond their edges, up to a whole strip.
    let padded = strips * STRIP + BLOCK;
    let around = rows.len() + 2 * radius;
    let (mut levels, mut row) = (vec![0; channels * around * padded], vec![0; len]);
    for i in 0..around {
        quantize(image.row(BORDER.index((rows.start + i) as isize - radius as isize, height)), &mut row);
        for (channel, plane) in levels.chunks_exact_mut(around * padded).enumerate() {
            let to = &mut plane[i * padded..][..width + 2 * radius];
            let samples = row[channel..].iter().step_by(channels);
            to[radius..].iter_mut().zip(samples).for_each(|(to, from)| *to = *from);
            let (first, last) = (to[radius], to[radius + width - 1]);
            to[..radius].fill(first);
            to[radius + width..].fill(last);
        }
    }
    let mut medians = vec![0; rows.len() * len];
    let mut counts = Counts::new(radius);
    let mut found = [[0; BLOCK]; STRIP / BLOCK];
    for (channel, plane) in levels.chunks_exact(around * padded).enumerate() {
        for strip in 0..strips {
            let row = |i: usize| -> &[u8; PADDED] {
                plane[i * padded + strip * STRIP..].first_chunk().expect("rows are padded to whole strips")
            };
            counts.begin((0..=2 * radius).map(row));
            for y in 0..rows.len() {
                if y > 0 {
                    exchange(&mut counts.up_to, row(y - 1), row(y + 2 * radius));
                }
                let columns = strip * STRIP..((strip + 1) * STRIP).min(width);
                let to = &mut medians[y * len + columns.start * channels..y * len + columns.end * channels];
                counts.search(columns.len(), &mut found);
                let found = found.as_flattened();
                to[channel..].iter_mut().step_by(channels).zip(found).for_each(|(to, median)| *to = *median);
            }
        }
    }
    medians
}

/// The samples in the columns around a row.
struct Counts {
    radius: usize,
    /// For each level, how many there are up to it.
    up_to: Vec<[u8; PADDED]>,
    /// The segment of the least median of each block of the row before.
    least: [usize; STRIP / BLOCK],
}

impl Counts {
    fn new(radius: usize) -> Self {
        Self { radius, up_to: vec![[0; PADDED]; LEVELS], least: [0; STRIP / BLOCK] }
    }

    /// Counts the samples of these rows.
    fn begin<'a>(&mut self, rows: impl Iterator<Item = &'a [u8; PADDED]>) {
        self.up_to.iter_mut().for_each(|counts| counts.fill(0));
        for row in rows {
            row.iter().enumerate().for_each(|(x, &level)| self.up_to[usize::from(level)][x] += 1);
        }
        for level in 1..LEVELS {
            let (before, counts) = self.up_to.split_at_mut(level);
            counts[0].iter_mut().zip(&before[level - 1]).for_each(|(count, before)| *count += before);
        }
    }

    /// The medians of the first `width` pixels, in whole blocks.
    fn search(&mut self, width: usize, medians: &mut [[u8; BLOCK]]) {
        let Self { radius, up_to, least } = self;
        let medians = &mut medians[..width.div_ceil(BLOCK)];
        match radius {
            3 => search::<7>(up_to, least, medians),
            4 => search::<9>(up_to, least, medians),
            5 => search::<11>(up_to, least, medians),
            6 => search::<13>(up_to, least, medians),
            7 => search::<15>(up_to, least, medians),
            8 => search::<17>(up_to, least, medians),
            9 => search::<19>(up_to, least, medians),
            10 => search::<21>(up_to, least, medians),
            11 => search::<23>(up_to, least, medians),
            12 => search::<25>(up_to, least, medians),
            _ => unreachable!("smaller and larger squares are for others"),
        }
    }
}

/// All levels. Read from here they are bytes to the compiler, which else compares as wide as the counter of a loop is.
static ASCENDING: [u8; LEVELS] = {
    let mut levels = [0; LEVELS];
    let mut i = 0;
    while i < LEVELS {
        levels[i] = i as u8;
        i += 1;
    }
    levels
};

/// Takes a row away and adds another.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn exchange(up_to: &mut [[u8; PADDED]], gone: &[u8; PADDED], new: &[u8; PADDED]) {
    for (block, (gone, new)) in gone.as_chunks::<BLOCK>().0.iter().zip(new.as_chunks::<BLOCK>().0).enumerate() {
        let (mut least, mut most) = ([0; BLOCK], [0; BLOCK]);
        for i in 0..BLOCK {
            least[i] = gone[i].min(new[i]);
            most[i] = gone[i].max(new[i]);
        }
        let least = least.iter().fold(u8::MAX, |a, &b| a.min(b));
        let most = most.iter().fold(0, |a, &b| a.max(b));
        let range = usize::from(least)..usize::from(most);
        for (&level, counts) in ASCENDING[range.clone()].iter().zip(&mut up_to[range]) {
            let counts = &mut counts.as_chunks_mut::<BLOCK>().0[block];
            for i in 0..BLOCK {
                counts[i] = counts[i] + u8::from(new[i] <= level) - u8::from(gone[i] <= level);
            }
        }
    }
}

/// The medians of blocks of pixels that follow one another, in squares of `SIDE`.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn search<const SIDE: usize>(up_to: &[[u8; PADDED]], least: &mut [usize], medians: &mut [[u8; BLOCK]]) {
    for (block, (medians, least)) in medians.iter_mut().zip(least).enumerate() {
        *medians = search_block::<SIDE>(up_to, block * BLOCK, least);
    }
}

#[inline(always)]
fn search_block<const SIDE: usize>(up_to: &[[u8; PADDED]], x: usize, least: &mut usize) -> [u8; BLOCK] {
    // Medians are mostly where they were in the row before, or above.
    let mut first = *least;
    if first > 0 && !all(&is_above::<SIDE>(&up_to[first * SEGMENT - 1], x)) {
        first = 0;
    }
    let mut segments = [first as u8; BLOCK];
    let mut last = first;
    while last < LEVELS / SEGMENT - 1 {
        let above = is_above::<SIDE>(&up_to[last * SEGMENT + SEGMENT - 1], x);
        if !any(&above) {
            break;
        }
        for i in 0..BLOCK {
            segments[i] += above[i];
        }
        last += 1;
    }
    let mut medians = segments.map(|segment| segment * SEGMENT as u8);
    *least = last;
    for segment in first..=last {
        let here = segments.map(|at| u8::from(at == segment as u8));
        if !any(&here) {
            continue;
        }
        *least = segment.min(*least);
        for counts in &up_to[segment * SEGMENT..][..SEGMENT - 1] {
            let mut above = is_above::<SIDE>(counts, x);
            for i in 0..BLOCK {
                above[i] &= here[i];
            }
            if !any(&above) {
                break;
            }
            for i in 0..BLOCK {
                medians[i] += above[i];
            }
        }
    }
    medians
}

/// For each pixel, 1 if its median is above the level that is counted up to, else 0.
#[inline(always)]
fn is_above<const SIDE: usize>(counts: &[u8; PADDED], x: usize) -> [u8; BLOCK] {
    let counts = &counts[x..x + 2 * BLOCK];
    if SIDE * SIDE <= BYTE {
        return sums(counts, 0, SIDE).map(|sum| u8::from(sum <= (SIDE * SIDE / 2) as u8));
    }
    // As many columns as a byte can count, and these sums in wider numbers.
    let mut wide = [0; BLOCK];
    let mut start = 0;
    while start < SIDE {
        let end = (start + BYTE / SIDE).min(SIDE);
        let part = sums(counts, start, end);
        for i in 0..BLOCK {
            wide[i] += u16::from(part[i]);
        }
        start = end;
    }
    wide.map(|sum| u8::from(sum <= (SIDE * SIDE / 2) as u16))
}

/// The sums of columns of a block.
#[inline(always)]
fn sums(counts: &[u8], start: usize, end: usize) -> [u8; BLOCK] {
    let mut sums = [0; BLOCK];
    for k in start..end {
        for i in 0..BLOCK {
            sums[i] += counts[k + i];
        }
    }
    sums
}

#[inline(always)]
fn all(ones: &[u8; BLOCK]) -> bool {
    ones.iter().fold(1, |all, one| all & one) == 1
}

#[inline(always)]
fn any(ones: &[u8; BLOCK]) -> bool {
    ones.iter().fold(0, |any, one| any | one) == 1
}
