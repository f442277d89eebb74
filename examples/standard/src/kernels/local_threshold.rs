//! Thresholds that follow the surroundings of each pixel, at 8 bits.
//!
//! P. D. Wellner, *Adaptive Thresholding for the DigitalDesk* (1993), with the mean or the Gaussian mean of a square, both rounded to 8
//! bits. Beyond the edge the nearest pixel counts.

#![allow(clippy::manual_clamp, reason = "`clamp` keeps NaN")]

use chainner_sdk::{
    image::{FreshRow, WrittenRow, for_each_row},
    parallel,
    prelude::*,
};
use multiversion::multiversion;

use super::{
    power,
    taps::{self, Tap},
};

/// The surroundings' mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mean {
    /// All pixels of the square count the same.
    Box,
    /// Those in the middle count more.
    Gaussian,
}

/// Whether each sample, at 8 bits, is above the mean of the square of `2 radius + 1` pixels around it, less `constant` levels; what
/// becomes of it then, and else.
pub fn threshold(image: ImageView<'_>, mean: Mean, radius: usize, constant: i32, values: [f32; 2]) -> Image {
    let (width, height) = (image.width(), image.height());
    let mut levels = vec![0; width * height];
    for_each_row(&mut levels, width, |y, to| to_levels(image.row(y), to));
    let weights = weights(mean, radius);
    // Rows in bands: each starts its sums anew, so that bands do not wait for each other.
    let band = (height / (4 * rayon::current_num_threads())).max(radius.max(16));
    let above = parallel::map_runs(height, band, |rows| match mean {
        Mean::Box => above_box_means(&levels, [width, height], radius, rows, constant),
        Mean::Gaussian => {
            let mut means = gaussian_means(&levels, [width, height], &weights, rows.clone());
            compare(&mut means, &levels[rows.start * width..rows.end * width], constant);
            means
        }
    });
    let [yes, no] = values;
    Image::from_fresh_rows(width, height, 1, |y, to| choose(&above[y / band][y % band * width..][..width], yes, no, to))
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn choose<'a>(above: &[u8], yes: f32, no: f32, to: FreshRow<'a>) -> WrittenRow<'a> {
    to.write(above.iter().map(|&above| if above > 0 { yes } else { no }))
}

/// Instead of means, whether levels are above them: 1 or 0.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn compare(means: &mut [u8], levels: &[u8], constant: i32) {
    for (mean, &level) in means.iter_mut().zip(levels) {
        *mean = u8::from(i32::from(level) - i32::from(*mean) > -constant);
    }
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn to_levels(from: &[f32], to: &mut [u8]) {
    to.iter_mut().zip(from).for_each(|(to, &sample)| *to = level(sample));
}

/// A sample at 8 bits.
#[inline(always)]
fn level(sample: f32) -> u8 {
    power::nearest((sample * 255.0).max(0.0).min(255.0)) as u8
}

/// Whether levels are above the means of their squares: 1 or 0. Sums of columns move down with the row, and along each row a sum moves
/// with the pixel.
fn above_box_means(
    levels: &[u8],
    [width, height]: [usize; 2],
    radius: usize,
    rows: std::ops::Range<usize>,
    constant: i32,
) -> Vec<u8> {
    let side = 2 * radius + 1;
    let row = |y: i64| {
        let y = y.clamp(0, height as i64 - 1) as usize;
        &levels[y * width..][..width]
    };
    let reach = radius as i64;
    let first = rows.start as i64;
    // With as many columns more on both sides as the square reaches.
    let mut columns = vec![0_u32; width + 2 * radius + 1];
    for y in first - reach..=first + reach {
        columns[radius..].iter_mut().zip(row(y)).for_each(|(sum, &level)| *sum += u32::from(level));
    }
    let mut sums = vec![0_u64; width];
    let mut above = vec![0; rows.len() * width];
    for (y, above) in rows.zip(above.chunks_exact_mut(width)) {
        let y = y as i64;
        if y > first {
            exchange(&mut columns[radius..], row(y - reach - 1), row(y + reach));
        }
        let [edge_left, edge_right] = [columns[radius], columns[radius + width - 1]];
        columns[..radius].fill(edge_left);
        columns[radius + width..].fill(edge_right);
        let mut sum: u64 = columns[..side].iter().map(|&column| u64::from(column)).sum();
        for ((to, &gone), &new) in sums.iter_mut().zip(&columns).zip(&columns[side..]) {
            *to = sum;
            sum = sum + u64::from(new) - u64::from(gone);
        }
        exceed(row(y), &sums, side * side, constant, above);
    }
    above
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn exchange(sums: &mut [u32], gone: &[u8], new: &[u8]) {
    for ((sum, &gone), &new) in sums.iter_mut().zip(gone).zip(new) {
        *sum = sum.wrapping_add(u32::from(new)).wrapping_sub(u32::from(gone));
    }
}

/// Whether levels are above rounded means, given as sums of `count` levels. The mean rounds to at most some level m just when twice the
/// sum is less than (2m + 1) times the count; as the count is odd, no mean lies in the middle between two levels.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn exceed(levels: &[u8], sums: &[u64], count: usize, constant: i32, above: &mut [u8]) {
    for ((above, &level), &sum) in above.iter_mut().zip(levels).zip(sums) {
        let most = i64::from(level) + i64::from(constant) - 1;
        *above = u8::from(2 * (sum as i64) < (2 * most + 1) * count as i64);
    }
}

