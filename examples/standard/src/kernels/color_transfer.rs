//! Giving an image the distribution of another's colours.
//!
//! By mean and deviation of each channel: Reinhard, Ashikhmin, Gooch, Shirley, *Color Transfer between Images* (IEEE Computer Graphics
//! and Applications 21, 2001). By the whole covariance, with symmetric square roots: Hertzmann, *Algorithms for Rendering in Artistic
//! Styles* (2001). Along principal axes: Xiao, Ma, *Color transfer in correlated color space* (VRCIA 2006). Transparent pixels do not
//! count.

use chainner_sdk::{parallel, prelude::*};
use multiversion::multiversion;

use super::color::lab::{self, table::ToLab};

/// Where colours are measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Space {
    /// CIE L*a*b*.
    Lab,
    /// The channels as they are.
    Rgb,
}

/// What becomes of results beyond the range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overflow {
    /// They are cut off.
    Clip,
    /// The whole channel is compressed.
    Scale,
}

/// Count, means, covariances and extremes.
#[derive(Debug, Clone, Copy)]
struct Statistics {
    count: f64,
    sums: [f64; 3],
    products: [[f64; 3]; 3],
    least: [f32; 3],
    most: [f32; 3],
}

impl Statistics {
    const NONE: Self = Self {
        count: 0.0,
        sums: [0.0; 3],
        products: [[0.0; 3]; 3],
        least: [f32::INFINITY; 3],
        most: [f32::NEG_INFINITY; 3],
    };

    /// Of the first three channels, each pixel's after `convert`.
    fn of(image: ImageView<'_>, space: Space) -> Self {
        let (channels, table) = (image.channels(), ToLab::new());
        let row = |y: usize| match (space, channels) {
            (Space::Rgb, 3) => of_row::<3>(image.row(y), 3, None),
            (Space::Rgb, 4) => of_row::<4>(image.row(y), 4, None),
            (Space::Rgb, _) => of_row::<0>(image.row(y), channels, None),
            (Space::Lab, 3) => of_row::<3>(image.row(y), 3, Some(table)),
            (Space::Lab, 4) => of_row::<4>(image.row(y), 4, Some(table)),
            (Space::Lab, _) => of_row::<0>(image.row(y), channels, Some(table)),
        };
        // Summed up in order, so that the result does not depend on the threads.
        parallel::map(image.height(), row).into_iter().fold(Self::NONE, Self::and)
    }

    fn and(mut self, other: Self) -> Self {
        self.count += other.count;
        for i in 0..3 {
            self.sums[i] += other.sums[i];
            self.least[i] = self.least[i].min(other.least[i]);
            self.most[i] = self.most[i].max(other.most[i]);
            (i..3).for_each(|j| self.products[i][j] += other.products[i][j]);
        }
        self
    }

    fn means(&self) -> [f64; 3] {
        self.sums.map(|sum| sum / self.count.max(1.0))
    }

    fn covariances(&self) -> Matrix {
        let means = self.means();
        let covariance = |i: usize, j: usize| {
            let (i, j) = (i.min(j), i.max(j));
            self.products[i][j] / self.count.max(1.0) - means[i] * means[j]
        };
        std::array::from_fn(|i| std::array::from_fn(|j| covariance(i, j)))
    }

    fn deviations(&self) -> [f64; 3] {
        let covariances = self.covariances();
        std::array::from_fn(|i| covariances[i][i].max(0.0).sqrt())
    }
}

/// Pixels that are worked on at once.
const BLOCK: usize = 64;

/// Of a row of pixels of `N` samples; where `N` is 0, of as many as `channels` says. In L*a*b* if there is a table.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn of_row<const N: usize>(row: &[f32], channels: usize, table: Option<ToLab>) -> Statistics {
    let mut statistics = Statistics::NONE;
    let channels = if N > 0 { N } else { channels };
    let (mut colors, mut converted) = ([0.0; 3 * BLOCK], [0.0; 3 * BLOCK]);
    for pixels in row.chunks(BLOCK * channels) {
        for (color, pixel) in colors.as_chunks_mut::<3>().0.iter_mut().zip(pixels.chunks_exact(channels)) {
            *color = [pixel[0], pixel[1], pixel[2]];
        }
        if let Some(table) = table {
            table.convert_all(&colors, &mut converted);
        } else {
            converted = colors;
        }
        for (&color, pixel) in converted.as_chunks::<3>().0.iter().zip(pixels.chunks_exact(channels)) {
            for (c, sample) in color.into_iter().enumerate() {
                statistics.least[c] = statistics.least[c].min(sample);
                statistics.most[c] = statistics.most[c].max(sample);
            }
            if N == 4 && pixel[3] <= 0.0 {
                continue;
            }
            let color = color.map(f64::from);
            statistics.count += 1.0;
            for i in 0..3 {
                statistics.sums[i] += color[i];
                for j in i..3 {
                    statistics.products[i][j] += color[i] * color[j];
                }
            }
        }
    }
    statistics
}

