//! Resizing by separable filters.
//!
//! Each sample of the result is a weighted mean of samples around its place, along rows and then along columns; the filters are scaled up
//! when an image gets smaller, so that every sample counts (D. Schumacher, *General Filtered Image Rescaling*, Graphics Gems III,
//! 1992). Beyond the edge there are no samples: the weights of the others make up for them.
//!
//! Along rows, eight rows are worked on at once, woven into one another so that they lie side by side in a vector. What is made of rows
//! and columns is made band by band, so that nothing of the size of the image is kept in between.

use std::{f64::consts::PI, ops::Range};

use chainner_sdk::prelude::*;
use multiversion::multiversion;

use super::taps::{Tap, sum};

/// What weighs the samples around a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filter {
    /// The nearest sample.
    Nearest,
    /// All within half a pixel the same.
    Box,
    /// Linear interpolation.
    Linear,
    /// Cubic interpolation of E. Catmull and R. Rom (1974).
    CatmullRom,
    /// A windowed sinc of six samples (C. E. Duchon, 1979).
    Lanczos,
    /// The cubic 1 − 3x² + 2x³.
    Hermite,
    /// The compromise of D. P. Mitchell and A. N. Netravali (1988).
    Mitchell,
    /// The cubic B-spline; blurs.
    BSpline,
    /// A sinc of two samples, windowed by R. W. Hamming.
    Hamming,
    /// A sinc of two samples, windowed by J. von Hann.
    Hann,
    /// Cubic interpolation of J.-L. Lagrange.
    Lagrange,
    /// A Gaussian of σ = ½.
    Gauss,
}

impl Filter {
    /// How far the filter reaches.
    fn support(self) -> f64 {
        match self {
            Self::Nearest | Self::Box => 0.5,
            Self::Linear | Self::Hermite | Self::Hamming | Self::Hann => 1.0,
            Self::CatmullRom | Self::Mitchell | Self::BSpline | Self::Lagrange => 2.0,
            Self::Lanczos | Self::Gauss => 3.0,
        }
    }

    /// The weight of a sample at a distance.
    fn weight(self, x: f64) -> f64 {
        let x = x.abs();
        match self {
            // A sample right on the edge counts, however the distance was rounded.
            Self::Nearest | Self::Box => f64::from(u8::from(x <= 0.5 + 1e-6)),
            _ if x >= self.support() => 0.0,
            _ => self.curve(x),
        }
    }

    /// The formula of the filter, which some go on with beyond their support.
    fn curve(self, x: f64) -> f64 {
        match self {
            Self::Nearest | Self::Box => 1.0,
            Self::Linear => 1.0 - x,
            Self::CatmullRom => cubic(0.0, 0.5, x),
            Self::Lanczos => sinc(x) * sinc(x / 3.0),
            Self::Hermite => cubic(0.0, 0.0, x),
            Self::Mitchell => cubic(1.0 / 3.0, 1.0 / 3.0, x),
            Self::BSpline => cubic(1.0, 0.0, x),
            Self::Hamming => sinc(x) * (0.54 + 0.46 * (PI * x).cos()),
            Self::Hann => sinc(x) * (0.5 + 0.5 * (PI * x).cos()),
            Self::Lagrange if x < 1.0 => (1.0 - x) * (1.0 + x) * (2.0 - x) / 2.0,
            Self::Lagrange => (1.0 - x) * (2.0 - x) * (3.0 - x) / 6.0,
            Self::Gauss => (-2.0 * x * x).exp(),
        }
    }

    /// The weight as it enters the sum by which all are divided, where that is not the weight itself.
    ///
    /// The windowed sincs go on beyond their support there, up to the next whole pixel, so that images made smaller with them get a
    /// little brighter. The app's do, and chains rely on equal results.
    fn tail(self) -> Option<impl Fn(f64) -> f64> {
        matches!(self, Self::Hamming | Self::Hann).then_some(move |x: f64| self.curve(x.abs()))
    }
}