fn gaussian_means(
    levels: &[u8],
    [width, height]: [usize; 2],
    weights: &[f32],
    rows: std::ops::Range<usize>,
) -> Vec<u8> {
    let radius = weights.len() / 2;
    let reach = radius as i64;
    let mut padded = vec![0.0; width + 2 * radius];
    let mut across = |y: i64| {
        let y = y.clamp(0, height as i64 - 1) as usize;
        let row = &levels[y * width..][..width];
        padded[..radius].fill(row[0].into());
        padded[radius..radius + width].iter_mut().zip(row).for_each(|(to, &level)| *to = level.into());
        padded[radius + width..].fill(row[width - 1].into());
        let mut sums = vec![0.0_f32; width];
        let shifted: Vec<Tap<'_>> = (0..).zip(weights).map(|(k, &weight)| (&padded[k..k + width], weight)).collect();
        taps::sum(&shifted, &mut sums);
        sums
    };
    // The rows around the current one, as far as the square reaches.
    let first = rows.start as i64;
    let mut around: std::collections::VecDeque<Vec<f32>> = (first - reach..first + reach).map(&mut across).collect();
    let mut means = Vec::with_capacity(rows.len() * width);
    let mut sums = vec![0.0_f32; width];
    for y in rows {
        around.push_back(across(y as i64 + reach));
        let rows: Vec<Tap<'_>> = around.iter().zip(weights).map(|(row, &weight)| (row.as_slice(), weight)).collect();
        taps::sum(&rows, &mut sums);
        let from = means.len();
        means.resize(from + width, 0);
        round(&sums, &mut means[from..]);
        around.pop_front();
    }
    means
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn round(sums: &[f32], to: &mut [u8]) {
    to.iter_mut().zip(sums).for_each(|(to, &sum)| *to = power::nearest(sum.min(255.0)) as u8);
}

/// Weights of a row of the square, 1 in sum. Up to seven pixels these are the binomial-like ones that are usual for small squares;
/// beyond, a Gaussian of σ = 0.3 (radius − 1) + 0.8.
fn weights(mean: Mean, radius: usize) -> Vec<f32> {
    match (mean, radius) {
        (Mean::Box, _) => vec![1.0 / (2 * radius + 1) as f32; 2 * radius + 1],
        (Mean::Gaussian, 1) => vec![0.25, 0.5, 0.25],
        (Mean::Gaussian, 2) => vec![0.0625, 0.25, 0.375, 0.25, 0.0625],
        (Mean::Gaussian, 3) => vec![0.03125, 0.109375, 0.21875, 0.28125, 0.21875, 0.109375, 0.03125],
        (Mean::Gaussian, _) => {
            let sigma = 0.3 * (radius as f64 - 1.0) + 0.8;
            let weight = |k: usize| (-(k as f64 - radius as f64).powi(2) / (2.0 * sigma * sigma)).exp();
            let weights: Vec<f64> = (0..=2 * radius).map(weight).collect();
            let sum: f64 = weights.iter().sum();
            weights.iter().map(|weight| (weight / sum) as f32).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The mean of the square, pixel by pixel.
    fn plain(image: ImageView<'_>, mean: Mean, radius: usize, x: usize, y: usize) -> f64 {
        let weights = weights(mean, radius);
        let reach = radius as i64;
        let at = |x: i64, y: i64| {
            let x = x.clamp(0, image.width() as i64 - 1) as usize;
            f64::from(level(image.row(y.clamp(0, image.height() as i64 - 1) as usize)[x]))
        };
        let square = (-reach..=reach).flat_map(|dy| (-reach..=reach).map(move |dx| (dx, dy)));
        let weight = |d: i64| f64::from(weights[(d + reach) as usize]);
        square.map(|(dx, dy)| weight(dx) * weight(dy) * at(x as i64 + dx, y as i64 + dy)).sum()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn moving_sums_are_the_means(
            samples in prop::collection::vec(0.0_f32..=1.0, 400), width in 1_usize..=20, radius in 1_usize..=12,
            gaussian in any::<bool>(), constant in -20_i32..=20,
        ) {
            let height = samples.len() / width;
            let image = ImageView::new(&samples[..width * height], width, height, 1).expect("whole rows");
            let mean = if gaussian { Mean::Gaussian } else { Mean::Box };
            let fast = threshold(image, mean, radius, constant, [0.8, 0.1]);
            for y in 0..height {
                for x in 0..width {
                    let mean = plain(image, mean, radius, x, y);
                    // At the very middle between two levels either may be taken.
                    if (mean.fract() - 0.5).abs() < 1e-3 {
                        continue;
                    }
                    let is_above = f64::from(level(image.row(y)[x])) - mean.round() > f64::from(-constant);
                    prop_assert_eq!(fast.view().row(y)[x], if is_above { 0.8 } else { 0.1 }, "at {}, {}", x, y);
                }
            }
        }
    }
}
