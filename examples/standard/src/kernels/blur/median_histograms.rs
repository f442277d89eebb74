//! The median of large squares, in 8 bits.
//!
//! Histograms of the columns around a row are kept up to date, and summed up along it, at a cost that does not depend on the size of
//! the square: Perreault, Hébert, *Median Filtering in Constant Time*, IEEE Transactions on Image Processing 16, 2007.

use std::ops::{Add, Sub};

use chainner_sdk::prelude::*;
use multiversion::multiversion;

use super::median::{BORDER, expand, quantize};

/// A number of samples, at most half of what the type holds.
trait Count: Copy + Send + Sync + Add<Output = Self> + Sub<Output = Self> + Into<u32> {
    const MAX: usize;
    const ZERO: Self;
    const ONE: Self;

    fn of(count: usize) -> Self;

    /// 1 if the count is not greater than another, else 0.
    fn is_at_most(self, other: Self) -> Self;
}

impl Count for u16 {
    const MAX: usize = i16::MAX as usize;
    const ZERO: Self = 0;
    const ONE: Self = 1;

    #[inline(always)]
    fn of(count: usize) -> Self {
        count as Self
    }

    #[inline(always)]
    fn is_at_most(self, other: Self) -> Self {
        self.wrapping_sub(other + 1) >> 15
    }
}

impl Count for u32 {
    const MAX: usize = i32::MAX as usize;
    const ZERO: Self = 0;
    const ONE: Self = 1;

    #[inline(always)]
    fn of(count: usize) -> Self {
        count as Self
    }

    #[inline(always)]
    fn is_at_most(self, other: Self) -> Self {
        self.wrapping_sub(other + 1) >> 31
    }
}

/// The median within `radius` pixels, of every channel by itself.
pub(super) fn blur(image: ImageView<'_>, radius: usize) -> Image {
    let samples = (2 * radius + 1) * (2 * radius + 1);
    if samples <= <u16 as Count>::MAX { counted::<u16>(image, radius) } else { counted::<u32>(image, radius) }
}

/// Levels of 8 bits.
const LEVELS: usize = 256;
/// Levels that are counted together, to find the right ones faster.
const SEGMENT: usize = 16;
const SEGMENTS: usize = LEVELS / SEGMENT;

/// Columns whose histograms are kept at once, so that they stay in the second nearest cache.
const STRIP: usize = 1 << 9;

fn counted<C: Count>(image: ImageView<'_>, radius: usize) -> Image {
    let (width, height, channels) = (image.width(), image.height(), image.channels());
    let len = width * channels;
    Image::from_runs(
        width,
        height,
        channels,
        2 * radius + 1,
        |rows| {
            // The rows of the run at 8 bits, and those around them; of every channel by itself.
            let first = rows.start as isize - radius as isize;
            let around = rows.len() + 2 * radius + 1;
            let mut planes = vec![vec![0; around * width]; channels];
            let mut levels = vec![0; len];
            for (i, y) in (first..).take(around).enumerate() {
                quantize(image.row(BORDER.index(y, height)), &mut levels);
                for (channel, plane) in planes.iter_mut().enumerate() {
                    let to = &mut plane[i * width..][..width];
                    to.iter_mut().zip(levels[channel..].iter().step_by(channels)).for_each(|(to, level)| *to = *level);
                }
            }
            let mut medians = vec![0; rows.len() * len];
            let per_strip = STRIP.max(2 * radius + 1);
            for (channel, levels) in planes.iter().enumerate() {
                for start in (0..width).step_by(per_strip) {
                    let strip = Strip { levels, width, radius, columns: start..(start + per_strip).min(width) };
                    let rows = medians.chunks_exact_mut(len).map(|row| {
                        row[start * channels + channel..].iter_mut().step_by(channels).take(strip.columns.len())
                    });
                    Columns::<C>::new(&strip).run(&strip, rows);
                }
            }
            (rows.start, medians)
        },
        |(first, medians), y, to| expand(&medians[(y - *first) * len..][..len], to),
    )
}

/// Columns of a channel whose medians are found together.
struct Strip<'a> {
    /// The rows at 8 bits, `radius` more above and one more than that below.
    levels: &'a [u8],
    width: usize,
    radius: usize,
    columns: std::ops::Range<usize>,
}

impl Strip<'_> {
    /// The columns that count: those of the strip and those around them, and the next one, within the image.
    fn around(&self) -> std::ops::Range<usize> {
        self.columns.start.saturating_sub(self.radius)..(self.columns.end + self.radius + 1).min(self.width)
    }

    /// Their levels in a row, counted from the first that counts for the first row.
    fn row(&self, y: usize) -> &[u8] {
        &self.levels[y * self.width..][self.around()]
    }
}

/// Histograms of the columns around a row. Counts are cumulative: each is of the samples up to its level, so that sums
/// of histograms are cumulative too, and a median is found by comparing all counts at once.
struct Columns<C> {
    /// For each segment, the samples of the segment up to each of its levels.
    fine: Vec<[[C; SEGMENT]; SEGMENTS]>,
    /// The samples up to the end of each segment.
    coarse: Vec<[C; SEGMENTS]>,
}

impl<C: Count> Columns<C> {
    /// What a sample adds to cumulative counts.
    const STEPS: [[C; SEGMENT]; SEGMENT] = {
        let mut steps = [[C::ZERO; SEGMENT]; SEGMENT];
        let mut at = 0;
        while at < SEGMENT {
            let mut i = at;
            while i < SEGMENT {
                steps[at][i] = C::ONE;
                i += 1;
            }
            at += 1;
        }
        steps
    };

