//! Convolution with a matrix of any size, each weight multiplied out; several rows at once, as what is read takes longer than what is
//! summed.

use chainner_sdk::prelude::*;
use multiversion::{multiversion, target::match_target};

use super::{
    border::Border,
    window::{self, Reach},
};

/// A matrix of weights; convolution turns it by half a turn.
#[derive(Debug, Clone, PartialEq)]
pub struct Matrix {
    weights: Vec<f32>,
    columns: usize,
}

impl Matrix {
    /// A matrix from its rows; `None` if they differ in length, or there is no weight.
    pub fn from_rows(rows: &[Vec<f64>]) -> Option<Self> {
        let columns = rows.first().map(Vec::len).filter(|&columns| columns > 0)?;
        let weights = rows.iter().flatten().map(|&weight| weight as f32).collect();
        rows.iter().all(|row| row.len() == columns).then_some(Self { weights, columns })
    }

    fn rows(&self) -> usize {
        self.weights.len() / self.columns
    }
}

/// Rows that are made at once: what is read of a row counts for all of them.
const BAND: usize = 4;

/// What is read at `column` samples from the first of a row counts for the rows of the band by these weights.
struct Step {
    row: usize,
    column: usize,
    weights: [f32; BAND],
}

/// Convolves every channel. Beyond its edges the image is mirrored at the middle of its last pixels. The pixel that the sum is
/// for lies, in the turned matrix, in the middle or right and below of it.
pub fn convolve(image: ImageView<'_>, matrix: &Matrix) -> Image {
    let (rows, columns, channels) = (matrix.rows(), matrix.columns, image.channels());
    let reach =
        Reach { left: columns / 2, right: columns - 1 - columns / 2, above: rows / 2, below: rows - 1 - rows / 2 };
    let turned: Vec<f32> = matrix.weights.iter().rev().copied().collect();
    let step = |row: usize, column: usize| {
        let weights = std::array::from_fn(|of| match row.checked_sub(of) {
            Some(row) if row < rows => turned[row * columns + column],
            _ => 0.0,
        });
        Step { row, column: column * channels, weights }
    };
    let steps: Vec<Step> = (0..rows + BAND - 1)
        .flat_map(|row| (0..columns).map(move |column| (row, column)))
        .map(|(row, column)| step(row, column))
        .filter(|step| step.weights != [0.0; BAND])
        .collect();
    window::bands(image, reach, Border::Mirror, |rows, to| sum(&steps, rows, to))
}

/// Sums that are made at once of each row where vectors are of 16 samples, of 8, and of fewer: as many as registers hold.
const WIDE: usize = 64;
const MEDIUM: usize = 16;
const NARROW: usize = 8;

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+fma", "x86_64+avx2+fma"), dispatcher = "direct")]
fn sum(steps: &[Step], rows: &[&[f32]], to: [&mut [f32]; BAND]) {
    // Where there is no instruction for it, a fused multiplication and addition is a slow call.
    match_target! {
        "x86_64+avx512f+avx512bw+avx512dq+avx512vl+fma" => sum_by::<WIDE>(steps, rows, to, f32::mul_add),
        "x86_64+avx2+fma" => sum_by::<MEDIUM>(steps, rows, to, f32::mul_add),
        _ => sum_by::<NARROW>(steps, rows, to, |a, b, c| a * b + c),
    }
}

#[inline(always)]
fn sum_by<const N: usize>(
    steps: &[Step],
    rows: &[&[f32]],
    to: [&mut [f32]; BAND],
    mul_add: impl Fn(f32, f32, f32) -> f32 + Copy,
) {
    if to[0].len() >= N {
        sum_blocks::<N>(steps, rows, to, mul_add);
    } else {
        sum_blocks::<1>(steps, rows, to, mul_add);
    }
}

#[inline(always)]
fn sum_blocks<const N: usize>(
    steps: &[Step],
    rows: &[&[f32]],
    mut to: [&mut [f32]; BAND],
    mul_add: impl Fn(f32, f32, f32) -> f32 + Copy,
) {
    let len = to[0].len();
    for at in (0..len).step_by(N) {
        // The last block reaches back over the one before it.
        let at = at.min(len - N);
        let mut sums = [[0.0; N]; BAND];
        for step in steps {
            let from: &[f32; N] = rows[step.row][at + step.column..].first_chunk().expect("rows are padded");
            for (sums, &weight) in sums.iter_mut().zip(&step.weights) {
                for i in 0..N {
                    sums[i] = mul_add(from[i], weight, sums[i]);
                }
            }
        }
        for (to, sums) in to.iter_mut().zip(sums) {
            *to[at..].first_chunk_mut::<N>().expect("a block fits") = sums;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::blur::separable::noise;

    #[test]
    fn sums_are_as_if_multiplied_out() {
        for (rows, columns) in [(1, 1), (3, 3), (2, 3), (5, 4), (1, 7)] {
            let weights: Vec<Vec<f64>> =
                (0..rows).map(|j| (0..columns).map(|i| 0.4 - 0.1 * ((i * 3 + j * 5) % 7) as f64).collect()).collect();
            let matrix = Matrix::from_rows(&weights).expect("equal rows");
            let image = noise(80, 9, 3);
            let convolved = convolve(image.view(), &matrix);
            for (y, x, c) in [(0, 0, 0), (4, 40, 1), (8, 79, 2), (1, 2, 2)] {
                let mut sum = 0.0;
                for (j, row) in weights.iter().enumerate() {
                    for (i, weight) in row.iter().enumerate() {
                        let dx = (columns - 1 - i) as isize - columns as isize / 2;
                        let dy = (rows - 1 - j) as isize - rows as isize / 2;
                        let at = |i, len| Border::Mirror.index(i, len);
                        let pixel = image.view().pixel(at(x as isize + dx, 80), at(y as isize + dy, 9));
                        sum += weight * f64::from(pixel[c]);
                    }
                }
                let found = f64::from(convolved.view().pixel(x, y)[c]);
                assert!((found - sum.clamp(0.0, 1.0)).abs() < 1e-6, "{rows}x{columns}: {found} {sum}");
            }
        }
    }

    #[test]
    fn a_matrix_has_equal_rows() {
        assert!(Matrix::from_rows(&[vec![1.0, 2.0], vec![3.0]]).is_none());
        assert!(Matrix::from_rows(&[]).is_none() && Matrix::from_rows(&[vec![]]).is_none());
    }
}