/// Gives every channel the mean of the reference's, and its deviation; or, `inverse`, the inverse of that factor.
///
/// # Panics
/// When an image has less than three channels.
pub fn by_deviation(
    image: ImageView<'_>,
    reference: ImageView<'_>,
    space: Space,
    overflow: Overflow,
    inverse: bool,
) -> Image {
    let table = ToLab::new();
    let (from, to) = (Statistics::of(image, space), Statistics::of(reference, space));
    let (from_means, to_means) = (from.means(), to.means());
    let (from_deviations, to_deviations) = (from.deviations(), to.deviations());
    let (lowest, highest) = match space {
        Space::Lab => ([0.0, -128.0, -128.0], [100.0, 127.0, 127.0]),
        Space::Rgb => ([0.0; 3], [1.0; 3]),
    };
    let lines: [Line; 3] = std::array::from_fn(|c| {
        let (a, b) =
            if inverse { (from_deviations[c], to_deviations[c]) } else { (to_deviations[c], from_deviations[c]) };
        let line = Line::new(if b > 0.0 { a / b } else { 1.0 }, from_means[c], to_means[c]);
        match overflow {
            Overflow::Clip => line,
            Overflow::Scale => line.compressed(from.least[c], from.most[c], lowest[c], highest[c]),
        }
    });
    let moved = move |color: [f32; 3]| {
        std::array::from_fn::<f32, 3, _>(|c| lines[c].at(color[c]).max(lowest[c]).min(highest[c]))
    };
    match space {
        Space::Rgb => colors(image, moved),
        Space::Lab => Image::from_rows(image.width(), image.height(), image.channels(), |y, to| {
            to.copy_from_slice(image.row(y));
            match image.channels() {
                3 => through_lab::<3, _>(to, 3, table, moved),
                4 => through_lab::<4, _>(to, 4, table, moved),
                channels => through_lab::<0, _>(to, channels, table, moved),
            }
        }),
    }
}

/// Changes the L*a*b* of pixels of `N` samples; where `N` is 0, of as many as `channels` says.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn through_lab<const N: usize, F: Fn([f32; 3]) -> [f32; 3] + Copy>(
    row: &mut [f32],
    channels: usize,
    table: ToLab,
    change: F,
) {
    let channels = if N > 0 { N } else { channels };
    let (mut colors, mut lab) = ([0.0; 3 * BLOCK], [0.0; 3 * BLOCK]);
    for pixels in row.chunks_mut(BLOCK * channels) {
        for (color, pixel) in colors.as_chunks_mut::<3>().0.iter_mut().zip(pixels.chunks_exact(channels)) {
            *color = [pixel[0], pixel[1], pixel[2]];
        }
        table.convert_all(&colors, &mut lab);
        for (color, lab) in colors.as_chunks_mut::<3>().0.iter_mut().zip(lab.as_chunks::<3>().0) {
            *color = lab::to_linear_bgr(change(*lab));
        }
        lab::encode_all(&mut colors);
        for (color, pixel) in colors.as_chunks::<3>().0.iter().zip(pixels.chunks_exact_mut(channels)) {
            pixel[..3].copy_from_slice(color);
        }
    }
}

/// A straight line.
#[derive(Debug, Clone, Copy)]
struct Line {
    slope: f64,
    offset: f64,
}

impl Line {
    fn new(slope: f64, from: f64, to: f64) -> Self {
        Self { slope, offset: to - from * slope }
    }

    #[inline(always)]
    fn at(self, value: f32) -> f32 {
        (f64::from(value) * self.slope + self.offset) as f32
    }

