//! The median of the square around each pixel.
//!
//! Squares of 3 and 5 pixels are sorted in their own precision, many pixels at once, by networks that compare fixed pairs (Batcher,
//! *Sorting networks and their applications*, 1968; columns are sorted once for all squares they belong to). Larger squares are
//! counted in 8 bits by histograms that are kept up to date, at a cost that does not depend on their size (Perreault, Hébert, *Median
//! Filtering in Constant Time*, IEEE Transactions on Image Processing 16, 2007).

use chainner_sdk::prelude::*;
use multiversion::multiversion;

use crate::kernels::{
    border::Border,
    power, unit,
    window::{self, Reach},
};

/// What the image is beyond its edges.
const BORDER: Border = Border::Replicate;

/// The median within `radius` pixels, of every channel by itself. From a radius of 3 on, in 8 bits.
pub fn blur(image: ImageView<'_>, radius: usize) -> Image {
    match radius {
        _ if image.samples().is_empty() => image.to_image(),
        0 => image.to_image(),
        1 => Image::from_rows(image.width(), image.height(), image.channels(), |y, to| {
            window::over_row(image, y, Reach::square(1), BORDER, to, |rows, to| of_3(rows, image.channels(), to));
        }),
        2 => Image::from_rows(image.width(), image.height(), image.channels(), |y, to| {
            window::over_row(image, y, Reach::square(2), BORDER, to, |rows, to| of_5(rows, image.channels(), to));
        }),
        _ => histograms(image, radius),
    }
}

/// Orders pairs of values: the less of each to the first.
macro_rules! order {
    ($v:ident; $($i:literal $j:literal),*) => {$(
        let (a, b) = ($v[$i], $v[$j]);
        $v[$i] = if a < b { a } else { b };
        $v[$j] = if a < b { b } else { a };
    )*};
}

/// The middle of nine by sorted columns: of the greatest of the least, the middle of the middle and the least of the greatest.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn of_3(rows: &[&[f32]], channels: usize, to: &mut [f32]) {
    let low = |a: f32, b: f32| if a < b { a } else { b };
    let high = |a: f32, b: f32| if a < b { b } else { a };
    let middle = |a: f32, b: f32, c: f32| high(low(a, b), low(high(a, b), c));
    let [above, row, below] = rows else { unreachable!("three rows") };
    let (len, padded) = (to.len(), to.len() + 2 * channels);
    let (above, row, below) = (&above[..padded], &row[..padded], &below[..padded]);
    let mut columns = vec![0.0; 3 * padded];
    let (least, rest) = columns.split_at_mut(padded);
    let (mid, most) = rest.split_at_mut(padded);
    for i in 0..padded {
        let (a, b, c) = (above[i], row[i], below[i]);
        least[i] = low(low(a, b), c);
        mid[i] = middle(a, b, c);
        most[i] = high(high(a, b), c);
    }
    let at = |i: usize| i * channels..i * channels + len;
    let (l0, l1, l2) = (&least[at(0)], &least[at(1)], &least[at(2)]);
    let (m0, m1, m2) = (&mid[at(0)], &mid[at(1)], &mid[at(2)]);
    let (h0, h1, h2) = (&most[at(0)], &most[at(1)], &most[at(2)]);
    for i in 0..len {
        let least = high(high(l0[i], l1[i]), l2[i]);
        let most = low(low(h0[i], h1[i]), h2[i]);
        to[i] = middle(least, middle(m0[i], m1[i], m2[i]), most);
    }
}

