//! Dilation and erosion: the brightest and the darkest of what is around each pixel.
//!
//! Rectangles are a row filter after a column filter, both at a cost that does not depend on their size: columns by van Herk, *A fast
//! algorithm for local minimum and maximum filters on rectangular and octagonal kernels* (Pattern Recognition Letters 13, 1992), and
//! Gil, Werman, *Computing 2-D min, median, and max filters* (PAMI 15, 1993); rows by the extremes of stretches of 1, 2, 4, 8 …
//! pixels. Other shapes are put together from stretches of their rows (Urbach, Wilkinson, *Efficient 2-D grayscale morphological
//! transformations with arbitrary flat structuring elements*, IEEE Transactions on Image Processing 17, 2008). What lies beyond the
//! edges does not count.

use std::ops::Range;

use chainner_sdk::prelude::*;
use multiversion::multiversion;

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

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn best_into<O: Order>(from: &[f32], to: &mut [f32]) {
    for (to, from) in to.iter_mut().zip(from) {
        *to = O::better(*from, *to);
    }
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn best_of_two<O: Order>(one: &[f32], other: &[f32], to: &mut [f32]) {
    for ((to, one), other) in to.iter_mut().zip(one).zip(other) {
        *to = O::better(*one, *other);
    }
}

/// `to[i]` is the best of `row[i]`, `row[i + step]` … `row[i + (count - 1) · step]`; `row` is scratch.
fn stretch<O: Order>(row: &mut [f32], step: usize, count: usize, to: &mut [f32]) {
    let mut covered = 1;
    while covered * 2 <= count {
        let len = row.len() - covered * step;
        double::<O>(row, covered * step, len);
        covered *= 2;
    }
    let rest = (count - covered) * step;
    best_of_two::<O>(row, &row[rest..], to);
}

/// The first `len` of the row become the best of themselves and what is `step` further.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn double<O: Order>(row: &mut [f32], step: usize, len: usize) {
    /// What is read ahead before it is overwritten; a block at a time, so that the loop needs no check for overlap.
    const BLOCK: usize = 64;
    let mut start = 0;
    while start + BLOCK <= len {
        let mut block = [0.0; BLOCK];
        for i in 0..BLOCK {
            block[i] = O::better(row[start + i], row[start + step + i]);
        }
        row[start..start + BLOCK].copy_from_slice(&block);
        start += BLOCK;
    }
    for i in start..len {
        row[i] = O::better(row[i], row[i + step]);
    }
}

fn square<O: Order>(image: ImageView<'_>, radius_x: usize, radius_y: usize) -> Image {
    let (width, channels) = (image.width(), image.channels());
    let reach = radius_x * channels;
    let len = width * channels;
    Image::from_runs(
        width,
        image.height(),
        channels,
        2 * radius_y + 1,
        |rows| (Columns::<O>::new(image, radius_y, rows), vec![O::NONE; len + 2 * reach]),
        |(columns, padded), y, to| {
            padded[..reach].fill(O::NONE);
            padded[reach + len..].fill(O::NONE);
            columns.row(image, y, &mut padded[reach..reach + len]);
            stretch::<O>(padded, channels, 2 * radius_x + 1, to);
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
    /// The best of the rows of the next block so far.
    next: Vec<f32>,
    order: std::marker::PhantomData<O>,
}

impl<O: Order> Columns<O> {
    fn new(image: ImageView<'_>, radius: usize, rows: Range<usize>) -> Self {
        let len = image.width() * image.channels();
        let blocks = if radius > FEW_ROWS { 2 * radius + 1 } else { 0 };
        let mut columns = Self {
            radius,
            start: rows.start as isize - radius as isize,
            ahead: vec![vec![O::NONE; len]; blocks],
            next: vec![O::NONE; len],
            order: std::marker::PhantomData,
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
                (Some(row), Some(later)) => best_of_two::<O>(row, later, to),
                (Some(row), None) => to.copy_from_slice(row),
                (None, Some(later)) => to.copy_from_slice(later),
                (None, None) => to.fill(O::NONE),
            }
        }
        self.next.fill(O::NONE);
    }

    /// Writes the best around row `y`; rows come in order.
    fn row(&mut self, image: ImageView<'_>, y: usize, to: &mut [f32]) {
        let last = image.height() - 1;
        if self.radius <= FEW_ROWS {
            let rows = y.saturating_sub(self.radius)..=(y + self.radius).min(last);
            to.copy_from_slice(image.row(y));
            rows.filter(|&row| row != y).for_each(|row| best_into::<O>(image.row(row), to));
            return;
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
            best_into::<O>(image.row(y + self.radius), &mut self.next);
        }
        best_of_two::<O>(&self.ahead[i], &self.next, to);
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
    let (len, middle) = (width * channels, half_widths.len() / 2);
    // A row counts by one of its stretches; those of the same width, of which a disc has an upper and a lower one, are shared.
    let mut widths: Vec<usize> = half_widths.iter().map(|&half| half.min(width - 1)).collect();
    let places: Vec<usize> = widths.clone();
    widths.sort_unstable();
    widths.dedup();
    let places: Vec<usize> = places.iter().map(|half| widths.binary_search(half).expect("one of them")).collect();
    let widest = *widths.last().expect("at least one row") * channels;
    let stretched = |y: usize, padded: &mut Vec<f32>, scratch: &mut Vec<f32>| -> Vec<Vec<f32>> {
        padded.clear();
        padded.resize(len + 2 * widest, O::NONE);
        padded[widest..widest + len].copy_from_slice(image.row(y));
        let stretch_of = |&half: &usize| {
            let mut to = vec![0.0; len];
            scratch.clear();
            scratch.extend_from_slice(&padded[widest - half * channels..widest + len + half * channels]);
            stretch::<O>(scratch, channels, 2 * half + 1, &mut to);
            to
        };
        widths.iter().map(stretch_of).collect()
    };
    Image::from_runs(
        width,
        height,
        channels,
        half_widths.len(),
        |_| (std::collections::VecDeque::<(usize, Vec<Vec<f32>>)>::new(), Vec::new(), Vec::new()),
        |(ring, padded, scratch), y, to| {
            let rows = y.saturating_sub(middle)..(y + middle + 1).min(height);
            while ring.front().is_some_and(|(row, _)| *row < rows.start) {
                ring.pop_front();
            }
            for row in ring.back().map_or(rows.start, |(row, _)| row + 1)..rows.end {
                ring.push_back((row, stretched(row, padded, scratch)));
            }
            to.fill(O::NONE);
            for (row, stretches) in ring.iter() {
                best_into::<O>(&stretches[places[row + middle - y]], to);
            }
        },
    )
}

fn cross<O: Order>(image: ImageView<'_>, radius: usize) -> Image {
    let (width, channels) = (image.width(), image.channels());
    let (radius_x, radius_y) = (radius.min(width - 1), radius.min(image.height() - 1));
    let (len, reach) = (width * channels, radius_x * channels);
    Image::from_runs(
        width,
        image.height(),
        channels,
        2 * radius_y + 1,
        |rows| (Columns::<O>::new(image, radius_y, rows), vec![O::NONE; len + 2 * reach], vec![0.0; len]),
        |(columns, padded, upright), y, to| {
            columns.row(image, y, upright);
            padded[..reach].fill(O::NONE);
            padded[reach + len..].fill(O::NONE);
            padded[reach..reach + len].copy_from_slice(image.row(y));
            stretch::<O>(padded, channels, 2 * radius_x + 1, to);
            best_into::<O>(upright, to);
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
