//! The Gaussian blur.
//!
//! Up to a standard deviation of 11 pixels the bell is sampled out to four deviations, and rows and columns are filtered by it.
//! Wider blurs take the way of image pyramids (Burt, Adelson, *The Laplacian Pyramid as a Compact Image Code*, IEEE Transactions on
//! Communications 31, 1983): the image is averaged down, blurred there, interpolated linearly and smoothed by what the
//! interpolation left. Deviations of independent blurs add as squares, hence the parts make up the whole.

use chainner_sdk::prelude::*;

use super::separable::{self, Symmetric};
use crate::kernels::{
    area,
    border::{Border, pad_in_place},
    taps::{self, Tap},
};

/// What the image is beyond its edges.
const BORDER: Border = Border::Reflect;
/// From these deviations on the image is made smaller by these factors.
const PYRAMID: [(f64, f64); 8] =
    [(11.0, 1.25), (15.0, 1.5), (20.0, 2.0), (25.0, 2.5), (30.0, 3.0), (50.0, 4.0), (100.0, 6.0), (200.0, 8.0)];

/// Blurs by standard deviations in pixels along rows and columns; 0 leaves that direction as it is.
pub fn blur(image: ImageView<'_>, sigma_x: f64, sigma_y: f64) -> Image {
    blur_and(image, sigma_x, sigma_y, |_, _| ())
}

/// As [`blur`], and finishes each blurred row by `finish(y, row)`.
pub fn blur_and(image: ImageView<'_>, sigma_x: f64, sigma_y: f64, finish: impl Fn(usize, &mut [f32]) + Sync) -> Image {
    let factor = PYRAMID.iter().rev().find(|(from, _)| sigma_x.min(sigma_y) >= *from).map(|(_, factor)| *factor);
    match factor {
        Some(factor) if image.width() > 0 && image.height() > 0 => pyramid(image, sigma_x, sigma_y, factor, finish),
        _ => separable::filter(image, &bell(sigma_x), &bell(sigma_y), BORDER, finish),
    }
}

/// The sampled bell, out to four deviations.
pub fn bell(sigma: f64) -> Symmetric {
    if sigma <= 0.0 {
        return Symmetric::identity();
    }
    let radius = (((sigma * 8.0 + 1.0).round_ties_even() as usize) | 1) / 2;
    let half: Vec<f64> = (0..=radius).map(|i| (-0.5 * (i as f64 / sigma).powi(2)).exp()).collect();
    Symmetric::normalized(&half)
}

fn pyramid(
    image: ImageView<'_>,
    sigma_x: f64,
    sigma_y: f64,
    factor: f64,
    finish: impl Fn(usize, &mut [f32]) + Sync,
) -> Image {
    let (width, height, channels) = (image.width(), image.height(), image.channels());
    let smaller = |len: usize| (len as f64 / factor).ceil() as usize;
    let small = area::downscale(image, smaller(width), smaller(height));
    let by_x = width as f64 / small.width() as f64;
    let by_y = height as f64 / small.height() as f64;
    let rest = |sigma: f64, by: f64| bell((sigma * sigma - by * by).sqrt() / by);
    let small = separable::filter(small.view(), &rest(sigma_x, by_x), &rest(sigma_y, by_y), BORDER, |_, _| ());
    let small = small.view();

    let (across, down) = (Linear::new(small.width(), width), Linear::new(small.height(), height));
    let (smooth_x, smooth_y) = (bell(by_x), bell(by_y));
    let reach = smooth_x.radius();
    Image::from_runs(
        width,
        height,
        channels,
        1,
        |_| (vec![0.0; small.width() * channels], vec![0.0; (width + 2 * reach) * channels]),
        |(narrow, wide), y, to| {
            // Interpolated and smoothed down the columns in one step, while the rows are still short.
            let weights = down.smoothed(&smooth_y, y);
            let taps: Vec<Tap<'_>> = weights.iter().map(|&(row, weight)| (small.row(row), weight)).collect();
            taps::sum(&taps, narrow);
            across.interpolate(narrow, channels, &mut wide[reach * channels..(reach + width) * channels]);
            pad_in_place(wide, channels, reach, BORDER);
            smooth_x.apply_to_padded(wide, channels, to);
            finish(y, to);
        },
    )
}

/// Linear interpolation from `small` pixels to more, centres on centres.
struct Linear {
    /// For each pixel the one before it and the share of the next.
    places: Vec<(usize, f32)>,
    small: usize,
}

impl Linear {
    fn new(small: usize, large: usize) -> Self {
        let scale = small as f64 / large as f64;
        let place = |i: usize| {
            let at = ((i as f64 + 0.5) * scale - 0.5).clamp(0.0, (small - 1) as f64);
            let before = (at.floor() as usize).min(small.saturating_sub(2));
            (before, (at - before as f64) as f32)
        };
        Self { places: (0..large).map(place).collect(), small }
    }