    /// The line after which values from `least` to `most` are within `lowest` and `highest`.
    fn compressed(self, least: f32, most: f32, lowest: f32, highest: f32) -> Self {
        let (least, most) = (self.at(least), self.at(most));
        let (low, high) = (least.max(lowest), most.min(highest));
        if (low, high) == (least, most) || most <= least {
            return self;
        }
        let by = f64::from(high - low) / f64::from(most - least);
        Self { slope: self.slope * by, offset: (self.offset - f64::from(least)) * by + f64::from(low) }
    }
}

type Matrix = [[f64; 3]; 3];

/// Gives the colours the covariance of the reference's.
pub fn by_covariance(image: ImageView<'_>, reference: ImageView<'_>) -> Image {
    affine(image, reference, |from, to| {
        let root = |values: [f64; 3], axes: &Matrix, power: f64| -> Matrix {
            let values = values.map(|value| value.max(1e-12).powf(power));
            std::array::from_fn(|i| std::array::from_fn(|j| (0..3).map(|k| axes[i][k] * values[k] * axes[j][k]).sum()))
        };
        let ((from_values, from_axes), (to_values, to_axes)) = (from, to);
        product(&root(to_values, &to_axes, 0.5), &root(from_values, &from_axes, -0.5))
    })
}

/// Gives the principal axes of the colours, from the narrowest to the widest, the directions and deviations of the reference's; each
/// is turned by less than a right angle.
pub fn by_principal_axes(image: ImageView<'_>, reference: ImageView<'_>) -> Image {
    affine(image, reference, |(from_values, from_axes), (to_values, to_axes)| {
        let factor: [f64; 3] = std::array::from_fn(|k| {
            let same: f64 = (0..3).map(|i| from_axes[i][k] * to_axes[i][k]).sum();
            (to_values[k].max(0.0) / from_values[k].max(1e-12)).sqrt() * if same < 0.0 { -1.0 } else { 1.0 }
        });
        std::array::from_fn(|i| {
            std::array::from_fn(|j| (0..3).map(|k| to_axes[i][k] * factor[k] * from_axes[j][k]).sum())
        })
    })
}

type Axes = ([f64; 3], Matrix);

fn affine(image: ImageView<'_>, reference: ImageView<'_>, matrix: impl Fn(Axes, Axes) -> Matrix) -> Image {
    let (from, to) = (Statistics::of(image, Space::Rgb), Statistics::of(reference, Space::Rgb));
    let matrix = matrix(axes(from.covariances()), axes(to.covariances()));
    let (from, to) = (from.means(), to.means());
    let offset: [f32; 3] =
        std::array::from_fn(|i| (to[i] - (0..3).map(|j| matrix[i][j] * from[j]).sum::<f64>()) as f32);
    let matrix = matrix.map(|row| row.map(|weight| weight as f32));
    colors(image, |[b, g, r]| {
        std::array::from_fn(|i| matrix[i][0] * b + matrix[i][1] * g + matrix[i][2] * r + offset[i])
    })
}

fn product(a: &Matrix, b: &Matrix) -> Matrix {
    std::array::from_fn(|i| std::array::from_fn(|j| (0..3).map(|k| a[i][k] * b[k][j]).sum()))
}

/// Eigenvalues, ascending, and eigenvectors as columns, of a symmetric matrix: Jacobi's rotations (*Über ein leichtes Verfahren die in
/// der Theorie der Säcularstörungen vorkommenden Gleichungen numerisch aufzulösen*, 1846).
fn axes(mut matrix: Matrix) -> Axes {
    let mut vectors: Matrix = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
    for _ in 0..20 {
        for (p, q) in [(0, 1), (0, 2), (1, 2)] {
            if matrix[p][q] == 0.0 {
                continue;
            }
            let theta = (matrix[q][q] - matrix[p][p]) / (2.0 * matrix[p][q]);
            let t = theta.signum() / (theta.abs() + (theta * theta + 1.0).sqrt());
            let c = 1.0 / (t * t + 1.0).sqrt();
            let s = t * c;
            for row in &mut matrix {
                (row[p], row[q]) = (c * row[p] - s * row[q], s * row[p] + c * row[q]);
            }
            let (row_p, row_q) = (matrix[p], matrix[q]);
            matrix[p] = std::array::from_fn(|k| c * row_p[k] - s * row_q[k]);
            matrix[q] = std::array::from_fn(|k| s * row_p[k] + c * row_q[k]);
            for row in &mut vectors {
                (row[p], row[q]) = (c * row[p] - s * row[q], s * row[p] + c * row[q]);
            }
        }
    }
    let mut order = [0, 1, 2];
    order.sort_by(|&i, &j| matrix[i][i].total_cmp(&matrix[j][j]));
    (order.map(|i| matrix[i][i]), vectors.map(|row| order.map(|i| row[i])))
}