/// The cubics of Mitchell and Netravali, for x of 0..2.
fn cubic(b: f64, c: f64, x: f64) -> f64 {
    let sixfold = if x < 1.0 {
        ((12.0 - 9.0 * b - 6.0 * c) * x + (-18.0 + 12.0 * b + 6.0 * c)) * x * x + (6.0 - 2.0 * b)
    } else if x < 2.0 {
        (((-b - 6.0 * c) * x + (6.0 * b + 30.0 * c)) * x + (-12.0 * b - 48.0 * c)) * x + (8.0 * b + 24.0 * c)
    } else {
        0.0
    };
    sixfold / 6.0
}

fn sinc(x: f64) -> f64 {
    if x == 0.0 { 1.0 } else { (PI * x).sin() / (PI * x) }
}

/// The samples that one sample of the result is made of.
#[derive(Debug, Clone, PartialEq)]
struct Taps {
    start: usize,
    weights: Vec<f32>,
}

impl Taps {
    /// The lines, as `line` gives them, with their weights.
    fn of<'a>(&self, line: impl Fn(usize) -> &'a [f32]) -> impl Iterator<Item = Tap<'a>> {
        (self.start..).zip(&self.weights).map(move |(at, &weight)| (line(at), weight))
    }
}

/// Weights up to this are zeros of a sine, rounded.
const NOTHING: f32 = 1e-9;

/// Those of all places along a line.
fn taps(filter: Filter, from: usize, to: usize) -> Vec<Taps> {
    let scale = from as f64 / to as f64;
    if filter == Filter::Nearest {
        // Of two that are equally near, the first.
        let nearest = |at: usize| (((2 * at + 1) * from - 1) / (2 * to)).min(from - 1);
        return (0..to).map(|at| Taps { start: nearest(at), weights: vec![1.0] }).collect();
    }
    let stretch = scale.max(1.0);
    let reach = filter.support() * stretch;
    (0..to)
        .map(|at| {
            let center = (at as f64 + 0.5) * scale;
            let start = (center - reach - 1e-6).floor().max(0.0) as usize;
            let end = ((center + reach + 1e-6).ceil() as usize).clamp(start + 1, from);
            let distance = |index: usize| (index as f64 + 0.5 - center) / stretch;
            let sum: f64 = match filter.tail() {
                None => (start..end).map(|index| filter.weight(distance(index))).sum(),
                Some(tail) => {
                    let within = |index: &usize| (*index as f64 + 0.5 - center).abs() <= reach.ceil();
                    let around = start.saturating_sub(1)..(end + 1).min(from);
                    around.filter(within).map(|index| tail(distance(index))).sum()
                }
            };
            let weights: Vec<f32> = (start..end).map(|index| (filter.weight(distance(index)) / sum) as f32).collect();
            let first = weights.iter().position(|&weight| weight.abs() > NOTHING).unwrap_or(0);
            let last = weights.iter().rposition(|&weight| weight.abs() > NOTHING).unwrap_or(0);
            Taps { start: start + first, weights: weights[first..=last].to_vec() }
        })
        .collect()
}

/// Rows that are worked on at once along.
const LANES: usize = 8;
/// Samples of a row that are weighed down the columns at once, so that they are still in the nearest cache when they are woven.
const STRIP: usize = 1024;

/// An image of another size.
///
/// # Panics
/// When a side is 0.
pub fn resize(image: ImageView<'_>, [width, height]: [usize; 2], filter: Filter) -> Image {
    assert!(width > 0 && height > 0 && image.width() > 0 && image.height() > 0, "sides are at least 1");
    let channels = image.channels();
    let (across, down) = (taps(filter, image.width(), width), taps(filter, image.height(), height));
    if filter == Filter::Nearest {
        return nearest(image, &across, &down);
    }
    // Filters that blur do so at the same size, too.
    let is_same = |taps: &[Taps]| taps.iter().enumerate().all(|(at, tap)| tap.start == at && tap.weights.len() == 1);
    if image.width() == width && is_same(&across) {
        if image.height() == height && is_same(&down) {
            return image.to_image();
        }
        return Image::from_rows(width, height, channels, |y, to| {
            sum(&down[y].of(|row| image.row(row)).collect::<Vec<_>>(), to);
        });
    }
    let row_len = width * channels;
    if height < image.height() {
        // Down first, which leaves less to do along.
        return Image::from_runs(
            width,
            height,
            channels,
            LANES,
            |rows| Shrinking::new(image.width() * channels, row_len, rows),
            |block, y, to| {
                if y >= block.rows.start + LANES {
                    block.rows.start = y;
                    block.made = false;
                }
                if !block.made {
                    block.make(image, &across, &down);
                }
                to.copy_from_slice(&block.results[(y - block.rows.start) * row_len..][..row_len]);
            },
        );
    }
    let longest = down.iter().map(|tap| tap.weights.len()).max().unwrap_or(1);
    Image::from_runs(
        width,
        height,
        channels,
        LANES,
        |rows| Ring::new(image.width() * channels, row_len, longest + LANES, down[rows.start].start),
        |ring, y, to| {
            let tap = &down[y];
            while ring.end < tap.start + tap.weights.len() {
                ring.make(image, &across);
            }
            sum(&tap.of(|row| ring.row(row)).collect::<Vec<_>>(), to);
        },
    )
}

