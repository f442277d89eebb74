//! Making an image smaller by the mean of what each new pixel covers: the box filter of exact area (Fant, *A Nonaliasing, Real-Time
//! Spatial Transform Technique*, IEEE Computer Graphics and Applications 6, 1986).

use chainner_sdk::prelude::*;
use multiversion::multiversion;

use super::taps::{self, Tap};

/// The image in `width` × `height` pixels, neither of which is larger than the image's.
///
/// # Panics
/// When a side would become larger, or is 0.
pub fn downscale(image: ImageView<'_>, width: usize, height: usize) -> Image {
    let sum = |rows: &[Tap<'_>], means: &mut [f32]| taps::sum(rows, means);
    scaled(image, width, height, sum, |_| ())
}

/// As [`downscale`], with each colour counting as much as it is opaque; where nothing is opaque, it is black. Only for images of four
/// channels; others are scaled as they are.
///
/// # Panics
/// As [`downscale`].
pub fn downscale_opaque(image: ImageView<'_>, width: usize, height: usize) -> Image {
    if image.channels() != 4 {
        return downscale(image, width, height);
    }
    scaled(image, width, height, sum_opaque, |row| {
        for [b, g, r, a] in row.as_chunks_mut::<4>().0 {
            let share = if *a > 0.0 { 1.0 / *a } else { 0.0 };
            (*b, *g, *r) = (*b * share, *g * share, *r * share);
        }
    })
}

/// Sums of rows of four channels, the first three times the fourth.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn sum_opaque(rows: &[Tap<'_>], sums: &mut [f32]) {
    sums.fill(0.0);
    for (row, weight) in rows {
        for ([b, g, r, a], [sum_b, sum_g, sum_r, sum_a]) in
            row.as_chunks::<4>().0.iter().zip(sums.as_chunks_mut::<4>().0)
        {
            let a = a * weight;
            (*sum_b, *sum_g, *sum_r, *sum_a) = (*sum_b + b * a, *sum_g + g * a, *sum_r + r * a, *sum_a + a);
        }
    }
}

fn scaled(
    image: ImageView<'_>,
    width: usize,
    height: usize,
    sum: impl Fn(&[Tap<'_>], &mut [f32]) + Sync,
    finish: impl Fn(&mut [f32]) + Sync,
) -> Image {
    assert!((1..=image.width()).contains(&width) && (1..=image.height()).contains(&height), "{width}×{height}");
    let channels = image.channels();
    let (x, y) = (Cover::all(image.width(), width), Cover::all(image.height(), height));
    Image::from_runs(
        width,
        height,
        channels,
        1,
        |_| vec![0.0; image.width() * channels],
        |means, row, to| {
            let rows: Vec<Tap<'_>> = y[row].weights().map(|(row, weight)| (image.row(row), weight)).collect();
            sum(&rows, means);
            match channels {
                1 => along_row::<1>(&x, means, to),
                3 => along_row::<3>(&x, means, to),
                4 => along_row::<4>(&x, means, to),
                _ => {
                    for (to, cover) in to.chunks_exact_mut(channels).zip(&x) {
                        for (channel, to) in to.iter_mut().enumerate() {
                            *to = cover.weights().map(|(x, weight)| means[x * channels + channel] * weight).sum();
                        }
                    }
                }
            }
            finish(to);
        },
    )
}

fn along_row<const N: usize>(covers: &[Cover], from: &[f32], to: &mut [f32]) {
    let (from, _) = from.as_chunks::<N>();
    for (to, cover) in to.as_chunks_mut::<N>().0.iter_mut().zip(covers) {
        let mut sums = [0.0; N];
        for (x, weight) in cover.weights() {
            (0..N).for_each(|c| sums[c] += from[x][c] * weight);
        }
        *to = sums;
    }
}

/// The pixels that a new one covers: `first` and `last` in part, all between them wholly.
#[derive(Debug, Clone, Copy)]
struct Cover {
    first: usize,
    last: usize,
    first_weight: f32,
    weight: f32,
    last_weight: f32,
}

impl Cover {
    fn all(large: usize, small: usize) -> Vec<Self> {
        let scale = large as f64 / small as f64;
        let cover = |i: usize| {
            // In whole numbers, so that edges that meet a pixel's meet it exactly.
            let (start, end) = (i * large, (i + 1) * large);
            let (first, last) = (start / small, (end - 1) / small);
            let part = |from: usize, to: usize| ((to - from) as f64 / small as f64 / scale) as f32;
            Self {
                first,
                last,
                first_weight: part(start, end.min((first + 1) * small)),
                weight: (1.0 / scale) as f32,
                last_weight: part(start.max(last * small), end),
            }
        };
        (0..small).map(cover).collect()
    }

    fn weights(self) -> impl Iterator<Item = (usize, f32)> {
        (self.first..=self.last).map(move |i| {
            let weight = match i {
                _ if i == self.first => self.first_weight,
                _ if i == self.last => self.last_weight,
                _ => self.weight,
            };
            (i, weight)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::blur::separable::noise;

    #[test]
    fn colours_count_as_much_as_they_are_opaque() {
        let image = Image::from_samples(&[1.0, 0.5, 0.0, 0.75, 0.2, 0.1, 0.4, 0.25, 0.9, 0.9, 0.9, 0.0], 3, 1, 4);
        let image = image.expect("three pixels");
        let small = downscale_opaque(image.view(), 1, 1);
        for (found, expected) in small.view().samples().iter().zip([0.8, 0.4, 0.1, 1.0 / 3.0]) {
            assert!((found - expected).abs() < 1e-6, "{:?}", small.view().samples());
        }
        let same = downscale_opaque(image.view(), 3, 1);
        assert_eq!(same.view().samples()[8..], [0.0; 4]);
    }

    #[test]
    fn each_pixel_is_the_mean_of_the_area_it_covers() {
        for (width, height, small_width, small_height, channels) in
            [(12, 8, 4, 4, 3), (7, 9, 5, 2, 1), (10, 10, 10, 10, 4), (30, 3, 1, 3, 2)]
        {
            let image = noise(width, height, channels);
            let small = downscale(image.view(), small_width, small_height);
            let overlap = |i: usize, j: usize, large: usize, small: usize| {
                let scale = large as f64 / small as f64;
                ((i as f64 + 1.0) * scale).min(j as f64 + 1.0) - (i as f64 * scale).max(j as f64)
            };
            for y in 0..small_height {
                for x in 0..small_width {
                    for c in 0..channels {
                        let (mut sum, mut area) = (0.0, 0.0);
                        for j in 0..height {
                            for i in 0..width {
                                let weight = overlap(x, i, width, small_width).max(0.0)
                                    * overlap(y, j, height, small_height).max(0.0);
                                sum += weight * f64::from(image.view().pixel(i, j)[c]);
                                area += weight;
                            }
                        }
                        assert!((f64::from(small.view().pixel(x, y)[c]) - sum / area).abs() < 1e-6);
                    }
                }
            }
        }
    }
}
