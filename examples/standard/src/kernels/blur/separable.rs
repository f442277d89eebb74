//! Symmetric filters that are a column filter after a row filter.
//!
//! Some rows of the result are made at a time: the column filter reads the rows of the image, its results are padded while they are in
//! the cache, and the row filter writes the rows of the result. Nothing of the size of the image is kept in between.

use chainner_sdk::prelude::*;

use crate::kernels::{
    border::{Border, pad_in_place},
    taps::{self, Pair},
};

/// Half of a symmetric kernel: the weight in the middle, then those to one side.
#[derive(Debug, Clone, PartialEq)]
pub struct Symmetric(Vec<f32>);

impl Symmetric {
    /// Scales the weights so that the sum of the whole kernel is 1.
    ///
    /// # Panics
    /// When there is no weight.
    pub fn normalized(half: &[f64]) -> Self {
        let total = half[0] + 2.0 * half[1..].iter().sum::<f64>();
        Self(half.iter().map(|weight| (weight / total) as f32).collect())
    }

    /// The kernel that changes nothing.
    pub fn identity() -> Self {
        Self(vec![1.0])
    }

    /// Pixels to one side.
    pub fn radius(&self) -> usize {
        self.0.len() - 1
    }

    /// Weights from the middle on.
    pub fn half(&self) -> &[f32] {
        &self.0
    }

    /// Filters between slices: `pick(k)` gives that of the term at `k`, `-radius..=radius`.
    pub fn apply<'a>(&self, pick: impl Fn(isize) -> &'a [f32], to: &mut [f32]) {
        let pairs: Vec<Pair<'a>> =
            (1..self.0.len()).map(|k| (pick(-(k as isize)), pick(k as isize), self.0[k])).collect();
        taps::sum_pairs((pick(0), self.0[0]), &pairs, to);
    }

    /// Filters a row that is padded by `radius` pixels on both sides.
    pub fn apply_to_padded(&self, padded: &[f32], channels: usize, to: &mut [f32]) {
        let radius = self.radius() as isize;
        self.apply(|k| &padded[(radius + k) as usize * channels..], to);
    }
}

/// Rows that are filtered down the columns together, strip by strip.
const BAND: usize = 8;
/// Samples of a strip: those of all rows that count for a band stay in the second nearest cache.
const STRIP: usize = 1024;
/// Bytes of a cache line.
const LINE: usize = 64;

/// Filters an image along its rows by `x`, along its columns by `y`, and finishes each row by `finish(y, row)`.
pub fn filter(
    image: ImageView<'_>,
    x: &Symmetric,
    y: &Symmetric,
    border: Border,
    finish: impl Fn(usize, &mut [f32]) + Sync,
) -> Image {
    let (width, height, channels) = (image.width(), image.height(), image.channels());
    let len = width * channels;
    let reach = x.radius() * channels;
    Image::from_runs(
        width,
        height,
        channels,
        BAND,
        |rows| (rows.start, rows, vec![0.0; (len + 2 * reach) * BAND]),
        |(made, rows, band), row_number, to| {
            let padded_len = len + 2 * reach;
            if row_number == *made {
                let ends = *made..(*made + BAND).min(rows.end);
                *made = ends.end;
                // Strips start where cache lines do, if all rows are as long as some of them: loads across two lines take twice as long.
                let before = image.samples().as_ptr().align_offset(LINE).min(len) % STRIP;
                for start in std::iter::once(0).chain((before..len).step_by(STRIP).filter(|&start| start > 0)) {
                    let end = if start == 0 && before > 0 { before } else { (start + STRIP).min(len) };
                    let strip = start..end;
                    for (at, padded) in ends.clone().zip(band.chunks_exact_mut(padded_len)) {
                        let row = |k: isize| &image.row(border.index(at as isize + k, height))[strip.clone()];
                        y.apply(row, &mut padded[reach + strip.start..reach + strip.end]);
                    }
                }
            }
            let padded = &mut band[(row_number - rows.start) % BAND * padded_len..][..padded_len];
            if x.radius() == 0 {
                to.copy_from_slice(padded);
            } else {
                pad_in_place(padded, channels, x.radius(), border);
                x.apply_to_padded(padded, channels, to);
            }
            finish(row_number, to);
        },
    )
}

/// A slow version in double precision, for tests.
#[cfg(test)]
pub(crate) fn plain(image: ImageView<'_>, x: &[f64], y: &[f64], border: Border) -> Vec<f64> {
    let (width, height, channels) = (image.width(), image.height(), image.channels());
    let along = |samples: &[f64], kernel: &[f64], horizontal: bool| -> Vec<f64> {
        let sum = |i: usize| {
            let (row, column, channel) = (i / (width * channels), i / channels % width, i % channels);
            let weighed = kernel.iter().enumerate().map(|(k, weight)| {
                let d = k as isize - kernel.len() as isize / 2;
                let (row, column) = match horizontal {
                    true => (row, border.index(column as isize + d, width)),
                    false => (border.index(row as isize + d, height), column),
                };
                weight * samples[(row * width + column) * channels + channel]
            });
            weighed.sum()
        };
        (0..samples.len()).map(sum).collect()
    };
    let samples: Vec<f64> = image.samples().iter().map(|&sample| sample.into()).collect();
    along(&along(&samples, y, false), x, true)
}

/// A whole kernel from its half.
#[cfg(test)]
pub(crate) fn whole(half: &[f64]) -> Vec<f64> {
    half.iter().skip(1).rev().chain(half).copied().collect()
}

/// Noise.
#[cfg(test)]
pub(crate) fn noise(width: usize, height: usize, channels: usize) -> Image {
    Image::from_rows(width, height, channels, |y, row| {
        for (x, sample) in row.iter_mut().enumerate() {
            let hash = ((x * 73_856_093) ^ (y * 19_349_663)).wrapping_mul(2_654_435_761) >> 7;
            *sample = (hash % 1009) as f32 / 1008.0;
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_columns_are_filtered_as_if_multiplied_out() {
        let (x, y) = ([0.5, 0.2, 0.05], [0.4, 0.2, 0.06, 0.04]);
        for (width, height, channels) in [(1, 1, 3), (2, 7, 1), (150, 40, 4), (90, 3, 2), (800, 11, 3)] {
            let image = noise(width, height, channels);
            for border in [Border::Reflect, Border::Mirror, Border::Replicate] {
                let fast =
                    filter(image.view(), &Symmetric::normalized(&x), &Symmetric::normalized(&y), border, |_, _| ());
                let plain = plain(image.view(), &whole(&x), &whole(&y), border);
                for (fast, plain) in fast.view().samples().iter().zip(plain) {
                    assert!((f64::from(*fast) - plain).abs() < 1e-6);
                }
            }
        }
    }
}
