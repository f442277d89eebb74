//! Edges by differences of neighbouring pixels.
//!
//! Sobel, Feldman, *A 3×3 isotropic gradient operator for image processing* (1968); Scharr, *Optimale Operatoren in der Digitalen
//! Bildverarbeitung* (2000), with its integer weights 47, 162, 47; Roberts, *Machine Perception of Three-Dimensional Solids* (1963);
//! Prewitt, *Object Enhancement and Extraction* (1970), as a compass of eight directions; the Laplacian after Rosenfeld, Kak, *Digital
//! Picture Processing* (1976). All weights are scaled so that a step of
//! the whole range cannot go beyond it.

use chainner_sdk::{
    image::{FreshRow, WrittenRow},
    prelude::*,
};
use multiversion::multiversion;

use super::{
    border::Border,
    unit,
    window::{self, Reach},
};

/// What is taken of the gradient.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Component {
    /// Its length.
    Magnitude,
    /// Its part to the right, around middle grey.
    X,
    /// Its part upwards, around middle grey.
    Y,
}

/// A pair of differences, to the right and upwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gradient {
    /// Smoothed 1 : 2 : 1.
    Sobel,
    /// Smoothed 47 : 162 : 47.
    Scharr,
    /// From the pixel before.
    Backward,
    /// Of a square of four pixels.
    Square,
    /// Along both diagonals of a square of four pixels.
    Roberts,
}

/// What stands around a sample: rows from top to bottom, from left to right.
type Around = [f32; 9];

/// Every sample's edges, times `amount`; with four channels opacity stays.
pub fn gradient(image: ImageView<'_>, gradient: Gradient, component: Component, amount: f32) -> Image {
    match gradient {
        Gradient::Sobel => parts(image, component, amount, |a| {
            let x = (a[2] - a[0]) * 0.125 + (a[5] - a[3]) * 0.25 + (a[8] - a[6]) * 0.125;
            let y = (a[0] - a[6]) * 0.125 + (a[1] - a[7]) * 0.25 + (a[2] - a[8]) * 0.125;
            [x, y]
        }),
        Gradient::Scharr => parts(image, component, amount, |a| {
            const OUTER: f32 = 47.0 / 512.0;
            const INNER: f32 = 162.0 / 512.0;
            let x = (a[2] - a[0]) * OUTER + (a[5] - a[3]) * INNER + (a[8] - a[6]) * OUTER;
            let y = (a[0] - a[6]) * OUTER + (a[1] - a[7]) * INNER + (a[2] - a[8]) * OUTER;
            [x, y]
        }),
        Gradient::Backward => parts(image, component, amount, |a| [(a[4] - a[3]) * 0.5, (a[4] - a[7]) * 0.5]),
        Gradient::Square => parts(image, component, amount, |a| {
            [((a[5] - a[4]) + (a[8] - a[7])) * 0.25, ((a[4] - a[7]) + (a[5] - a[8])) * 0.25]
        }),
        Gradient::Roberts => parts(image, component, amount, |a| [(a[4] - a[8]) * 0.5, (a[5] - a[7]) * 0.5]),
    }
}

fn parts(
    image: ImageView<'_>,
    component: Component,
    amount: f32,
    f: impl Fn(Around) -> [f32; 2] + Copy + Sync,
) -> Image {
    match component {
        Component::Magnitude => over(image, move |around| {
            let [x, y] = f(around);
            (x * x + y * y).sqrt() * amount
        }),
        Component::X => over(image, move |around| f(around)[0] * amount + 0.5),
        Component::Y => over(image, move |around| f(around)[1] * amount + 0.5),
    }
}

