//! Convolution with a matrix of any size, each weight multiplied out.

use chainner_sdk::prelude::*;

use super::{
    border::Border,
    taps::{self, Tap},
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

/// Convolves every channel. Beyond its edges the image is mirrored at the middle of its last pixels. The pixel that the sum is
/// for lies, in the turned matrix, in the middle or right and below of it.
pub fn convolve(image: ImageView<'_>, matrix: &Matrix) -> Image {
    let (rows, columns, channels) = (matrix.rows(), matrix.columns, image.channels());
    let reach =
        Reach { left: columns / 2, right: columns - 1 - columns / 2, above: rows / 2, below: rows - 1 - rows / 2 };
    let turned: Vec<(usize, usize, f32)> = matrix
        .weights
        .iter()
        .rev()
        .enumerate()
        .map(|(i, weight)| (i / columns, i % columns, *weight))
        .filter(|(.., weight)| *weight != 0.0)
        .collect();
    Image::from_rows(image.width(), image.height(), channels, |y, to| {
        window::over_row(image, y, reach, Border::Mirror, to, |rows, to| {
            let taps: Vec<Tap<'_>> =
                turned.iter().map(|&(row, column, weight)| (&rows[row][column * channels..], weight)).collect();
            taps::sum(&taps, to);
        });
    })
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