/// The nearest pixels. Rows that are made of the same one are copied.
fn nearest(image: ImageView<'_>, across: &[Taps], down: &[Taps]) -> Image {
    let channels = image.channels();
    let row_len = across.len() * channels;
    Image::from_runs(
        across.len(),
        down.len(),
        channels,
        1,
        |_| (None, vec![0.0; row_len]),
        |(known, made), y, to| {
            let from = down[y].start;
            if *known != Some(from) {
                *known = Some(from);
                match channels {
                    1 => pick::<1>(image.row(from), made, across),
                    3 => pick::<3>(image.row(from), made, across),
                    4 => pick::<4>(image.row(from), made, across),
                    _ => {
                        for (pixel, tap) in made.chunks_exact_mut(channels).zip(across) {
                            pixel.copy_from_slice(&image.row(from)[tap.start * channels..][..channels]);
                        }
                    }
                }
            }
            to.copy_from_slice(made);
        },
    )
}

fn pick<const N: usize>(from: &[f32], to: &mut [f32], across: &[Taps]) {
    let from = from.as_chunks::<N>().0;
    for (to, tap) in to.as_chunks_mut::<N>().0.iter_mut().zip(across) {
        *to = from[tap.start];
    }
}

/// Rows of the result, some at once: weighed down the columns, and then along.
struct Shrinking {
    rows: Range<usize>,
    made: bool,
    strip: Vec<f32>,
    woven: Vec<f32>,
    woven_results: Vec<f32>,
    results: Vec<f32>,
}

impl Shrinking {
    fn new(from_len: usize, to_len: usize, rows: Range<usize>) -> Self {
        Self {
            rows,
            made: false,
            strip: vec![0.0; STRIP * LANES],
            woven: vec![0.0; from_len * LANES],
            woven_results: vec![0.0; to_len * LANES],
            results: vec![0.0; to_len * LANES],
        }
    }

    /// Makes the first of the rows.
    fn make(&mut self, image: ImageView<'_>, across: &[Taps], down: &[Taps]) {
        let len = image.width() * image.channels();
        for start in (0..len).step_by(STRIP) {
            let strip = start..(start + STRIP).min(len);
            for (lane, to) in self.strip.chunks_exact_mut(STRIP).enumerate() {
                let row = (self.rows.start + lane).min(self.rows.end - 1);
                let terms: Vec<Tap<'_>> = down[row].of(|row| &image.row(row)[strip.clone()]).collect();
                sum(&terms, &mut to[..strip.len()]);
            }
            let rows = std::array::from_fn(|lane| &self.strip[lane * STRIP..][..strip.len()]);
            weave(rows, &mut self.woven[strip.start * LANES..strip.end * LANES]);
        }
        filter_along(&self.woven, &mut self.woven_results, across, image.channels());
        let row_len = across.len() * image.channels();
        unweave(&self.woven_results, each_row(&mut self.results, row_len));
        self.made = true;
    }
}

/// Rows filtered along, as many as are needed at a time.
struct Ring {
    end: usize,
    row_len: usize,
    woven: Vec<f32>,
    woven_results: Vec<f32>,
    /// A multiple of [`LANES`].
    count: usize,
    rows: Vec<f32>,
}

