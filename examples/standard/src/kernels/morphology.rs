//! Dilation and erosion: the brightest and the darkest of what is around each pixel.
//!
//! Rectangles are a row filter after a column filter, both at a cost that does not depend on their size: columns by van Herk, *A fast
//! algorithm for local minimum and maximum filters on rectangular and octagonal kernels* (Pattern Recognition Letters 13, 1992), and
//! Gil, Werman, *Computing 2-D min, median, and max filters* (PAMI 15, 1993); rows by the extremes of stretches of 1, 4, 16 …
//! pixels. Other shapes are put together from stretches of their rows (Urbach, Wilkinson, *Efficient 2-D grayscale morphological
//! transformations with arbitrary flat structuring elements*, IEEE Transactions on Image Processing 17, 2008). What lies beyond the
//! edges does not count.

use std::{marker::PhantomData, mem, ops::Range};

use chainner_sdk::prelude::*;
use multiversion::{multiversion, target::match_target};

/// What is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extreme {
    /// The brightest.
    Most,
    /// The darkest.
    Least,
}

/// Around each pixel, of side `2 · radius + 1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// All of the square.
    Square,
    /// The disc in it.
    Circle,
    /// Its middle row and column.
    Cross,
}

/// The extreme around each sample, `times` times.
pub fn filter(image: ImageView<'_>, extreme: Extreme, shape: Shape, radius: usize, times: usize) -> Image {
    if radius == 0 || times == 0 || image.samples().is_empty() {
        return image.to_image();
    }
    match extreme {
        Extreme::Most => filter_by::<Most>(image, shape, radius, times),
        Extreme::Least => filter_by::<Least>(image, shape, radius, times),
    }
}

fn filter_by<O: Order>(image: ImageView<'_>, shape: Shape, radius: usize, times: usize) -> Image {
    let once = |image: ImageView<'_>| match shape {
        // Squares one after the other are a larger one; one that reaches all of the image is large enough.
        Shape::Square => {
            let radius = radius.saturating_mul(times);
            square::<O>(image, radius.min(image.width() - 1), radius.min(image.height() - 1))
        }
        Shape::Circle => rows_of::<O>(image, &circle(radius)),
        Shape::Cross => cross::<O>(image, radius),
    };
    let mut filtered = once(image);
    if shape != Shape::Square {
        for _ in 1..times {
            let next = once(filtered.view());
            if next == filtered {
                break;
            }
            filtered = next;
        }
    }
    filtered
}

/// Greater or less.
trait Order: Copy + Send + Sync + 'static {
    /// What any sample beats.
    const NONE: f32;

    fn better(a: f32, b: f32) -> f32;
}

#[derive(Clone, Copy)]
struct Most;
#[derive(Clone, Copy)]
struct Least;

impl Order for Most {
    const NONE: f32 = f32::NEG_INFINITY;

    fn better(a: f32, b: f32) -> f32 {
        if a > b { a } else { b }
    }
}

impl Order for Least {
    const NONE: f32 = f32::INFINITY;

    fn better(a: f32, b: f32) -> f32 {
        if a < b { a } else { b }
    }
}

/// Samples that are compared at once where vectors are of 16 samples, of 8, and of fewer: as many as registers hold.
const WIDE: usize = 128;
const MEDIUM: usize = 64;
const NARROW: usize = 32;
/// Samples that are compared at once where there are not more.
const FEW: usize = 8;

/// `to[i]` is the best of all `from[k][i]`.
///
/// # Panics
/// When a slice is shorter than `to`, or there is none.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn best_of<O: Order>(from: &[&[f32]], to: &mut [f32]) {
    match_target! {
        "x86_64+avx512f+avx512bw+avx512dq+avx512vl" => best_by::<WIDE, O>(from, to),
        "x86_64+avx2" => best_by::<MEDIUM, O>(from, to),
        _ => best_by::<NARROW, O>(from, to),
    }
}

#[inline(always)]
fn best_by<const N: usize, O: Order>(from: &[&[f32]], to: &mut [f32]) {
    if to.len() >= N {
        best_blocks::<N, O>(from, to);
    } else if to.len() >= FEW {
        best_blocks::<FEW, O>(from, to);
    } else {
        best_blocks::<1, O>(from, to);
    }
}