    /// Which small pixels, and how much of each, make up the pixel at `i` after smoothing.
    fn smoothed(&self, kernel: &Symmetric, i: usize) -> Vec<(usize, f32)> {
        let radius = kernel.radius() as isize;
        let mut weights: Vec<(usize, f64)> = Vec::new();
        let mut add = |place: usize, weight: f64| match weights.iter_mut().find(|(at, _)| *at == place) {
            Some((_, sum)) => *sum += weight,
            None => weights.push((place, weight)),
        };
        for k in -radius..=radius {
            let weight = f64::from(kernel.half()[k.unsigned_abs()]);
            let (before, share) = self.places[BORDER.index(i as isize + k, self.places.len())];
            add(before, weight * (1.0 - f64::from(share)));
            if share > 0.0 {
                add((before + 1).min(self.small - 1), weight * f64::from(share));
            }
        }
        weights.into_iter().map(|(place, weight)| (place, weight as f32)).collect()
    }

    fn interpolate(&self, from: &[f32], channels: usize, to: &mut [f32]) {
        match channels {
            1 => self.interpolate_n::<1>(from, to),
            3 => self.interpolate_n::<3>(from, to),
            4 => self.interpolate_n::<4>(from, to),
            _ => {
                for (to, &(before, share)) in to.chunks_exact_mut(channels).zip(&self.places) {
                    let after = (before + 1).min(self.small - 1);
                    for (channel, to) in to.iter_mut().enumerate() {
                        let (a, b) = (from[before * channels + channel], from[after * channels + channel]);
                        *to = a + (b - a) * share;
                    }
                }
            }
        }
    }

    fn interpolate_n<const N: usize>(&self, from: &[f32], to: &mut [f32]) {
        let (from, _) = from.as_chunks::<N>();
        for (to, &(before, share)) in to.as_chunks_mut::<N>().0.iter_mut().zip(&self.places) {
            let (a, b) = (from[before], from[(before + 1).min(self.small - 1)]);
            for channel in 0..N {
                to[channel] = a[channel] + (b[channel] - a[channel]) * share;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::blur::separable::{noise, plain, whole};

    /// The bell, every weight multiplied out.
    fn exact(image: ImageView<'_>, sigma: f64) -> Vec<f64> {
        let radius = (sigma * 5.0).ceil() as usize;
        let half: Vec<f64> = (0..=radius).map(|i| (-0.5 * (i as f64 / sigma).powi(2)).exp()).collect();
        let whole = whole(&half);
        let total: f64 = whole.iter().sum();
        let whole: Vec<f64> = whole.iter().map(|weight| weight / total).collect();
        plain(image, &whole, &whole, BORDER)
    }

    #[test]
    fn narrow_and_wide_blurs_are_near_the_bell() {
        for (sigma, width, height, tolerance) in
            [(1.0, 61, 40, 2e-4), (4.5, 33, 40, 2e-4), (12.0, 41, 57, 2e-3), (26.0, 70, 31, 2e-3)]
        {
            let image = noise(width, height, 3);
            let blurred = blur(image.view(), sigma, sigma);
            for (fast, exact) in blurred.view().samples().iter().zip(exact(image.view(), sigma)) {
                assert!((f64::from(*fast) - exact).abs() < tolerance, "sigma {sigma}: {fast} {exact}");
            }
        }
    }

    #[test]
    fn wide_blurs_are_their_parts_one_after_the_other() {
        let (sigma, factor) = (21.0, 2.0);
        let image = noise(63, 50, 1);
        let (width, height) = (image.width(), image.height());
        let small = area::downscale(image.view(), 32, 25);
        let (by_x, by_y) = (63.0 / 32.0, 50.0 / 25.0);
        let rest = |by: f64| (f64::powi(sigma, 2) - by * by).sqrt() / by;
        let small = blur(small.view(), rest(by_x), rest(by_y));
        let (across, down) = (Linear::new(32, width), Linear::new(25, height));
        let large = Image::from_rows(width, height, 1, |y, to| {
            let (row, share) = down.places[y];
            let next = (row + 1).min(24);
            let between: Vec<f32> =
                (0..32).map(|x| small.view().row(row)[x] * (1.0 - share) + small.view().row(next)[x] * share).collect();
            across.interpolate(&between, 1, to);
        });
        let plain = separable::filter(large.view(), &bell(by_x), &bell(by_y), BORDER, |_, _| ());
        let fast = pyramid(image.view(), sigma, sigma, factor, |_, _| ());
        for (fast, plain) in fast.view().samples().iter().zip(plain.view().samples()) {
            assert!((fast - plain).abs() < 1e-5, "{fast} {plain}");
        }
    }

    #[test]
    fn images_of_any_size_can_be_blurred_widely() {
        for (width, height) in [(1, 1), (1, 9), (5, 1), (2, 2)] {
            let flat = Image::from_rows(width, height, 4, |_, row| row.fill(0.5));
            for sigma in [0.3, 5.0, 30.0, 1000.0] {
                assert!(blur(flat.view(), sigma, sigma).view().samples().iter().all(|v| (v - 0.5).abs() < 1e-5));
            }
        }
        let empty = Image::new(0, 4, 3);
        assert_eq!(blur(empty.view(), 30.0, 30.0), empty);
    }
}
