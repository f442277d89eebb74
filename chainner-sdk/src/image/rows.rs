//! Work over rows: in parallel where that pays, with the result clamped while it is still in the cache.

use std::ops::Range;

use crate::parallel;

/// Below this many samples (256 KiB of them) the threads cost more than they save.
const PARALLEL_SAMPLES: usize = 64 << 10;
/// Rows are handed to threads in runs of at least this many samples.
const RUN_SAMPLES: usize = 16 << 10;

/// Calls `work(y, row)` for each row of `row_len` samples, on several threads when there are many.
///
/// For what lies between two images: planes, masks, sums, whose samples need not stay within 0..1. Samples beyond the last
/// whole row are left alone. Of any type: planes of bytes, sums, masks.
///
/// ```
/// use chainner_sdk::image::for_each_row;
///
/// let mut plane = vec![0.0; 6];
/// for_each_row(&mut plane, 3, |y, row| row.fill(y as f32 - 0.5));
/// assert_eq!(plane, [-0.5, -0.5, -0.5, 0.5, 0.5, 0.5]);
/// ```
pub fn for_each<T: Send>(samples: &mut [T], row_len: usize, work: impl Fn(usize, &mut [T]) + Sync) {
    if row_len == 0 {
        return;
    }
    if samples.len() < PARALLEL_SAMPLES {
        samples.chunks_exact_mut(row_len).enumerate().for_each(|(y, row)| work(y, row));
    } else {
        let whole = samples.len() / row_len * row_len;
        let run = (RUN_SAMPLES / row_len).max(1);
        parallel::for_each_chunk(&mut samples[..whole], run * row_len, |i, rows| {
            rows.chunks_exact_mut(row_len).zip(i * run..).for_each(|(row, y)| work(y, row));
        });
    }
}

/// Calls `work(y)` for each row of a buffer of `len` samples.
pub(super) fn for_each_index(len: usize, row_len: usize, work: impl Fn(usize) + Sync) {
    let Some(rows) = len.checked_div(row_len) else { return };
    if len < PARALLEL_SAMPLES {
        (0..rows).for_each(work);
    } else {
        let run = (RUN_SAMPLES / row_len).max(1);
        parallel::for_each_run(rows, run, |rows| rows.for_each(&work));
    }
}

/// Calls `work(rows)` for runs of rows of a buffer of `len` samples, each of at least `least` rows but for the last.
pub(super) fn for_each_run(len: usize, row_len: usize, least: usize, work: impl Fn(Range<usize>) + Sync) {
    /// Of these each thread gets some, so that one that is held up does not hold up the others.
    const RUNS_PER_THREAD: usize = 4;
    let Some(rows) = len.checked_div(row_len) else { return };
    if len < PARALLEL_SAMPLES {
        if rows > 0 {
            work(0..rows);
        }
    } else {
        let runs = rayon::current_num_threads() * RUNS_PER_THREAD;
        let run = rows.div_ceil(runs).max(least).max(1);
        parallel::for_each_run(rows, run, work);
    }
}

/// Clamps to 0..1; NaN becomes 0.
pub(super) fn clamp(samples: &mut [f32]) {
    #[allow(clippy::manual_clamp, reason = "`clamp` keeps NaN; `max` gives the other operand")]
    samples.iter_mut().for_each(|sample| *sample = sample.max(0.0).min(1.0));
}

/// Clamps an image of any size, writing only where something was out of range.
pub(super) fn clamp_all(samples: &mut [f32]) {
    let clean = |run: &mut [f32]| {
        if !are_clamped(run) {
            clamp(run);
        }
    };
    if samples.len() < PARALLEL_SAMPLES {
        clean(samples);
    } else {
        parallel::for_each_chunk(samples, RUN_SAMPLES, |_, run| clean(run));
    }
}

/// Whether all samples are within 0..1; NaN is not.
pub(super) fn are_clamped(samples: &[f32]) -> bool {
    // A plain fold over comparisons, so that it vectorises; NaN compares false.
    samples.iter().fold(true, |clamped, sample| clamped & (*sample >= 0.0) & (*sample <= 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_ends_within_0_and_1() {
        for len in [5, PARALLEL_SAMPLES + 5] {
            let mut samples = vec![0.5; len];
            samples[len - 5..].copy_from_slice(&[f32::NAN, f32::INFINITY, f32::NEG_INFINITY, -0.1, 1.1]);
            clamp_all(&mut samples);
            assert_eq!(samples[len - 5..], [0.0, 1.0, 0.0, 0.0, 1.0]);
            assert!(samples[..len - 5].iter().all(|&sample| sample == 0.5));
        }
    }

    #[test]
    fn each_row_is_visited_once_with_its_number() {
        for (rows, row_len) in [(3, 4), (300, 400)] {
            let mut samples = vec![0.0; rows * row_len];
            for_each(&mut samples, row_len, |y, row| row.iter_mut().for_each(|sample| *sample += y as f32));
            assert!(samples.chunks(row_len).enumerate().all(|(y, row)| row.iter().all(|&sample| sample == y as f32)));
        }
    }
}
