//! Dithering along a curve: T. Riemersma, *A Balanced Dithering Technique* (C/C++ Users Journal, December 1998).
//!
//! A pixel takes over what the last ones were off, the last wholly, those before less and less, by a constant factor, down to one
//! part in as many as are remembered.

use chainner_sdk::prelude::*;

use super::{Nearest, curve};

/// Replaces every pixel by the colour nearest to it with the errors of the last `history` pixels, 2 or more.
///
/// # Panics
/// When the image does not have `N` channels.
pub fn dither<const N: usize>(image: ImageView<'_>, nearest: &impl Nearest<N>, history: usize) -> Image {
    assert_eq!(image.channels(), N, "the caller asks for the channels first");
    let (width, height) = (image.width(), image.height());
    let mut dithered = Image::new(width, height, N);
    let to = dithered.samples_mut().as_chunks_mut::<N>().0;
    let from = image.samples().as_chunks::<N>().0;
    let mut errors = Errors::<N>::new(history);
    curve::walk(width, height, &mut |x, y| {
        let at = y * width + x;
        let wanted: [f32; N] = nearest.wanted(std::array::from_fn(|c| from[at][c] + errors.sum[c] as f32));
        to[at] = nearest.nearest(wanted);
        errors.push(std::array::from_fn(|c| f64::from(from[at][c] - to[at][c])));
    });
    dithered
}

/// The weighed sum of the last errors. Each step takes the same factor off all, so that the sum is kept up instead of made anew.
struct Errors<const N: usize> {
    sum: [f64; N],
    /// The last errors, in a ring.
    last: Vec<[f64; N]>,
    at: usize,
    factor: f64,
    /// How much the one that is forgotten counted.
    least: f64,
}

impl<const N: usize> Errors<N> {
    fn new(history: usize) -> Self {
        let history = history.max(2);
        let least = 1.0 / history as f64;
        let factor = least.powf(1.0 / (history - 1) as f64);
        Self { sum: [0.0; N], last: vec![[0.0; N]; history], at: 0, factor, least }
    }

    fn push(&mut self, error: [f64; N]) {
        let forgotten = std::mem::replace(&mut self.last[self.at], error);
        self.at = if self.at + 1 == self.last.len() { 0 } else { self.at + 1 };
        for c in 0..N {
            self.sum[c] = (self.sum[c] - forgotten[c] * self.least) * self.factor + error[c];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sum_is_that_of_the_weighed_errors() {
        for history in [2, 5, 16, 300] {
            let mut errors = Errors::<1>::new(history);
            let mut all: Vec<f64> = Vec::new();
            for i in 0..2000 {
                let error = ((i * 7919) % 1000) as f64 / 1000.0 - 0.5;
                errors.push([error]);
                all.push(error);
                let weight = |k: usize| (1.0 / history as f64).powf(k as f64 / (history - 1) as f64);
                let sum: f64 = all.iter().rev().take(history).enumerate().map(|(k, error)| error * weight(k)).sum();
                assert!((errors.sum[0] - sum).abs() < 1e-9);
            }
        }
    }
}