/// The middle of 25: when columns and then rows are sorted, six are certainly less and six certainly greater than it; of the thirteen
/// others it is the seventh.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn of_5(rows: &[&[f32]], channels: usize, to: &mut [f32]) {
    /// Samples that are worked on together, so that their sorted columns stay in the cache nearest to the processor.
    const BLOCK: usize = 512;
    let [r0, r1, r2, r3, r4] = rows else { unreachable!("five rows") };
    let margin = 4 * channels;
    let mut columns: [Vec<f32>; 5] = std::array::from_fn(|_| vec![0.0; BLOCK + margin]);
    for (block, to) in to.chunks_mut(BLOCK).enumerate() {
        let (len, at) = (to.len(), block * BLOCK);
        let padded = len + margin;
        let (r0, r1, r2, r3, r4) = (
            &r0[at..at + padded],
            &r1[at..at + padded],
            &r2[at..at + padded],
            &r3[at..at + padded],
            &r4[at..at + padded],
        );
        let [c0, c1, c2, c3, c4] = columns.each_mut().map(|column| &mut column[..padded]);
        for i in 0..padded {
            let mut v = [r0[i], r1[i], r2[i], r3[i], r4[i]];
            order!(v; 0 3, 1 4, 0 2, 1 3, 0 1, 2 4, 1 2, 3 4, 2 3);
            [c0[i], c1[i], c2[i], c3[i], c4[i]] = v;
        }
        let places: [[&[f32]; 5]; 5] =
            columns.each_ref().map(|column| std::array::from_fn(|k| &column[k * channels..k * channels + len]));
        let [
            [a0, a1, a2, a3, a4],
            [b0, b1, b2, b3, b4],
            [c0, c1, c2, c3, c4],
            [d0, d1, d2, d3, d4],
            [e0, e1, e2, e3, e4],
        ] = places;
        for i in 0..len {
            let sorted = |mut v: [f32; 5]| {
                order!(v; 0 3, 1 4, 0 2, 1 3, 0 1, 2 4, 1 2, 3 4, 2 3);
                v
            };
            // Of the least of the columns the greatest two count, and so on.
            let a = sorted([a0[i], a1[i], a2[i], a3[i], a4[i]]);
            let b = sorted([b0[i], b1[i], b2[i], b3[i], b4[i]]);
            let c = sorted([c0[i], c1[i], c2[i], c3[i], c4[i]]);
            let d = sorted([d0[i], d1[i], d2[i], d3[i], d4[i]]);
            let e = sorted([e0[i], e1[i], e2[i], e3[i], e4[i]]);
            let mut v = [a[3], a[4], b[2], b[3], b[4], c[1], c[2], c[3], d[0], d[1], d[2], e[0], e[1]];
            order!(v; 0 1, 2 3, 4 5, 6 7, 8 9, 10 11, 0 2, 1 3, 4 6, 5 7, 8 10, 9 11, 1 2, 5 6, 9 10, 0 4, 1 5, 2 6, 3 7, 8 12, 2 4, 3 5,
                10 12, 1 2, 3 4, 5 6, 9 10, 11 12, 0 8, 1 9, 2 10, 3 11, 4 12, 4 8, 5 9, 6 10, 3 5, 6 8, 5 6);
            to[i] = v[6];
        }
    }
}

/// A number of samples, at most half of what the type holds.
trait Count: Copy + Send + Sync + std::ops::AddAssign + std::ops::SubAssign + Into<u32> {
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

fn histograms(image: ImageView<'_>, radius: usize) -> Image {
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
            // The rows of the run at 8 bits, and those around them.
            let first = rows.start as isize - radius as isize;
            let around = rows.len() + 2 * radius + 1;
            let mut levels = vec![0; around * len];
            for (y, to) in (first..).zip(levels.chunks_exact_mut(len)) {
                quantize(image.row(BORDER.index(y, height)), to);
            }
            let mut medians = vec![0; rows.len() * len];
            let per_strip = (STRIP / channels).max(2 * radius + 1);
            for start in (0..width).step_by(per_strip) {
                let strip =
                    Strip { levels: &levels, width, channels, radius, columns: start..(start + per_strip).min(width) };
                Columns::<C>::new(&strip).run(&strip, &mut medians);
            }
            (rows.start, medians)
        },
        |(first, medians), y, to| expand(&medians[(y - *first) * len..][..len], to),
    )
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn quantize(from: &[f32], to: &mut [u8]) {
    for (to, from) in to.iter_mut().zip(from) {
        *to = level(*from);
    }
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn expand(from: &[u8], to: &mut [f32]) {
    for (to, from) in to.iter_mut().zip(from) {
        *to = f32::from(*from) / 255.0;
    }
}

#[inline(always)]
fn level(sample: f32) -> u8 {
    power::nearest(unit(sample) * 255.0) as u8
}

/// Columns of an image whose medians are found together.
struct Strip<'a> {
    /// The rows at 8 bits, `radius` more above and one more than that below.
    levels: &'a [u8],
    width: usize,
    channels: usize,
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
        let around = self.around();
        &self.levels[y * self.width * self.channels..][around.start * self.channels..around.end * self.channels]
    }
}

