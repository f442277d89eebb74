//! High boost: an image plus what of it is not smooth.
//!
//! The contrast-adaptive kind holds back where there is contrast already, as AMD's *FidelityFX Contrast Adaptive Sharpening* (2019):
//! by how far the darkest and the brightest neighbour may still be spread before they reach black or white.

use chainner_sdk::prelude::*;
use multiversion::multiversion;

use super::{
    border::Border,
    edges, unit,
    window::{self, Reach},
};

/// Which neighbours are compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Neighbors {
    /// The four beside, above and below.
    Four,
    /// All eight.
    Eight,
}

/// Adds `amount` times the difference from the mean of each sample and its neighbours. Opacity too.
pub fn sharpen(image: ImageView<'_>, neighbors: Neighbors, amount: f32) -> Image {
    match neighbors {
        Neighbors::Four => edges::over_all(image, move |[_, n, _, w, center, e, _, s, _]| {
            center + (4.0 * center - ((n + w) + (e + s))) * (amount / 5.0)
        }),
        Neighbors::Eight => edges::over_all(image, move |[nw, n, ne, w, center, e, sw, s, se]| {
            center + (8.0 * center - (((nw + n) + (ne + w)) + ((e + sw) + (s + se)))) * (amount / 9.0)
        }),
    }
}

/// As [`sharpen`], held back by the contrast of the brightness around each pixel; a higher `bias` (1 and more) holds back less.
pub fn sharpen_adaptively(image: ImageView<'_>, neighbors: Neighbors, amount: f32, bias: f32) -> Image {
    let channels = image.channels();
    let weight = match neighbors {
        Neighbors::Four => amount / 5.0,
        Neighbors::Eight => amount / 9.0,
    };
    let exponent = 1.0 / bias;
    // Several rows at once, as the brightness of each counts for three; brightness and strength are made once for all channels.
    window::bands::<4>(image, Reach::square(1), Border::Mirror, |rows, to| {
        let luma: Vec<Vec<f32>> = rows.iter().map(|row| brightness(row, channels)).collect();
        let mut strength = vec![0.0; image.width()];
        for ((to, luma), rows) in to.into_iter().zip(luma.windows(3)).zip(rows.windows(3)) {
            let ([above, row, below], [luma_above, luma, luma_below]) = (rows, luma) else { unreachable!("of three") };
            strengths([luma_above, luma, luma_below], neighbors, exponent, weight, &mut strength);
            match channels {
                1 => apply::<1>([above, row, below], neighbors, &strength, to),
                3 => apply::<3>([above, row, below], neighbors, &strength, to),
                4 => apply::<4>([above, row, below], neighbors, &strength, to),
                _ => {
                    for (i, to) in to.iter_mut().enumerate() {
                        *to = boosted([above, row, below], neighbors, strength[i / channels], i, channels);
                    }
                }
            }
        }
    })
}

