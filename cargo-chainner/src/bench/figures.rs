//! What many measured times come to.

use serde::{Deserialize, Serialize};

use crate::test::outcome::Measurement;

/// What calls cost.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Figures {
    /// Calls that were measured.
    pub(super) calls: usize,
    /// The shortest, in seconds: what the node needs when nothing is in its way.
    pub(super) min: f64,
    /// The time that half of the calls took less than, in seconds.
    pub(super) median: f64,
    /// The time that a quarter of the calls took less than, and that three quarters did, in seconds.
    pub(super) quartiles: [f64; 2],
    /// Pixels of the input or output that has the most of them; 0 for a node without images.
    pub(super) pixels: u64,
    /// Images that the SDK copied in one call.
    pub(super) copies: u64,
    /// Bytes of these.
    pub(super) copied_bytes: u64,
    /// Bytes of memory that a call needs; nothing where the system does not tell.
    pub(super) peak_memory: Option<u64>,
}

impl Figures {
    /// Of a measurement; nothing if it holds no times that could be.
    pub(super) fn of(measurement: &Measurement) -> Option<Self> {
        let mut seconds = measurement.seconds.clone();
        if seconds.is_empty() || seconds.iter().any(|time| !time.is_finite() || *time < 0.0) {
            return None;
        }
        seconds.sort_by(f64::total_cmp);
        let at = |quantile: f64| seconds[((seconds.len() - 1) as f64 * quantile).round() as usize];
        Some(Self {
            calls: seconds.len(),
            // Clocks tick in nanoseconds: what takes less took one.
            min: seconds[0].max(1e-9),
            median: at(0.5).max(1e-9),
            quartiles: [at(0.25), at(0.75)],
            pixels: measurement.pixels,
            copies: measurement.copies,
            copied_bytes: measurement.copied_bytes,
            peak_memory: measurement.peak_memory,
        })
    }

    /// Half the distance between the quartiles, as a part of the median.
    pub(super) fn spread(&self) -> f64 {
        (self.quartiles[1] - self.quartiles[0]) / 2.0 / self.median
    }

    /// By the median; nothing for a node without images.
    pub(super) fn megapixels_per_second(&self) -> Option<f64> {
        (self.pixels > 0).then(|| self.pixels as f64 / 1e6 / self.median)
    }

    /// The better ones of two measurements of the same.
    pub(super) fn merge(&mut self, other: &Self) {
        let calls = self.calls + other.calls;
        let min = self.min.min(other.min);
        if other.median < self.median {
            *self = other.clone();
        }
        (self.calls, self.min) = (calls, min);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(seconds: &[f64]) -> Option<Figures> {
        Figures::of(&Measurement { seconds: seconds.to_vec(), pixels: 2_000_000, ..Measurement::default() })
    }

    #[test]
    fn times_come_to_their_middle_and_spread() {
        let figures = figures(&[0.4, 0.1, 0.2, 0.3, 9.0]).expect("times");
        assert_eq!((figures.min, figures.median, figures.quartiles), (0.1, 0.3, [0.2, 0.4]));
        assert!((figures.spread() - 1.0 / 3.0).abs() < 1e-9);
        assert_eq!(figures.megapixels_per_second().map(f64::round), Some(7.0));
    }

    #[test]
    fn what_is_no_time_is_no_figure() {
        assert_eq!(figures(&[]), None);
        assert_eq!(figures(&[0.1, f64::NAN]), None);
        assert!(figures(&[0.0]).expect("very short").min > 0.0);
    }

    #[test]
    fn of_two_measurements_the_better_one_counts() {
        let mut first = figures(&[0.2, 0.9, 0.9]).expect("times");
        first.merge(&figures(&[0.3, 0.3, 0.3]).expect("times"));
        assert_eq!((first.calls, first.min, first.median), (6, 0.2, 0.3));
    }
}