/// Several slices at a time: of `best[i] = better(from[i], best[i])` compilers make a store of only those lanes that change, which takes
/// some processors ten times as long as a whole one.
#[inline(always)]
fn best_blocks<const N: usize, O: Order>(from: &[&[f32]], to: &mut [f32]) {
    let last = to.len().saturating_sub(N);
    let (fours, rest) = from.as_chunks::<4>();
    for at in (0..to.len()).step_by(N) {
        // The last block reaches back over the one before it.
        let at = at.min(last);
        let block = |from: &[f32]| -> [f32; N] { *from[at..].first_chunk().expect("slices are as long as the result") };
        let mut best = [O::NONE; N];
        for four in fours {
            let [a, b, c, d] = four.map(block);
            for i in 0..N {
                best[i] = O::better(a[i], O::better(b[i], O::better(c[i], O::better(d[i], best[i]))));
            }
        }
        for pair in rest.chunks(2) {
            let (a, b) = (block(pair[0]), block(pair[pair.len() - 1]));
            for i in 0..N {
                best[i] = O::better(a[i], O::better(b[i], best[i]));
            }
        }
        *to[at..].first_chunk_mut::<N>().expect("a block fits") = best;
    }
}

/// The best of what came before and a row, `next`, and of that and what comes later.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn best_on_both_sides<O: Order>(row: &[f32], before: &[f32], later: &[f32], next: &mut [f32], to: &mut [f32]) {
    for ((((to, next), before), later), row) in to.iter_mut().zip(next).zip(before).zip(later).zip(row) {
        *next = O::better(*row, *before);
        *to = O::better(*later, *next);
    }
}

/// Stretches of a row, of any length: put together from the best of 1, 4, 16 … pixels.
struct Stretches<O> {
    channels: usize,
    /// Pixels on either side of the row that do not count.
    reach: usize,
    /// From every place on, the best of 1, 4, 16 … pixels.
    of_powers: Vec<Vec<f32>>,
    order: PhantomData<O>,
}

impl<O: Order> Stretches<O> {
    /// For rows of `len` samples, and stretches of `reach` pixels to both sides.
    fn new(len: usize, channels: usize, reach: usize) -> Self {
        let padded = len + 2 * reach * channels;
        let powers = (0..).map(|i| 4_usize.pow(i)).take_while(|&pixels| pixels <= 2 * reach + 1);
        let of_powers = powers.map(|pixels| vec![O::NONE; padded - (pixels - 1) * channels]).collect();
        Self { channels, reach, of_powers, order: PhantomData }
    }

    /// The row, to be written.
    fn row(&mut self) -> &mut [f32] {
        let margin = self.reach * self.channels;
        let row = &mut self.of_powers[0];
        let end = row.len() - margin;
        &mut row[margin..end]
    }

    /// To be called when the row is written.
    fn prepare(&mut self) {
        for power in 1..self.of_powers.len() {
            let (shorter, longer) = self.of_powers.split_at_mut(power);
            let (shorter, longer) = (&shorter[power - 1], &mut longer[0]);
            let step = 4_usize.pow(power as u32 - 1) * self.channels;
            best_of::<O>(&[shorter, &shorter[step..], &shorter[2 * step..], &shorter[3 * step..]], longer);
        }
    }

    /// The best of `half` pixels to both sides of each, and of the same place in another row.
    fn best(&self, half: usize, other: Option<&[f32]>, to: &mut [f32]) {
        let count = 2 * half + 1;
        let power = count.ilog(4) as usize;
        let pixels = 4_usize.pow(power as u32);
        let first = self.reach - half;
        let starts = (0..count / pixels).map(|i| first + i * pixels).chain([first + count - pixels]);
        let slices: Vec<&[f32]> =
            starts.map(|start| &self.of_powers[power][start * self.channels..]).chain(other).collect();
        best_of::<O>(&slices, to);
    }
}

fn square<O: Order>(image: ImageView<'_>, radius_x: usize, radius_y: usize) -> Image {
    let (width, channels) = (image.width(), image.channels());
    let len = width * channels;
    Image::from_fresh_runs(
        width,
        image.height(),
        channels,
        2 * radius_y + 1,
        |rows| {
            let stretches = Stretches::<O>::new(len, channels, radius_x);
            (Columns::<O>::new(image, radius_y, rows), stretches, vec![0.0; len])
        },
        |(columns, stretches, best), y, to| {
            columns.row(image, y, stretches.row());
            stretches.prepare();
            stretches.best(radius_x, None, best);
            to.copy([best])
        },
    )
}