/// Changes the first three channels.
fn colors(image: ImageView<'_>, f: impl Fn([f32; 3]) -> [f32; 3] + Copy + Sync) -> Image {
    let channels = image.channels();
    Image::from_rows(image.width(), image.height(), channels, |y, to| match channels {
        3 => change::<3, _>(image.row(y), to, f),
        4 => change::<4, _>(image.row(y), to, f),
        _ => {
            for (to, from) in to.chunks_exact_mut(channels).zip(image.row(y).chunks_exact(channels)) {
                to.copy_from_slice(from);
                to[..3].copy_from_slice(&f([from[0], from[1], from[2]]));
            }
        }
    })
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn change<const N: usize, F: Fn([f32; 3]) -> [f32; 3] + Copy>(from: &[f32], to: &mut [f32], f: F) {
    for (to, from) in to.as_chunks_mut::<N>().0.iter_mut().zip(from.as_chunks::<N>().0) {
        *to = *from;
        to[..3].copy_from_slice(&f([from[0], from[1], from[2]]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::blur::separable::noise;

    fn pale(image: &Image, scale: f32, offset: f32) -> Image {
        image.view().map_rows(|_, row| row.iter_mut().for_each(|v| *v = *v * scale + offset))
    }

    #[test]
    fn means_and_deviations_become_those_of_the_reference() {
        let (image, reference) = (pale(&noise(60, 40, 3), 0.4, 0.3), pale(&noise(50, 50, 3), 0.3, 0.4));
        let wanted = Statistics::of(reference.view(), Space::Rgb);
        let of = |image: &Image| Statistics::of(image.view(), Space::Rgb);
        for found in [
            of(&by_deviation(image.view(), reference.view(), Space::Rgb, Overflow::Clip, false)),
            of(&by_covariance(image.view(), reference.view())),
            of(&by_principal_axes(image.view(), reference.view())),
        ] {
            for c in 0..3 {
                assert!((found.means()[c] - wanted.means()[c]).abs() < 1e-3);
                assert!((found.deviations()[c] / wanted.deviations()[c] - 1.0).abs() < 0.01);
            }
        }
        let found = of(&by_covariance(image.view(), reference.view())).covariances();
        for (found, wanted) in found.iter().flatten().zip(wanted.covariances().iter().flatten()) {
            assert!((found - wanted).abs() < 1e-4);
        }
    }

    #[test]
    fn an_image_keeps_its_own_colours() {
        let image = pale(&noise(60, 40, 4), 0.6, 0.2);
        for kept in [
            by_deviation(image.view(), image.view(), Space::Lab, Overflow::Clip, true),
            by_deviation(image.view(), image.view(), Space::Rgb, Overflow::Scale, false),
            by_covariance(image.view(), image.view()),
            by_principal_axes(image.view(), image.view()),
        ] {
            for (kept, own) in kept.view().samples().iter().zip(image.view().samples()) {
                // The table for L*a*b* is coarse.
                assert!((kept - own).abs() < 0.02, "{kept} {own}");
            }
        }
    }

    #[test]
    fn scaled_channels_end_at_the_ends_of_the_range() {
        let line = Line::new(2.0, 0.5, 0.6).compressed(0.2, 0.9, 0.0, 1.0);
        assert!((line.at(0.9) - 1.0).abs() < 1e-6 && line.at(0.2).abs() < 1e-6);
        let same = Line::new(0.5, 0.5, 0.5).compressed(0.2, 0.9, 0.0, 1.0);
        assert_eq!((same.slope, same.offset), (0.5, 0.25));
    }

    #[test]
    fn axes_are_those_of_the_matrix() {
        let matrix = [[2.0, 0.3, -0.5], [0.3, 1.0, 0.2], [-0.5, 0.2, 3.0]];
        let (values, vectors) = axes(matrix);
        assert!(values[0] <= values[1] && values[1] <= values[2]);
        for k in 0..3 {
            for i in 0..3 {
                let applied: f64 = (0..3).map(|j| matrix[i][j] * vectors[j][k]).sum();
                assert!((applied - values[k] * vectors[i][k]).abs() < 1e-12);
            }
        }
    }
}
