//! The bilateral filter: a mean of what is near in place and in colour (Tomasi, Manduchi, *Bilateral Filtering for Gray and Color
//! Images*, ICCV 1998).
//!
//! Colours differ by the sum of the absolute differences of their channels. Rows are taken apart into planes, so that many pixels are
//! weighed at once.

use chainner_sdk::prelude::*;
use multiversion::multiversion;

use crate::kernels::{
    border::{Border, pad},
    power,
};

/// What the image is beyond its edges.
const BORDER: Border = Border::Mirror;

/// Blurs the first `N` channels together, within a disc of `radius` pixels, and each further one by itself. Deviations are in
/// samples and in pixels.
pub fn blur(image: ImageView<'_>, radius: usize, sigma_color: f64, sigma_space: f64) -> Image {
    if radius == 0 || sigma_color <= 0.0 || sigma_space <= 0.0 || image.samples().is_empty() {
        return image.to_image();
    }
    let disc = Disc::new(radius, sigma_color, sigma_space);
    let groups: Vec<Vec<usize>> = match image.channels() {
        3 => vec![vec![0, 1, 2]],
        4 => vec![vec![0, 1, 2], vec![3]],
        channels => (0..channels).map(|channel| vec![channel]).collect(),
    };
    let (width, height, channels) = (image.width(), image.height(), image.channels());
    let rows = 2 * radius + 1;
    Image::from_runs(
        width,
        height,
        channels,
        rows,
        |_| Ring { end: None, rows: vec![Vec::new(); rows], padded: Vec::new(), blurred: vec![vec![0.0; width]; 3] },
        |ring, y, to| {
            let mut end = ring.end.unwrap_or(y as isize - radius as isize);
            while end <= y as isize + radius as isize {
                let row = image.row(BORDER.index(end, height));
                ring.split(row, channels, radius, end);
                end += 1;
            }
            ring.end = Some(end);
            let plane = |channel: usize, dy: isize| -> &[f32] {
                let len = width + 2 * radius;
                &ring.rows[(y as isize + dy).rem_euclid(rows as isize) as usize][channel * len..][..len]
            };
            for group in &groups {
                match group[..] {
                    [channel] => mean(&disc, |dy| [plane(channel, dy)], &mut [&mut ring.blurred[0]]),
                    [b, g, r] => {
                        let [to_b, to_g, to_r] = &mut ring.blurred[..] else { unreachable!("three planes") };
                        mean(&disc, |dy| [plane(b, dy), plane(g, dy), plane(r, dy)], &mut [to_b, to_g, to_r]);
                    }
                    _ => unreachable!("groups are of one or three"),
                }
                for (channel, blurred) in group.iter().zip(&ring.blurred) {
                    to[*channel..].iter_mut().step_by(channels).zip(blurred).for_each(|(to, from)| *to = *from);
                }
            }
        },
    )
}

/// The rows around one, as planes with `radius` pixels more on both sides.
struct Ring {
    end: Option<isize>,
    rows: Vec<Vec<f32>>,
    padded: Vec<f32>,
    blurred: Vec<Vec<f32>>,
}

impl Ring {
    fn split(&mut self, row: &[f32], channels: usize, radius: usize, at: isize) {
        pad(row, channels, radius, BORDER, &mut self.padded);
        let len = self.padded.len() / channels;
        let at = at.rem_euclid(self.rows.len() as isize) as usize;
        let planes = &mut self.rows[at];
        planes.resize(self.padded.len(), 0.0);
        for (channel, plane) in planes.chunks_exact_mut(len).enumerate() {
            let samples = self.padded[channel..].iter().step_by(channels);
            plane.iter_mut().zip(samples).for_each(|(to, from)| *to = *from);
        }
    }
}

/// Pixels within the disc and how much they count for their place, and how much a difference takes off.
struct Disc {
    radius: usize,
    /// Columns to the right, rows down, and the binary logarithm of the weight.
    places: Vec<(isize, isize, f32)>,
    /// Times the square of a difference: the binary logarithm of its weight.
    by_square: f32,
}

impl Disc {
    fn new(radius: usize, sigma_color: f64, sigma_space: f64) -> Self {
        let reach = radius as isize;
        let places = (-reach..=reach)
            .flat_map(|dy| (-reach..=reach).map(move |dx| (dx, dy)))
            .filter(|(dx, dy)| dx * dx + dy * dy <= reach * reach)
            .map(|(dx, dy)| {
                let squared = (dx * dx + dy * dy) as f64;
                (dx, dy, (-0.5 * squared / (sigma_space * sigma_space) * std::f64::consts::LOG2_E) as f32)
            })
            .collect();
        let by_square = (-0.5 / (sigma_color * sigma_color) * std::f64::consts::LOG2_E) as f32;
        Self { radius, places, by_square }
    }
}

