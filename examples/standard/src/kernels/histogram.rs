//! Histograms of samples at 8 bits, and the thresholds that they suggest.

#![allow(clippy::manual_clamp, reason = "`clamp` keeps NaN")]

use chainner_sdk::{parallel, prelude::*};

use super::power;

/// Rows for one thread at a time.
const ROWS: usize = 32;

/// How often each of 256 brightnesses occurs.
pub type Histogram = [u64; 256];

/// The histogram of the mean of each pixel's samples, rounded to 8 bits.
pub fn of_means(image: ImageView<'_>) -> Histogram {
    let channels = image.channels();
    let scale = 255.0 / channels as f32;
    let level = |pixel: &[f32]| {
        let sum: f32 = pixel.iter().sum();
        power::nearest((sum * scale).max(0.0).min(255.0)) as usize & 255
    };
    let counts = parallel::map_runs(image.height(), ROWS, |rows| {
        let mut counts = [0; 256];
        for pixels in rows.map(|y| image.row(y)) {
            match channels {
                // Known lengths are added up without a loop.
                1 => pixels.iter().for_each(|sample| counts[level(&[*sample])] += 1),
                3 => pixels.as_chunks::<3>().0.iter().for_each(|pixel| counts[level(pixel)] += 1),
                4 => pixels.as_chunks::<4>().0.iter().for_each(|pixel| counts[level(pixel)] += 1),
                _ => pixels.chunks_exact(channels).for_each(|pixel| counts[level(pixel)] += 1),
            }
        }
        counts
    });
    counts.into_iter().fold([0; 256], |a: Histogram, b: Histogram| std::array::from_fn(|i| a[i] + b[i]))
}

/// The level up to which is below and above which is above, by N. Otsu, *A Threshold Selection Method from Gray-Level Histograms*
/// (1979): the variance between both is largest. Of several, the first.
pub fn otsu(histogram: &Histogram) -> u8 {
    let scale = 1.0 / histogram.iter().sum::<u64>().max(1) as f64;
    let mean = histogram.iter().enumerate().map(|(level, &count)| level as f64 * count as f64).sum::<f64>() * scale;
    let (mut weight, mut below, mut best) = (0.0, 0.0, (0.0, 0));
    for (level, &count) in histogram.iter().enumerate() {
        let share = count as f64 * scale;
        // The mean below, kept up to date rather than summed: how it is rounded decides among equals.
        let sum = below * weight;
        weight += share;
        let rest = 1.0 - weight;
        let edge = f64::from(f32::EPSILON);
        if weight.min(rest) < edge || weight.max(rest) > 1.0 - edge {
            below = sum;
            continue;
        }
        below = (sum + level as f64 * share) / weight;
        let above = (mean - weight * below) / rest;
        let variance = weight * rest * (below - above).powi(2);
        if variance > best.0 {
            best = (variance, level);
        }
    }
    best.1 as u8
}

/// The level by G. W. Zack, W. E. Rogers and S. A. Latt, *Automatic Measurement of Sister Chromatid Exchange Frequency* (1977): a line
/// is drawn from the peak to the far end of the histogram, and the level farthest below it taken.
pub fn triangle(histogram: &Histogram) -> u8 {
    let first = histogram.iter().position(|&count| count > 0).unwrap_or(0);
    let last = histogram.iter().rposition(|&count| count > 0).unwrap_or(0);
    let (mut start, end) = (first.saturating_sub(1), (last + 1).min(255));
    let most = histogram.iter().copied().max().unwrap_or(0);
    let mut peak = histogram.iter().position(|&count| count == most).unwrap_or(0);
    // The longer side is looked at, from its end up to the peak.
    let mirrored = peak - start.min(peak) < end - peak;
    let count = |level: usize| histogram[if mirrored { 255 - level } else { level }] as f64;
    if mirrored {
        (start, peak) = (255 - end, 255 - peak);
    }
    let (rise, run) = (most as f64, start as f64 - peak as f64);
    let (mut best, mut distance) = (start, 0.0);
    for level in start + 1..=peak {
        let away = rise * level as f64 + run * count(level);
        if away > distance {
            (best, distance) = (level, away);
        }
    }
    let level = best as i32 - 1;
    (if mirrored { 255 - level } else { level }).clamp(0, 255) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(counts: &[(usize, u64)]) -> Histogram {
        let mut histogram = [0; 256];
        counts.iter().for_each(|&(level, count)| histogram[level] = count);
        histogram
    }

    #[test]
    fn every_pixel_is_counted_at_its_mean() {
        for channels in [1, 2, 3, 4, 5] {
            let image = Image::from_rows(300, 200, channels, |y, row| row.fill((y % 100) as f32 / 99.0));
            let histogram = of_means(image.view());
            assert_eq!(histogram.iter().sum::<u64>(), 60_000);
            assert_eq!((histogram[0], histogram[255]), (600, 600));
        }
    }

    #[test]
    fn otsu_separates_two_heaps() {
        let level = otsu(&with(&[(40, 10), (50, 30), (60, 10), (180, 20), (200, 20)]));
        assert!((60..180).contains(&level), "{level}");
        assert_eq!(otsu(&with(&[(90, 5)])), 0);
    }

    #[test]
    fn otsu_finds_the_largest_variance() {
        // The definition, for every level.
        let histogram = with(&[(3, 9), (10, 40), (80, 3), (100, 17), (101, 8), (220, 30), (255, 2)]);
        let moments = |levels: std::ops::Range<usize>| {
            let (mut count, mut sum) = (0.0, 0.0);
            for level in levels {
                count += histogram[level] as f64;
                sum += level as f64 * histogram[level] as f64;
            }
            (count, sum / count)
        };
        let between = |level: usize| {
            let ((a, mean_a), (b, mean_b)) = (moments(0..level + 1), moments(level + 1..256));
            a * b * (mean_a - mean_b).powi(2)
        };
        let best = (3..255).max_by(|&a, &b| between(a).total_cmp(&between(b))).expect("levels");
        assert!((between(otsu(&histogram).into()) - between(best)).abs() < 1e-6);
    }

    #[test]
    fn triangle_finds_the_foot_of_a_slope() {
        let mut histogram: Histogram = std::array::from_fn(|level| if level < 20 { 1000 } else { 0 });
        histogram[10] = 5000;
        (20..250).for_each(|level| histogram[level] = 3);
        let level = triangle(&histogram);
        assert!((15..40).contains(&level), "{level}");
    }
}