/// The strongest of eight directions.
pub fn prewitt_compass(image: ImageView<'_>, amount: f32) -> Image {
    over(image, move |[nw, n, ne, w, center, e, sw, s, se]| {
        // Five neighbours on the bright side count 1, three on the dark side and the middle, twice, −1: all eight are the sum of
        // the ring less twice three neighbours in a row, less twice the middle.
        let all = ((nw + n) + (ne + w)) + ((e + sw) + (s + se)) - 2.0 * center;
        let (top, right, bottom, left) = (nw + n + ne, ne + e + se, sw + s + se, nw + w + sw);
        let (top_right, bottom_right, bottom_left, top_left) = (n + ne + e, e + se + s, s + sw + w, w + nw + n);
        let least =
            top.min(right).min(bottom).min(left).min(top_right).min(bottom_right).min(bottom_left).min(top_left);
        let most = top.max(right).max(bottom).max(left).max(top_right).max(bottom_right).max(bottom_left).max(top_left);
        (all - 2.0 * least).abs().max((all - 2.0 * most).abs()) * (0.125 * amount)
    })
}

/// Where a pixel is darker than its eight neighbours.
pub fn laplacian(image: ImageView<'_>, amount: f32) -> Image {
    over(image, move |[nw, n, ne, w, center, e, sw, s, se]| {
        (((nw + n) + (ne + w)) + ((e + sw) + (s + se)) - 8.0 * center) * (0.25 * amount)
    })
}

/// Where a pixel is darker than its eight neighbours, by how much it differs from the four nearest; slight differences, as of noise,
/// count less.
pub fn laplacian_denoised(image: ImageView<'_>, amount: f32) -> Image {
    /// From this mean difference from the eight neighbours on, a quarter of the sum, an edge counts fully.
    const CERTAIN: f32 = 0.075;
    over(image, move |[nw, n, ne, w, center, e, sw, s, se]| {
        let darker = (((nw + n) + (ne + w)) + ((e + sw) + (s + se)) - 8.0 * center) * 0.25;
        let step = (n - center).abs().max((w - center).abs()).max((e - center).abs().max((s - center).abs()));
        step * unit(darker / CERTAIN) * (0.75 * amount)
    })
}

/// `f` of what is around each sample; with four channels opacity stays. Beyond its edges the image is mirrored at the middle of its
/// last pixels.
pub fn over(image: ImageView<'_>, f: impl Fn(Around) -> f32 + Copy + Sync) -> Image {
    match image.channels() {
        4 => window::rows(image, Reach::square(1), Border::Mirror, |rows, _, to| {
            around::<4, _>(rows, to, |x, around| {
                // Chosen by bits: a branch around `f` would keep the loop from becoming one over vectors.
                let opacity = if x & 3 == 3 { u32::MAX } else { 0 };
                f32::from_bits((around[4].to_bits() & opacity) | (f(around).to_bits() & !opacity))
            })
        }),
        _ => over_all(image, f),
    }
}

/// As [`over`], opacity too.
pub fn over_all(image: ImageView<'_>, f: impl Fn(Around) -> f32 + Copy + Sync) -> Image {
    let channels = image.channels();
    window::rows(image, Reach::square(1), Border::Mirror, |rows, _, to| match channels {
        1 => around::<1, _>(rows, to, |_, around| f(around)),
        3 => around::<3, _>(rows, to, |_, around| f(around)),
        4 => around::<4, _>(rows, to, |_, around| f(around)),
        _ => around_any(rows, channels, to, f),
    })
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn around<'a, const N: usize, F: Fn(u32, Around) -> f32 + Copy>(
    rows: &[&[f32]],
    to: FreshRow<'a>,
    f: F,
) -> WrittenRow<'a> {
    let len = to.len();
    let [above, row, below] = rows else { unreachable!("one row above and one below") };
    let columns = |row| -> [&[f32]; 3] {
        let row: &[f32] = row;
        [&row[..len], &row[N..N + len], &row[2 * N..2 * N + len]]
    };
    let ([a, b, c], [d, e, g], [h, i, j]) = (columns(above), columns(row), columns(below));
    to.write((0..len).map(|x| f(x as u32, [a[x], b[x], c[x], d[x], e[x], g[x], h[x], i[x], j[x]])))
}