/// Brightness of the pixels of a row. The app weighs the first channel as red and the third as blue, after ITU-R BT.709.
fn brightness(row: &[f32], channels: usize) -> Vec<f32> {
    match channels {
        1 => row.to_vec(),
        3 => weighed::<3>(row),
        4 => weighed::<4>(row),
        _ => row.chunks_exact(channels).map(|pixel| pixel.iter().sum::<f32>() / channels as f32).collect(),
    }
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn weighed<const N: usize>(row: &[f32]) -> Vec<f32> {
    let pixels = row.as_chunks::<N>().0.iter();
    pixels.map(|pixel| 0.2126 * pixel[0] + 0.7152 * pixel[1] + 0.0722 * pixel[2]).collect()
}

/// How strongly the pixels of a stretch are sharpened, from the brightness of three rows with a pixel more on both sides.
fn strengths(luma: [&[f32]; 3], neighbors: Neighbors, exponent: f32, weight: f32, to: &mut [f32]) {
    room(luma, neighbors, to);
    // Square and cube roots are what the ends and the middle of the range ask for.
    if exponent == 1.0 {
        to.iter_mut().for_each(|strength| *strength *= weight);
    } else if exponent == 0.5 {
        root(to, weight);
    } else {
        to.iter_mut().for_each(|strength| *strength = strength.powf(exponent) * weight);
    }
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn root(to: &mut [f32], weight: f32) {
    to.iter_mut().for_each(|strength| *strength = strength.sqrt() * weight);
}

/// How far the neighbours may still be spread before they are black or white, as a share of the brightest.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn room(luma: [&[f32]; 3], neighbors: Neighbors, to: &mut [f32]) {
    let len = to.len();
    let at = |row: usize, shift: usize| &luma[row][shift..shift + len];
    let (n, w, center, e, s) = (at(0, 1), at(1, 0), at(1, 1), at(1, 2), at(2, 1));
    let share = |least: f32, most: f32| unit(least.min(1.0 - most) / most.max(1e-9));
    match neighbors {
        Neighbors::Four => {
            for i in 0..len {
                let least = n[i].min(s[i]).min(w[i].min(e[i])).min(center[i]);
                let most = n[i].max(s[i]).max(w[i].max(e[i])).max(center[i]);
                to[i] = share(least, most);
            }
        }
        Neighbors::Eight => {
            let (nw, ne, sw, se) = (at(0, 0), at(0, 2), at(2, 0), at(2, 2));
            for i in 0..len {
                let least = n[i].min(s[i]).min(w[i].min(e[i])).min(center[i]);
                let most = n[i].max(s[i]).max(w[i].max(e[i])).max(center[i]);
                let corners = (nw[i].min(ne[i]).min(sw[i].min(se[i])), nw[i].max(ne[i]).max(sw[i].max(se[i])));
                to[i] = share(least.min(corners.0), most.max(corners.1));
            }
        }
    }
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn apply<const N: usize>(rows: [&[f32]; 3], neighbors: Neighbors, strength: &[f32], to: &mut [f32]) {
    let len = to.len();
    let at = |row: usize, shift: usize| &rows[row][shift * N..shift * N + len];
    let (n, w, center, e, s) = (at(0, 1), at(1, 0), at(1, 1), at(1, 2), at(2, 1));
    // First what is not smooth, sample by sample; then each pixel by its strength.
    match neighbors {
        Neighbors::Four => {
            for i in 0..len {
                to[i] = 4.0 * center[i] - ((n[i] + w[i]) + (e[i] + s[i]));
            }
        }
        Neighbors::Eight => {
            let (nw, ne, sw, se) = (at(0, 0), at(0, 2), at(2, 0), at(2, 2));
            for i in 0..len {
                to[i] = 8.0 * center[i] - (((nw[i] + n[i]) + (ne[i] + w[i])) + ((e[i] + sw[i]) + (s[i] + se[i])));
            }
        }
    }
    let pixels = to.as_chunks_mut::<N>().0.iter_mut().zip(center.as_chunks::<N>().0).zip(strength);
    for ((to, center), strength) in pixels {
        for c in 0..N {
            to[c] = center[c] + to[c] * strength;
        }
    }
}

/// As [`apply`], for one sample of any number of channels.
fn boosted(rows: [&[f32]; 3], neighbors: Neighbors, strength: f32, i: usize, channels: usize) -> f32 {
    let at = |row: usize, column: usize| rows[row][i + column * channels];
    let sides = (at(0, 1) + at(1, 0)) + (at(1, 2) + at(2, 1));
    let center = at(1, 1);
    let rough = match neighbors {
        Neighbors::Four => 4.0 * center - sides,
        Neighbors::Eight => 8.0 * center - (sides + (at(0, 0) + at(0, 2)) + (at(2, 0) + at(2, 2))),
    };
    center + rough * strength
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::blur::separable::noise;

    /// Pixel by pixel, as it is defined.
    fn plain(
        image: ImageView<'_>,
        neighbors: Neighbors,
        amount: f64,
        bias: Option<f64>,
        x: usize,
        y: usize,
    ) -> Vec<f64> {
        let channels = image.channels();
        let index = |at: usize, d: isize, len: usize| Border::Mirror.index(at as isize + d, len);
        let pixel = |dx: isize, dy: isize| -> Vec<f64> {
            let pixel = image.pixel(index(x, dx, image.width()), index(y, dy, image.height()));
            pixel.iter().map(|&sample| sample.into()).collect()
        };
        let around: Vec<Vec<f64>> = (-1..=1)
            .flat_map(|dy| (-1..=1).map(move |dx| (dx, dy)))
            .filter(|(dx, dy)| (dx, dy) != (&0, &0) && (neighbors == Neighbors::Eight || *dx == 0 || *dy == 0))
            .map(|(dx, dy)| pixel(dx, dy))
            .collect();
        let center = pixel(0, 0);
        let luma = |pixel: &Vec<f64>| match pixel[..] {
            [b, g, r] | [b, g, r, _] => 0.2126 * b + 0.7152 * g + 0.0722 * r,
            _ => pixel.iter().sum::<f64>() / pixel.len() as f64,
        };
        let lumas = || around.iter().chain([&center]).map(luma);
        let (least, most) = (lumas().fold(1.0, f64::min), lumas().fold(0.0, f64::max));
        let strength =
            bias.map_or(1.0, |bias| (least.min(1.0 - most) / most.max(1e-9)).clamp(0.0, 1.0).powf(1.0 / bias));
        (0..channels)
            .map(|c| {
                let mean = (around.iter().map(|pixel| pixel[c]).sum::<f64>() + center[c]) / (around.len() + 1) as f64;
                (center[c] + (center[c] - mean) * amount * strength).clamp(0.0, 1.0)
            })
            .collect()
    }

    #[test]
    fn fast_and_plain_versions_agree() {
        for channels in [1, 2, 3, 4] {
            for (width, height) in [(1, 1), (2, 3), (70, 5)] {
                let image = noise(width, height, channels)
                    .view()
                    .map_rows(|_, row| row.iter_mut().for_each(|v| *v = *v * 0.9 + 0.05));
                for neighbors in [Neighbors::Four, Neighbors::Eight] {
                    for bias in [None, Some(1.0), Some(2.0), Some(2.5)] {
                        let fast = match bias {
                            None => sharpen(image.view(), neighbors, 1.5),
                            Some(bias) => sharpen_adaptively(image.view(), neighbors, 1.5, bias as f32),
                        };
                        for y in 0..height {
                            for x in 0..width {
                                let plain = plain(image.view(), neighbors, 1.5, bias, x, y);
                                for (fast, plain) in fast.view().pixel(x, y).iter().zip(plain) {
                                    assert!((f64::from(*fast) - plain).abs() < 1e-5, "{neighbors:?} {bias:?}");
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