    fn new(strip: &Strip<'_>) -> Self {
        let len = strip.around().len();
        let mut columns =
            Self { fine: vec![[[C::ZERO; SEGMENT]; SEGMENTS]; len], coarse: vec![[C::ZERO; SEGMENTS]; len] };
        for y in 0..=2 * strip.radius {
            for ((&level, fine), coarse) in strip.row(y).iter().zip(&mut columns.fine).zip(&mut columns.coarse) {
                let [segment, level] = parts(level);
                add(&mut fine[segment], &Self::STEPS[level]);
                add(coarse, &Self::STEPS[segment]);
            }
        }
        columns
    }

    /// The medians of all rows of the strip, each row to its own places.
    fn run<'a>(&mut self, strip: &Strip<'_>, medians: impl Iterator<Item = impl Iterator<Item = &'a mut u8>>) {
        for (y, row) in medians.enumerate() {
            medians_of(self, strip, row);
            step(self, strip.row(y), strip.row(y + 2 * strip.radius + 1));
        }
    }
}

/// Segment of a level, and its place there.
#[inline(always)]
fn parts(level: u8) -> [usize; 2] {
    [usize::from(level) / SEGMENT, usize::from(level) % SEGMENT]
}

/// Takes a row away and adds another.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn step<C: Count>(columns: &mut Columns<C>, gone: &[u8], new: &[u8]) {
    let histograms = columns.fine.iter_mut().zip(&mut columns.coarse);
    for ((&gone, &new), (fine, coarse)) in gone.iter().zip(new).zip(histograms) {
        if gone == new {
            continue;
        }
        let ([gone_segment, gone], [new_segment, new]) = (parts(gone), parts(new));
        let steps = &Columns::<C>::STEPS;
        if gone_segment == new_segment {
            exchange(&mut fine[new_segment], &steps[gone], &steps[new]);
        } else {
            take(&mut fine[gone_segment], &steps[gone]);
            add(&mut fine[new_segment], &steps[new]);
            exchange(coarse, &steps[gone_segment], &steps[new_segment]);
        }
    }
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn medians_of<'a, C: Count, I: Iterator<Item = &'a mut u8>>(columns: &Columns<C>, strip: &Strip<'_>, to: I) {
    let radius = strip.radius as isize;
    let first = strip.around().start as isize;
    let half = C::of((2 * strip.radius + 1) * (2 * strip.radius + 1) / 2);
    // Where the histograms are of each column that counts, from the first of the first sample to the one after the last of the last.
    let start = strip.columns.start as isize;
    let places: Vec<usize> = (start - radius..=strip.columns.end as isize + radius)
        .map(|x| (BORDER.index(x, strip.width) as isize - first) as usize)
        .collect();
    let side = 2 * strip.radius + 1;
    let mut coarse = [C::ZERO; SEGMENTS];
    places[..side].iter().for_each(|&place| add(&mut coarse, &columns.coarse[place]));
    // Segments of the fine histogram, brought up to date when they are asked for; and up to which sample they are, counted from 1.
    let mut fine = [[C::ZERO; SEGMENT]; SEGMENTS];
    let mut known = [0; SEGMENTS];
    for (x, to) in to.enumerate() {
        let segment = place(&coarse, half).min(SEGMENTS - 1);
        let mut rest = half;
        if segment > 0 {
            rest = rest - coarse[segment - 1];
        }
        let mut counts = fine[segment];
        let up_to = known[segment];
        if up_to == 0 || 2 * (x + 1 - up_to) > side {
            counts = [C::ZERO; SEGMENT];
            for &place in &places[x..x + side] {
                add(&mut counts, &columns.fine[place][segment]);
            }
        } else {
            for (&gone, &new) in places[up_to - 1..x].iter().zip(&places[up_to - 1 + side..x + side]) {
                exchange(&mut counts, &columns.fine[gone][segment], &columns.fine[new][segment]);
            }
        }
        fine[segment] = counts;
        known[segment] = x + 1;
        *to = (segment * SEGMENT + place(&counts, rest).min(SEGMENT - 1)) as u8;
        exchange(&mut coarse, &columns.coarse[places[x]], &columns.coarse[places[x + side]]);
    }
}

/// The first place up to which there are more samples than `half`.
#[inline(always)]
fn place<C: Count>(counts: &[C; SEGMENT], half: C) -> usize {
    // By the sign of the difference: the compiler makes vectors of that, and not of comparisons.
    let mut place = C::ZERO;
    for count in counts {
        place = place + count.is_at_most(half);
    }
    place.into() as usize
}

#[inline(always)]
fn add<C: Count>(to: &mut [C; SEGMENT], more: &[C; SEGMENT]) {
    *to = of_both(*to, *more, |to, more| to + more);
}

#[inline(always)]
fn take<C: Count>(to: &mut [C; SEGMENT], less: &[C; SEGMENT]) {
    *to = of_both(*to, *less, |to, less| to - less);
}

#[inline(always)]
fn exchange<C: Count>(to: &mut [C; SEGMENT], gone: &[C; SEGMENT], new: &[C; SEGMENT]) {
    *to = of_both(of_both(*to, *gone, |to, gone| to - gone), *new, |to, new| to + new);
}

/// Of values, and not in place: there the compiler takes one for a possible part of the other, and goes count by count.
#[inline(always)]
fn of_both<C: Count>(a: [C; SEGMENT], b: [C; SEGMENT], f: impl Fn(C, C) -> C) -> [C; SEGMENT] {
    let mut of_both = [C::ZERO; SEGMENT];
    for i in 0..SEGMENT {
        of_both[i] = f(a[i], b[i]);
    }
    of_both
}