impl Ring {
    fn new(from_len: usize, row_len: usize, least: usize, first: usize) -> Self {
        let count = least.next_multiple_of(LANES);
        Self {
            end: first / LANES * LANES,
            row_len,
            woven: vec![0.0; from_len * LANES],
            woven_results: vec![0.0; row_len * LANES],
            count,
            rows: vec![0.0; count * row_len],
        }
    }

    fn row(&self, row: usize) -> &[f32] {
        &self.rows[row % self.count * self.row_len..][..self.row_len]
    }

    /// Makes the next rows, in the place of the oldest.
    fn make(&mut self, image: ImageView<'_>, across: &[Taps]) {
        weave(std::array::from_fn(|lane| image.row((self.end + lane).min(image.height() - 1))), &mut self.woven);
        filter_along(&self.woven, &mut self.woven_results, across, image.channels());
        let start = self.end % self.count * self.row_len;
        unweave(&self.woven_results, each_row(&mut self.rows[start..], self.row_len));
        self.end += LANES;
    }
}

/// The first rows of a buffer.
fn each_row(rows: &mut [f32], row_len: usize) -> [&mut [f32]; LANES] {
    let mut rows = rows.chunks_exact_mut(row_len);
    std::array::from_fn(|_| rows.next().expect("the buffer has as many rows"))
}

/// Samples of some rows, those of one column side by side.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"))]
fn weave(rows: [&[f32]; LANES], woven: &mut [f32]) {
    let (columns, _) = woven.as_chunks_mut::<LANES>();
    let rows = rows.map(|row| &row[..columns.len()]);
    let whole = columns.len() / LANES * LANES;
    let blocks = rows.map(|row| row.as_chunks::<LANES>().0);
    for (block, to) in columns.as_chunks_mut::<LANES>().0.iter_mut().enumerate() {
        *to = transposed(std::array::from_fn(|lane| blocks[lane][block]));
    }
    for (x, column) in columns.iter_mut().enumerate().skip(whole) {
        *column = rows.map(|row| row[x]);
    }
}

/// The other way.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"))]
fn unweave(woven: &[f32], mut rows: [&mut [f32]; LANES]) {
    let columns = woven.as_chunks::<LANES>().0;
    let whole = columns.len() / LANES * LANES;
    for (block, from) in columns.as_chunks::<LANES>().0.iter().enumerate() {
        for (row, from) in rows.iter_mut().zip(transposed(*from)) {
            row[block * LANES..][..LANES].copy_from_slice(&from);
        }
    }
    for (x, column) in columns.iter().enumerate().skip(whole) {
        rows.iter_mut().zip(column).for_each(|(row, sample)| row[x] = *sample);
    }
}

#[inline(always)]
fn transposed(block: [[f32; LANES]; LANES]) -> [[f32; LANES]; LANES] {
    std::array::from_fn(|i| std::array::from_fn(|j| block[j][i]))
}