/// As [`around`], for any number of channels.
fn around_any<'a>(rows: &[&[f32]], channels: usize, to: FreshRow<'a>, f: impl Fn(Around) -> f32) -> WrittenRow<'a> {
    let len = to.len();
    to.write((0..len).map(|x| f(std::array::from_fn(|i| rows[i / 3][x + i % 3 * channels]))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::blur::separable::noise;

    /// A filter by its matrix.
    fn plain(image: ImageView<'_>, x: usize, y: usize, c: usize, matrix: [f32; 9]) -> f32 {
        (0..9)
            .map(|i| {
                let at = |at: usize, d: usize, len| Border::Mirror.index((at + d) as isize - 1, len);
                image.pixel(at(x, i % 3, image.width()), at(y, i / 3, image.height()))[c] * matrix[i]
            })
            .sum()
    }

    fn compare(
        channels: usize,
        fast: impl Fn(ImageView<'_>) -> Image,
        plain: impl Fn(ImageView<'_>, usize, usize, usize) -> f32,
    ) {
        for (width, height) in [(1, 1), (2, 3), (70, 6)] {
            let image = noise(width, height, channels);
            let fast = fast(image.view());
            for y in 0..height {
                for x in 0..width {
                    for c in 0..channels {
                        let expected = if c == 3 {
                            image.view().pixel(x, y)[3]
                        } else {
                            plain(image.view(), x, y, c).clamp(0.0, 1.0)
                        };
                        assert!((fast.view().pixel(x, y)[c] - expected).abs() < 1e-5);
                    }
                }
            }
        }
    }

    #[test]
    fn gradients_are_those_of_their_matrices() {
        let sobel_x = [-0.125, 0.0, 0.125, -0.25, 0.0, 0.25, -0.125, 0.0, 0.125];
        let sobel_y = [0.125, 0.25, 0.125, 0.0, 0.0, 0.0, -0.125, -0.25, -0.125];
        for channels in [1, 2, 3, 4] {
            compare(
                channels,
                |image| gradient(image, Gradient::Sobel, Component::X, 1.5),
                |image, x, y, c| plain(image, x, y, c, sobel_x) * 1.5 + 0.5,
            );
            compare(
                channels,
                |image| gradient(image, Gradient::Sobel, Component::Magnitude, 1.0),
                |image, x, y, c| plain(image, x, y, c, sobel_x).hypot(plain(image, x, y, c, sobel_y)),
            );
        }
        compare(
            3,
            |image| gradient(image, Gradient::Roberts, Component::Y, 2.0),
            |image, x, y, c| plain(image, x, y, c, [0.0, 0.0, 0.0, 0.0, 0.0, 0.5, 0.0, -0.5, 0.0]) * 2.0 + 0.5,
        );
        compare(
            3,
            |image| laplacian(image, 0.3),
            |image, x, y, c| plain(image, x, y, c, [0.25, 0.25, 0.25, 0.25, -2.0, 0.25, 0.25, 0.25, 0.25]) * 0.3,
        );
        compare(
            4,
            |image| laplacian_denoised(image, 2.0),
            |image, x, y, c| {
                let darker = plain(image, x, y, c, [0.25, 0.25, 0.25, 0.25, -2.0, 0.25, 0.25, 0.25, 0.25]);
                let steps = [1, 3, 5, 7].map(|i| {
                    let mut matrix = [0.0; 9];
                    (matrix[i], matrix[4]) = (1.0, -1.0);
                    plain(image, x, y, c, matrix).abs()
                });
                steps.into_iter().fold(0.0, f32::max) * (darker / 0.075).clamp(0.0, 1.0) * 1.5
            },
        );
    }

    #[test]
    fn the_compass_takes_the_strongest_of_its_eight_matrices() {
        /// Places of the ring, clockwise.
        const RING: [usize; 8] = [0, 1, 2, 5, 8, 7, 6, 3];
        let strongest = |image: ImageView<'_>, x, y, c| {
            (0..8_usize)
                .map(|turn| {
                    let mut matrix = [1.0; 9];
                    (0..3).for_each(|i| matrix[RING[(turn + i) % 8]] = -1.0);
                    matrix[4] = -2.0;
                    plain(image, x, y, c, matrix).abs() / 8.0
                })
                .fold(0.0, f32::max)
        };
        compare(3, |image| prewitt_compass(image, 1.0), strongest);
    }
}
