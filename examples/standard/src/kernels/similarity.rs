//! How alike two pictures are.
//!
//! Structural similarity after Z. Wang, A. C. Bovik, H. R. Sheikh, E. P. Simoncelli, *Image Quality Assessment: From Error Visibility to
//! Structural Similarity* (2004): a Gaussian window of 11 × 11 and deviation 1.5, where it lies within the picture.

use chainner_sdk::parallel;
use multiversion::multiversion;

/// Pictures of one channel, row after row.
#[derive(Debug, Clone, Copy)]
pub struct Plane<'a> {
    /// The samples.
    pub samples: &'a [f32],
    /// Samples in a row.
    pub width: usize,
}

impl<'a> Plane<'a> {
    fn height(self) -> usize {
        self.samples.len() / self.width
    }

    fn row(self, y: usize) -> &'a [f32] {
        &self.samples[y * self.width..(y + 1) * self.width]
    }

    /// As many rows as a window has, from one on.
    fn rows(self, y: usize) -> [&'a [f32]; WINDOW] {
        std::array::from_fn(|i| self.row(y + i))
    }
}

/// The mean of the squared differences. Sums of rows are added in their order, so that the result does not depend on who is ready first.
pub fn mean_squared_error(a: Plane<'_>, b: Plane<'_>) -> f64 {
    let rows = parallel::map(a.height(), |y| squared_differences(a.row(y), b.row(y)));
    rows.iter().sum::<f64>() / a.samples.len() as f64
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn squared_differences(a: &[f32], b: &[f32]) -> f64 {
    const LANES: usize = 16;
    let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<LANES>(), b.as_chunks::<LANES>());
    let mut sums = [0.0_f64; LANES];
    for (a, b) in a.iter().zip(b) {
        for i in 0..LANES {
            let difference = f64::from(a[i]) - f64::from(b[i]);
            sums[i] += difference * difference;
        }
    }
    let rest = a_rest.iter().zip(b_rest).map(|(a, b)| (f64::from(*a) - f64::from(*b)).powi(2));
    sums.iter().sum::<f64>() + rest.sum::<f64>()
}

/// Side of the window.
const WINDOW: usize = 11;
/// The moments that similarity is made of: both, their squares, their product.
const MOMENTS: usize = 5;
/// Rows of windows for one thread at a time.
const RUN: usize = 16;

/// The mean structural similarity, −1..=1; `None` for pictures smaller than the window.
pub fn structural_similarity(a: Plane<'_>, b: Plane<'_>) -> Option<f64> {
    let (rows, columns) = ((a.height() + 1).checked_sub(WINDOW)?, (a.width + 1).checked_sub(WINDOW)?);
    if rows == 0 || columns == 0 {
        return None;
    }
    let window = window();
    let sums = parallel::map_runs(rows, RUN, |run| {
        let mut memory = vec![0.0; MOMENTS * a.width];
        let row = |y: usize| {
            down(&window, a.rows(y), b.rows(y), &mut memory);
            across(&window, &memory, a.width, columns)
        };
        run.map(row).collect::<Vec<f64>>()
    });
    Some(sums.iter().flatten().sum::<f64>() / (rows * columns) as f64)
}

/// The weights of a row of the window.
fn window() -> [f32; WINDOW] {
    const DEVIATION: f64 = 1.5;
    let weights: [f64; WINDOW] = std::array::from_fn(|i| {
        let distance = i as f64 - (WINDOW / 2) as f64;
        (-distance * distance / (2.0 * DEVIATION * DEVIATION)).exp()
    });
    let sum: f64 = weights.iter().sum();
    weights.map(|weight| (weight / sum) as f32)
}

/// The moments of each column of the rows, one moment after the other.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2+fma"), dispatcher = "direct")]
fn down(window: &[f32; WINDOW], a: [&[f32]; WINDOW], b: [&[f32]; WINDOW], to: &mut [f32]) {
    let width = a[0].len();
    let (a_mean, to) = to.split_at_mut(width);
    let (b_mean, to) = to.split_at_mut(width);
    let (a_square, to) = to.split_at_mut(width);
    let (b_square, product) = to.split_at_mut(width);
    let a = a.map(|row| &row[..width]);
    let b = b.map(|row| &row[..width]);
    for x in 0..width {
        let mut sums = [0.0_f32; MOMENTS];
        for i in 0..WINDOW {
            let (a, b, weight) = (a[i][x], b[i][x], window[i]);
            let (weighted_a, weighted_b) = (a * weight, b * weight);
            sums[0] += weighted_a;
            sums[1] += weighted_b;
            sums[2] += weighted_a * a;
            sums[3] += weighted_b * b;
            sums[4] += weighted_a * b;
        }
        (a_mean[x], b_mean[x], a_square[x], b_square[x], product[x]) = (sums[0], sums[1], sums[2], sums[3], sums[4]);
    }
}