/// Up to this radius the rows of a column filter are compared one by one.
const FEW_ROWS: usize = 3;

/// The column filter, row by row: in blocks of as many rows as the shape is high, the best from each row to the end of its block is
/// made ahead, that from the start of the next block as it goes.
struct Columns<O> {
    radius: usize,
    /// First row of the block; rows above the image are negative.
    start: isize,
    /// `ahead[i]`: the best of rows `start + i` up to the end of the block.
    ahead: Vec<Vec<f32>>,
    /// The best of the rows of the next block so far, and memory for what that becomes.
    before: Vec<f32>,
    next: Vec<f32>,
    order: PhantomData<O>,
}

impl<O: Order> Columns<O> {
    fn new(image: ImageView<'_>, radius: usize, rows: Range<usize>) -> Self {
        let len = image.width() * image.channels();
        let blocks = if radius > FEW_ROWS { 2 * radius + 1 } else { 0 };
        let mut columns = Self {
            radius,
            start: rows.start as isize - radius as isize,
            ahead: vec![vec![O::NONE; len]; blocks],
            before: vec![O::NONE; len],
            next: vec![O::NONE; len],
            order: PhantomData,
        };
        columns.look_ahead(image);
        columns
    }

    fn look_ahead(&mut self, image: ImageView<'_>) {
        for i in (0..self.ahead.len()).rev() {
            let (these, later) = self.ahead.split_at_mut(i + 1);
            let to = &mut these[i];
            let row =
                usize::try_from(self.start + i as isize).ok().filter(|&y| y < image.height()).map(|y| image.row(y));
            match (row, later.first()) {
                (Some(row), Some(later)) => best_of::<O>(&[row, later], to),
                (Some(row), None) => to.copy_from_slice(row),
                (None, Some(later)) => to.copy_from_slice(later),
                (None, None) => to.fill(O::NONE),
            }
        }
        self.before.fill(O::NONE);
    }

    /// Writes the best around row `y`; rows come in order.
    fn row(&mut self, image: ImageView<'_>, y: usize, to: &mut [f32]) {
        let last = image.height() - 1;
        if self.radius <= FEW_ROWS {
            let rows = y.saturating_sub(self.radius)..=(y + self.radius).min(last);
            let rows: Vec<&[f32]> = rows.map(|row| image.row(row)).collect();
            return best_of::<O>(&rows, to);
        }
        let i = (y as isize - self.radius as isize - self.start) as usize;
        let i = if i == self.ahead.len() {
            self.start += i as isize;
            self.look_ahead(image);
            0
        } else {
            i
        };
        if i > 0 && y + self.radius <= last {
            best_on_both_sides::<O>(image.row(y + self.radius), &self.before, &self.ahead[i], &mut self.next, to);
            mem::swap(&mut self.before, &mut self.next);
        } else {
            best_of::<O>(&[&self.ahead[i], &self.before], to);
        }
    }
}

/// Half the widths of the rows of a disc, from top to bottom.
fn circle(radius: usize) -> Vec<usize> {
    let squared = (radius * radius) as f64;
    (0..=2 * radius)
        .map(|row| {
            let dy = row as f64 - radius as f64;
            (radius as f64 * ((squared - dy * dy) / squared).sqrt()).round_ties_even() as usize
        })
        .collect()
}

/// A shape of an odd number of rows, each of some pixels to both sides of the middle.
fn rows_of<O: Order>(image: ImageView<'_>, half_widths: &[usize]) -> Image {
    let (width, height, channels) = (image.width(), image.height(), image.channels());
    let (len, middle, count) = (width * channels, half_widths.len() / 2, half_widths.len());
    // A row counts by one of its stretches; those of the same width, of which a disc has an upper and a lower one, are shared.
    let half_widths: Vec<usize> = half_widths.iter().map(|&half| half.min(width - 1)).collect();
    let mut widths: Vec<usize> = half_widths.iter().copied().filter(|&half| half > 0).collect();
    widths.sort_unstable();
    widths.dedup();
    let widest = widths.last().copied().unwrap_or(0);
    Image::from_fresh_runs(
        width,
        height,
        channels,
        count,
        |_| {
            let rings: Vec<Vec<Vec<f32>>> = vec![vec![vec![0.0; len]; widths.len()]; count];
            (Stretches::<O>::new(len, channels, widest), rings, vec![0.0; len], None::<usize>)
        },
        |(stretches, ring, best, end), y, to| {
            let rows = y.saturating_sub(middle)..(y + middle + 1).min(height);
            for row in end.unwrap_or(rows.start)..rows.end {
                stretches.row().copy_from_slice(image.row(row));
                stretches.prepare();
                for (&half, to) in widths.iter().zip(&mut ring[row % count]) {
                    stretches.best(half, None, to);
                }
            }
            *end = Some(rows.end);
            let of_row = |row: usize| match widths.binary_search(&half_widths[row + middle - y]) {
                Ok(place) => &ring[row % count][place][..],
                // One pixel of the row itself.
                Err(_) => image.row(row),
            };
            let slices: Vec<&[f32]> = rows.map(of_row).collect();
            best_of::<O>(&slices, best);
            to.copy([best])
        },
    )
}