/// The weighed means of a row of `N` planes.
fn mean<'a, const N: usize>(disc: &Disc, planes: impl Fn(isize) -> [&'a [f32]; N], to: &mut [&mut Vec<f32>; N]) {
    let reach = disc.radius as isize;
    let rows: Vec<[&[f32]; N]> = (-reach..=reach).map(planes).collect();
    let mut to = to.each_mut().map(|plane| &mut plane[..]);
    weigh(disc, &rows, &mut to);
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn weigh<const N: usize>(disc: &Disc, rows: &[[&[f32]; N]], to: &mut [&mut [f32]; N]) {
    /// Pixels that are weighed at once: so many that the compiler keeps the loops over them and vectorises them, which it does not do
    /// to loops that it unrolls.
    const BLOCK: usize = 64;
    let (radius, width) = (disc.radius, to[0].len());
    let mut start = 0;
    while start < width {
        // The last block ends with the row, and may do some pixels again.
        let (at, len) = if width < BLOCK { (0, width) } else { (start.min(width - BLOCK), BLOCK) };
        let mut center = [[0.0; BLOCK]; N];
        for c in 0..N {
            center[c][..len].copy_from_slice(&rows[radius][c][radius + at..][..len]);
        }
        let (mut sums, mut total) = ([[0.0; BLOCK]; N], [0.0; BLOCK]);
        for &(dx, dy, space) in &disc.places {
            let row = &rows[(dy + radius as isize) as usize];
            let from = (at + radius).wrapping_add_signed(dx);
            let mut near = [[0.0; BLOCK]; N];
            for c in 0..N {
                match row[c][from..].first_chunk::<BLOCK>() {
                    Some(block) => near[c] = *block,
                    None => near[c][..len].copy_from_slice(&row[c][from..from + len]),
                }
            }
            let mut weight = [0.0; BLOCK];
            for i in 0..BLOCK {
                let mut difference = 0.0;
                for c in 0..N {
                    difference += (near[c][i] - center[c][i]).abs();
                }
                weight[i] = power::exp2_of_negative(difference * difference * disc.by_square + space);
            }
            for c in 0..N {
                for i in 0..BLOCK {
                    sums[c][i] += near[c][i] * weight[i];
                }
            }
            for i in 0..BLOCK {
                total[i] += weight[i];
            }
        }
        for c in 0..N {
            for i in 0..len {
                to[c][at + i] = sums[c][i] / total[i];
            }
        }
        start += BLOCK;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::blur::separable::noise;

    fn plain(image: ImageView<'_>, radius: isize, sigma_color: f64, sigma_space: f64, x: usize, y: usize) -> Vec<f64> {
        let pixel = |dx: isize, dy: isize| {
            image.pixel(BORDER.index(x as isize + dx, image.width()), BORDER.index(y as isize + dy, image.height()))
        };
        let group = |c: usize| match (image.channels(), c) {
            (3 | 4, 0..3) => 0..3,
            _ => c..c + 1,
        };
        (0..image.channels())
            .map(|c| {
                let (mut sum, mut total) = (0.0, 0.0);
                for dy in -radius..=radius {
                    for dx in -radius..=radius {
                        if dx * dx + dy * dy <= radius * radius {
                            let near = pixel(dx, dy);
                            let color: f64 = group(c).map(|c| f64::from((near[c] - pixel(0, 0)[c]).abs())).sum();
                            let space = (dx * dx + dy * dy) as f64;
                            let weight =
                                (-0.5 * (color / sigma_color).powi(2) - 0.5 * space / sigma_space.powi(2)).exp();
                            sum += weight * f64::from(near[c]);
                            total += weight;
                        }
                    }
                }
                sum / total
            })
            .collect()
    }

    #[test]
    fn fast_and_plain_means_agree() {
        for (width, height, channels) in [(1, 1, 3), (5, 9, 1), (40, 12, 3), (33, 8, 4), (16, 6, 2)] {
            let image = noise(width, height, channels);
            for (radius, color, space) in [(1, 0.1, 3.0), (4, 0.4, 2.0), (6, 3.0, 0.5)] {
                let fast = blur(image.view(), radius, color, space);
                for y in 0..height {
                    for x in 0..width {
                        let plain = plain(image.view(), radius as isize, color, space, x, y);
                        for (fast, plain) in fast.view().pixel(x, y).iter().zip(plain) {
                            assert!((f64::from(*fast) - plain).abs() < 2e-6, "{radius}: {fast} {plain}");
                        }
                    }
                }
            }
        }
    }
}