/// The sum of the similarities of the windows of a row, from the moments of their columns.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2+fma"), dispatcher = "direct")]
fn across(window: &[f32; WINDOW], columns: &[f32], width: usize, windows: usize) -> f64 {
    /// Constants that keep quotients finite: (0.01)² and (0.03)² for samples of 0..1.
    const STABLE: [f32; 2] = [1e-4, 9e-4];
    const LANES: usize = 16;
    let mut sum = 0.0;
    let mut from = 0;
    while from < windows {
        let lanes = LANES.min(windows - from);
        let mut moments = [[0.0_f32; LANES]; MOMENTS];
        for (moment, sums) in moments.iter_mut().enumerate() {
            for (i, weight) in window.iter().enumerate() {
                let start = moment * width + from + i;
                for (sum, sample) in sums.iter_mut().zip(&columns[start..start + lanes]) {
                    *sum += sample * weight;
                }
            }
        }
        for lane in 0..lanes {
            let [a, b, a_square, b_square, product] = moments.map(|moment| moment[lane]);
            let (ab, squares) = (a * b, a * a + b * b);
            let light = (2.0 * ab + STABLE[0]) / (squares + STABLE[0]);
            let structure = (2.0 * (product - ab) + STABLE[1]) / (a_square + b_square - squares + STABLE[1]);
            sum += f64::from(light * structure);
        }
        from += lanes;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Similarity after its definition, window by window, in double precision.
    fn plain(a: &[f32], b: &[f32], width: usize) -> f64 {
        let height = a.len() / width;
        let weight = window().map(f64::from);
        let mut all = Vec::new();
        for top in 0..=height - WINDOW {
            for left in 0..=width - WINDOW {
                let mean = |f: &dyn Fn(f64, f64) -> f64| {
                    let mut sum = 0.0;
                    for y in 0..WINDOW {
                        for x in 0..WINDOW {
                            let place = (top + y) * width + left + x;
                            sum += weight[y] * weight[x] * f(a[place].into(), b[place].into());
                        }
                    }
                    sum
                };
                let (ma, mb) = (mean(&|a, _| a), mean(&|_, b| b));
                let va = mean(&|a, _| (a - ma).powi(2));
                let vb = mean(&|_, b| (b - mb).powi(2));
                let v = mean(&|a, b| (a - ma) * (b - mb));
                all.push((2.0 * ma * mb + 1e-4) * (2.0 * v + 9e-4) / ((ma * ma + mb * mb + 1e-4) * (va + vb + 9e-4)));
            }
        }
        all.iter().sum::<f64>() / all.len() as f64
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(8))]
        #[test]
        fn similarity_is_that_of_its_definition(width in 11..32_usize, height in 11..14_usize, seed in any::<u32>()) {
            let sample = |i: usize, salt: usize| ((seed as usize).wrapping_add(i * 7919 + salt) % 1009) as f32 / 1008.0;
            let a: Vec<f32> = (0..width * height).map(|i| sample(i, 0)).collect();
            let b: Vec<f32> = (0..width * height).map(|i| 0.5 * sample(i, 0) + 0.5 * sample(i, 31)).collect();
            let planes = [&a, &b].map(|samples| Plane { samples, width });
            let fast = structural_similarity(planes[0], planes[1]).expect("large enough");
            prop_assert!((fast - plain(&a, &b, width)).abs() < 1e-5, "{fast} {}", plain(&a, &b, width));
            let error = mean_squared_error(planes[0], planes[1]);
            let exact = a.iter().zip(&b).map(|(a, b)| f64::from(a - b).powi(2)).sum::<f64>() / a.len() as f64;
            prop_assert!((error - exact).abs() < 1e-7);
            prop_assert!((structural_similarity(planes[0], planes[0]).expect("large enough") - 1.0).abs() < 1e-5);
        }
    }

    #[test]
    fn small_pictures_have_no_window() {
        let plane = Plane { samples: &[0.5; 100], width: 10 };
        assert_eq!(structural_similarity(plane, plane), None);
    }
}