fn cross<O: Order>(image: ImageView<'_>, radius: usize) -> Image {
    let (width, channels) = (image.width(), image.channels());
    let (radius_x, radius_y) = (radius.min(width - 1), radius.min(image.height() - 1));
    let len = width * channels;
    Image::from_fresh_runs(
        width,
        image.height(),
        channels,
        2 * radius_y + 1,
        |rows| {
            let stretches = Stretches::<O>::new(len, channels, radius_x);
            (Columns::<O>::new(image, radius_y, rows), stretches, vec![0.0; len], vec![0.0; len])
        },
        |(columns, stretches, upright, best), y, to| {
            columns.row(image, y, upright);
            stretches.row().copy_from_slice(image.row(y));
            stretches.prepare();
            stretches.best(radius_x, Some(upright), best);
            to.copy([best])
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::blur::separable::noise;

    fn inside(shape: Shape, radius: isize, dx: isize, dy: isize) -> bool {
        match shape {
            Shape::Square => true,
            Shape::Cross => dx == 0 || dy == 0,
            Shape::Circle => dx.unsigned_abs() <= circle(radius as usize)[(dy + radius) as usize],
        }
    }

    fn plain(image: ImageView<'_>, extreme: Extreme, shape: Shape, radius: isize) -> Image {
        Image::from_rows(image.width(), image.height(), image.channels(), |y, row| {
            for (i, to) in row.iter_mut().enumerate() {
                let (x, c) = (i / image.channels(), i % image.channels());
                let places = (-radius..=radius).flat_map(|dy| (-radius..=radius).map(move |dx| (dx, dy)));
                let around = places.filter(|&(dx, dy)| inside(shape, radius, dx, dy)).filter_map(|(dx, dy)| {
                    let (x, y) = (x as isize + dx, y as isize + dy);
                    let there = (0..image.width() as isize).contains(&x) && (0..image.height() as isize).contains(&y);
                    there.then(|| image.pixel(x as usize, y as usize)[c])
                });
                *to = match extreme {
                    Extreme::Most => around.fold(0.0, f32::max),
                    Extreme::Least => around.fold(1.0, f32::min),
                };
            }
        })
    }

    #[test]
    fn fast_and_plain_extremes_are_the_same() {
        for (width, height, channels) in [(1, 1, 3), (5, 40, 1), (40, 7, 4), (300, 80, 3), (31, 17, 2)] {
            let image = noise(width, height, channels);
            for extreme in [Extreme::Most, Extreme::Least] {
                for shape in [Shape::Square, Shape::Circle, Shape::Cross] {
                    for radius in if width == 300 { vec![1, 4] } else { vec![1, 3, 6, 21] } {
                        let fast = filter(image.view(), extreme, shape, radius, 1);
                        let plain = plain(image.view(), extreme, shape, radius as isize);
                        assert!(fast == plain, "{extreme:?} {shape:?} {radius} {image}");
                    }
                }
            }
        }
    }

    #[test]
    fn several_times_is_one_after_the_other() {
        let image = noise(30, 20, 1);
        for shape in [Shape::Square, Shape::Circle, Shape::Cross] {
            let mut after = image.clone();
            (0..3).for_each(|_| after = plain(after.view(), Extreme::Most, shape, 2));
            assert_eq!(filter(image.view(), Extreme::Most, shape, 2, 3), after);
            assert_eq!(filter(image.view(), Extreme::Most, shape, 2, 0), image);
        }
        // As often as it may be asked for, it is over when nothing changes any more.
        assert_eq!(
            filter(image.view(), Extreme::Least, Shape::Circle, 3, 1_000_000),
            filter(image.view(), Extreme::Least, Shape::Square, 30, 1)
        );
    }
}
