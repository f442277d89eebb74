//! The bilateral filter: a mean of what is near in place and in colour (Tomasi, Manduchi, *Bilateral Filtering for Gray and Color
//! Images*, ICCV 1998).
//!
//! Colours differ by the sum of the absolute differences of their channels. Rows are taken apart into planes, so that many pixels are
//! weighed at once.

use chainner_sdk::prelude::*;
use multiversion::{multiversion, target::match_target};

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
    Image::from_fresh_runs(
        width,
        height,
        channels,
        4 * radius,
        |_| Ring::new(image, radius),
        |ring, y, to| {
            ring.go_to(y);
            for group in &groups {
                let [first, ..] = group[..] else { continue };
                let to = &mut ring.blurred[first..];
                match (group.len(), to) {
                    (1, [to, ..]) => {
                        mean(&disc, |dy| [plane(&ring.planes, radius, width, y as isize + dy, first)], &mut [to]);
                    }
                    (3, [b, g, r, ..]) => {
                        let row = |dy: isize| {
                            [0, 1, 2].map(|channel| plane(&ring.planes, radius, width, y as isize + dy, channel))
                        };
                        mean(&disc, row, &mut [b, g, r]);
                    }
                    _ => unreachable!("groups are of one or three"),
                }
            }
            match &ring.blurred[..] {
                [gray] => to.copy([gray]),
                [b, g, r] => to.write_pixels(b.iter().zip(g).zip(r).map(|((&b, &g), &r)| [b, g, r])),
                [b, g, r, a] => {
                    to.write_pixels(b.iter().zip(g).zip(r.iter().zip(a)).map(|((&b, &g), (&r, &a))| [b, g, r, a]))
                }
                planes => to.write((0..width * channels).map(|i| planes[i % channels][i / channels])),
            }
        },
    )
}

/// The rows around one, as planes with `radius` pixels more on both sides.
struct Ring<'a> {
    image: ImageView<'a>,
    radius: usize,
    /// The row after the last that is there.
    end: Option<isize>,
    planes: Vec<Vec<f32>>,
    padded: Vec<f32>,
    blurred: Vec<Vec<f32>>,
}

/// A channel of a row within a ring.
fn plane(planes: &[Vec<f32>], radius: usize, width: usize, y: isize, channel: usize) -> &[f32] {
    let len = width + 2 * radius;
    &planes[y.rem_euclid(planes.len() as isize) as usize][channel * len..][..len]
}

impl<'a> Ring<'a> {
    fn new(image: ImageView<'a>, radius: usize) -> Self {
        let (width, channels) = (image.width(), image.channels());
        let len = (width + 2 * radius) * channels;
        Self {
            image,
            radius,
            end: None,
            planes: vec![vec![0.0; len]; 2 * radius + 1],
            padded: Vec::new(),
            blurred: vec![vec![0.0; width]; channels],
        }
    }

    /// Brings in the rows around `y`; it grows.
    fn go_to(&mut self, y: usize) {
        let (radius, channels) = (self.radius as isize, self.image.channels());
        let (first, end) = (y as isize - radius, y as isize + radius + 1);
        for at in self.end.unwrap_or(first)..end {
            pad(self.image.row(BORDER.index(at, self.image.height())), channels, self.radius, BORDER, &mut self.padded);
            let len = self.padded.len() / channels;
            let count = self.planes.len() as isize;
            let planes = &mut self.planes[at.rem_euclid(count) as usize];
            match channels {
                1 => planes.copy_from_slice(&self.padded),
                3 => split::<3>(&self.padded, planes),
                4 => split::<4>(&self.padded, planes),
                _ => {
                    for (channel, plane) in planes.chunks_exact_mut(len).enumerate() {
                        let samples = self.padded[channel..].iter().step_by(channels);
                        plane.iter_mut().zip(samples).for_each(|(to, from)| *to = *from);
                    }
                }
            }
        }
        self.end = Some(end);
    }
}

/// Takes pixels of `N` samples apart.
fn split<const N: usize>(row: &[f32], planes: &mut [f32]) {
    let pixels = row.as_chunks::<N>().0;
    for (channel, plane) in planes.chunks_exact_mut(pixels.len()).enumerate() {
        plane.iter_mut().zip(pixels).for_each(|(to, pixel)| *to = pixel[channel]);
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

/// Pixels that are weighed at once: so many that the compiler keeps the loop over them and vectorises it.
const BLOCK: usize = 64;

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+fma", "x86_64+avx2+fma"), dispatcher = "direct")]
fn weigh<const N: usize>(disc: &Disc, rows: &[[&[f32]; N]], to: &mut [&mut [f32]; N]) {
    // Where there is no instruction for it, a fused multiplication and addition is a slow call.
    match_target! {
        "x86_64+avx512f+avx512bw+avx512dq+avx512vl+fma" => weigh_by(disc, rows, to, f32::mul_add),
        "x86_64+avx2+fma" => weigh_by(disc, rows, to, f32::mul_add),
        _ => weigh_by(disc, rows, to, |a, b, c| a * b + c),
    }
}

#[inline(always)]
fn weigh_by<const N: usize>(
    disc: &Disc,
    rows: &[[&[f32]; N]],
    to: &mut [&mut [f32]; N],
    mul_add: impl Fn(f32, f32, f32) -> f32 + Copy,
) {
    if to[0].len() >= BLOCK {
        weigh_blocks::<N, BLOCK>(disc, rows, to, mul_add);
    } else {
        weigh_blocks::<N, 1>(disc, rows, to, mul_add);
    }
}

#[inline(always)]
fn weigh_blocks<const N: usize, const BLOCK: usize>(
    disc: &Disc,
    rows: &[[&[f32]; N]],
    to: &mut [&mut [f32]; N],
    mul_add: impl Fn(f32, f32, f32) -> f32 + Copy,
) {
    let (radius, width) = (disc.radius, to[0].len());
    for at in (0..width).step_by(BLOCK) {
        // The last block ends with the row, and does some pixels again.
        let at = at.min(width - BLOCK);
        let block = |row: &[&'_ [f32]; N], x: usize| {
            row.map(|plane| *plane[x..].first_chunk::<BLOCK>().expect("rows are padded"))
        };
        let center = block(&rows[radius], at + radius);
        let (mut sums, mut total) = ([[0.0; BLOCK]; N], [0.0; BLOCK]);
        for &(dx, dy, space) in &disc.places {
            let near = block(&rows[(dy + radius as isize) as usize], (at + radius).wrapping_add_signed(dx));
            for i in 0..BLOCK {
                let difference = (0..N).fold(0.0, |sum, c| sum + (near[c][i] - center[c][i]).abs());
                let exponent = mul_add(difference * difference, disc.by_square, space);
                let weight = power::exp2_of_negative(exponent, mul_add);
                for c in 0..N {
                    sums[c][i] = mul_add(near[c][i], weight, sums[c][i]);
                }
                total[i] += weight;
            }
        }
        for c in 0..N {
            for i in 0..BLOCK {
                to[c][at + i] = sums[c][i] / total[i];
            }
        }
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