/// Weighted sums along woven rows.
fn filter_along(woven: &[f32], to: &mut [f32], across: &[Taps], channels: usize) {
    match channels {
        1 => along::<1>(woven, to, across),
        2 => along::<2>(woven, to, across),
        3 => along::<3>(woven, to, across),
        4 => along::<4>(woven, to, across),
        _ => along_any(woven, to, across, channels),
    }
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn along<const N: usize>(woven: &[f32], to: &mut [f32], taps: &[Taps]) {
    let pixels = woven.as_chunks::<LANES>().0.as_chunks::<N>().0;
    for (to, tap) in to.as_chunks_mut::<LANES>().0.as_chunks_mut::<N>().0.iter_mut().zip(taps) {
        let mut sums = [[0.0_f32; LANES]; N];
        for (pixel, &weight) in pixels[tap.start..][..tap.weights.len()].iter().zip(&tap.weights) {
            for channel in 0..N {
                for lane in 0..LANES {
                    sums[channel][lane] += pixel[channel][lane] * weight;
                }
            }
        }
        *to = sums;
    }
}

fn along_any(woven: &[f32], to: &mut [f32], taps: &[Taps], channels: usize) {
    let columns = woven.as_chunks::<LANES>().0;
    for (pixel, tap) in to.as_chunks_mut::<LANES>().0.chunks_exact_mut(channels).zip(taps) {
        for (channel, to) in pixel.iter_mut().enumerate() {
            *to = [0.0; LANES];
            for (k, &weight) in tap.weights.iter().enumerate() {
                let from = &columns[(tap.start + k) * channels + channel];
                to.iter_mut().zip(from).for_each(|(sum, sample)| *sum += sample * weight);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const FILTERS: [Filter; 12] = [
        Filter::Nearest,
        Filter::Box,
        Filter::Linear,
        Filter::CatmullRom,
        Filter::Lanczos,
        Filter::Hermite,
        Filter::Mitchell,
        Filter::BSpline,
        Filter::Hamming,
        Filter::Hann,
        Filter::Lagrange,
        Filter::Gauss,
    ];

    fn image(width: usize, height: usize, channels: usize) -> Image {
        Image::from_rows(width, height, channels, |y, row| {
            row.iter_mut().enumerate().for_each(|(x, sample)| *sample = ((x * 37 + y * 61) % 101) as f32 / 100.0);
        })
    }

    /// The double sum over all samples that have a weight.
    fn plain(image: ImageView<'_>, [width, height]: [usize; 2], filter: Filter, [x, y, channel]: [usize; 3]) -> f64 {
        let (across, down) = (&taps(filter, image.width(), width)[x], &taps(filter, image.height(), height)[y]);
        let mut sum = 0.0;
        for (j, wy) in down.weights.iter().enumerate() {
            for (i, wx) in across.weights.iter().enumerate() {
                let sample = image.pixel(across.start + i, down.start + j)[channel];
                sum += f64::from(*wy) * f64::from(*wx) * f64::from(sample);
            }
        }
        sum.clamp(0.0, 1.0)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn woven_rows_and_the_double_sum_agree(
            from in prop::array::uniform2(1_usize..30), to in prop::array::uniform2(1_usize..40),
            channels in 1_usize..=5, filter in 0_usize..12,
        ) {
            let (image, filter) = (image(from[0], from[1], channels), FILTERS[filter]);
            let fast = resize(image.view(), to, filter);
            for y in 0..to[1] {
                for x in 0..to[0] {
                    for channel in 0..channels {
                        let fast = f64::from(fast.view().pixel(x, y)[channel]);
                        let plain = plain(image.view(), to, filter, [x, y, channel]);
                        prop_assert!((fast - plain).abs() < 1e-5, "{filter:?} at {x}, {y}: {fast} instead of {plain}");
                    }
                }
            }
        }
    }

    #[test]
    fn strips_of_long_rows_meet() {
        let image = image(800, 30, 3);
        for size in [[500, 12], [900, 40]] {
            let fast = resize(image.view(), size, Filter::Lanczos);
            for y in [0, 7, 11] {
                for x in (0..size[0]).step_by(3) {
                    let plain = plain(image.view(), size, Filter::Lanczos, [x, y, 1]);
                    assert!((f64::from(fast.view().pixel(x, y)[1]) - plain).abs() < 1e-5, "{size:?} at {x}, {y}");
                }
            }
        }
    }

    #[test]
    fn an_even_image_stays_even() {
        let even = Image::from_rows(23, 17, 3, |_, row| row.fill(0.3));
        for filter in FILTERS.into_iter().filter(|filter| !matches!(filter, Filter::Hamming | Filter::Hann)) {
            for size in [[10, 31], [46, 9], [23, 5], [7, 17]] {
                let resized = resize(even.view(), size, filter);
                assert!(
                    resized.view().samples().iter().all(|sample| (sample - 0.3).abs() < 1e-5),
                    "{filter:?} {size:?}"
                );
            }
        }
    }

    #[test]
    fn filters_through_the_samples_keep_an_image_of_the_same_size() {
        let image = image(9, 8, 4);
        for filter in [Filter::Nearest, Filter::Box, Filter::Linear, Filter::Lanczos, Filter::CatmullRom, Filter::Hann]
        {
            assert_eq!(resize(image.view(), [9, 8], filter), image, "{filter:?}");
        }
        assert_ne!(resize(image.view(), [9, 8], Filter::BSpline), image);
    }
}