/// Histograms of the columns around a row, of every channel. Counts are cumulative: each is of the samples up to its level, so that sums
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
        let len = strip.around().len() * strip.channels;
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

    /// The medians of all rows of the strip.
    fn run(&mut self, strip: &Strip<'_>, medians: &mut [u8]) {
        let len = strip.width * strip.channels;
        for (y, row) in medians.chunks_exact_mut(len).enumerate() {
            let row = &mut row[strip.columns.start * strip.channels..strip.columns.end * strip.channels];
            for channel in 0..strip.channels {
                medians_of(self, strip, channel, row);
            }
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
fn medians_of<C: Count>(columns: &Columns<C>, strip: &Strip<'_>, channel: usize, to: &mut [u8]) {
    let radius = strip.radius as isize;
    let (first, channels) = (strip.around().start as isize, strip.channels);
    let half = C::of((2 * strip.radius + 1) * (2 * strip.radius + 1) / 2);
    // Where the histograms are of each column that counts, from the first of the first pixel to the one after the last of the last.
    let start = strip.columns.start as isize;
    let places: Vec<usize> = (start - radius..=strip.columns.end as isize + radius)
        .map(|x| (BORDER.index(x, strip.width) as isize - first) as usize * channels + channel)
        .collect();
    let side = 2 * strip.radius + 1;
    let mut coarse = [C::ZERO; SEGMENTS];
    places[..side].iter().for_each(|&place| add(&mut coarse, &columns.coarse[place]));
    // Segments of the fine histogram, brought up to date when they are asked for; and up to which pixel they are, counted from 1.
    let mut fine = [[C::ZERO; SEGMENT]; SEGMENTS];
    let mut known = [0; SEGMENTS];
    for (x, to) in to[channel..].iter_mut().step_by(channels).enumerate() {
        let segment = place(&coarse, half).min(SEGMENTS - 1);
        let mut rest = half;
        if segment > 0 {
            rest -= coarse[segment - 1];
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
        place += count.is_at_most(half);
    }
    place.into() as usize
}

#[inline(always)]
fn add<C: Count>(to: &mut [C; SEGMENT], more: &[C; SEGMENT]) {
    for i in 0..SEGMENT {
        to[i] += more[i];
    }
}

#[inline(always)]
fn take<C: Count>(to: &mut [C; SEGMENT], less: &[C; SEGMENT]) {
    for i in 0..SEGMENT {
        to[i] -= less[i];
    }
}

#[inline(always)]
fn exchange<C: Count>(to: &mut [C; SEGMENT], gone: &[C; SEGMENT], new: &[C; SEGMENT]) {
    for i in 0..SEGMENT {
        to[i] -= gone[i];
        to[i] += new[i];
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::blur::separable::noise;

    fn plain(image: ImageView<'_>, radius: isize, x: usize, y: usize, c: usize) -> f32 {
        let mut around: Vec<f32> = (-radius..=radius)
            .flat_map(|dy| (-radius..=radius).map(move |dx| (dx, dy)))
            .map(|(dx, dy)| {
                let (x, y) =
                    (BORDER.index(x as isize + dx, image.width()), BORDER.index(y as isize + dy, image.height()));
                let sample = image.pixel(x, y)[c];
                if radius > 2 { f32::from(level(sample)) / 255.0 } else { sample }
            })
            .collect();
        around.sort_by(f32::total_cmp);
        around[around.len() / 2]
    }

    #[test]
    fn fast_and_plain_medians_are_the_same() {
        for (width, height, channels) in [(1, 1, 3), (2, 7, 1), (60, 9, 3), (23, 30, 4), (15, 5, 2)] {
            let image = noise(width, height, channels);
            for radius in [1, 2, 3, 7, 130] {
                let fast = blur(image.view(), radius);
                let step = if radius == 130 { 11 } else { 1 };
                for i in (0..width * height).step_by(step) {
                    let (x, y) = (i % width, i / width);
                    for c in 0..channels {
                        let plain = plain(image.view(), radius as isize, x, y, c);
                        assert_eq!(fast.view().pixel(x, y)[c], plain, "{image} {radius}");
                    }
                }
            }
        }
    }
}
