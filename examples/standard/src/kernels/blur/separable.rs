//! Symmetric filters that are a column filter after a row filter.
//!
//! Each row of the result is made by itself: the column filter reads the rows of the image, its result is padded while it is in
//! the cache, and the row filter writes the row of the result. Nothing of the size of the image is kept in between.

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

/// Filters an image along its rows by `x`, along its columns by `y`, and finishes each row by `finish(y, row)`.
pub fn filter(
    image: ImageView<'_>,
    x: &Symmetric,
    y: &Symmetric,
    border: Border,
    finish: impl Fn(usize, &mut [f32]) + Sync,
) -> Image {
    let (width, height, channels) = (image.width(), image.height(), image.channels());
    let reach = x.radius() * channels;
    Image::from_runs(
        width,
        height,
        channels,
        1,
        |_| vec![0.0; width * channels + 2 * reach],
        |padded, row_number, to| {
            let row = |k: isize| image.row(border.index(row_number as isize + k, height));
            if x.radius() == 0 {
                y.apply(row, to);
            } else {
                y.apply(row, &mut padded[reach..reach + width * channels]);
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
        for (width, height, channels) in [(1, 1, 3), (2, 7, 1), (150, 40, 4), (90, 3, 2)] {
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
