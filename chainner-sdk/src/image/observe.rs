//! What samples were before they were clamped: looked at only while a test asks for it, since clamping hides NaN and values far out
//! of range.

use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use serde::{Deserialize, Serialize};

static WATCHING: AtomicBool = AtomicBool::new(false);

/// From now on, in this process, images remember what they were before they were clamped.
pub(crate) fn start() {
    WATCHING.store(true, Ordering::Relaxed);
}

/// From now on, they do not: looking takes time.
pub(crate) fn stop() {
    WATCHING.store(false, Ordering::Relaxed);
}

pub(crate) fn is_watching() -> bool {
    WATCHING.load(Ordering::Relaxed)
}

/// What the samples of one channel were before they were clamped.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Observed {
    /// Number of samples.
    pub samples: u64,
    /// Samples that were NaN.
    pub nan: u64,
    /// Samples that were infinite.
    pub infinite: u64,
    /// Samples above 2, which is beyond any overshoot.
    pub far_above: u64,
    /// Least finite sample; 0 if there was none.
    pub min: f32,
    /// Greatest finite sample; 0 if there was none.
    pub max: f32,
}

impl Observed {
    const NOTHING: Self =
        Self { samples: 0, nan: 0, infinite: 0, far_above: 0, min: f32::INFINITY, max: f32::NEG_INFINITY };

    fn look(&mut self, sample: f32) {
        self.samples += 1;
        if sample.is_nan() {
            self.nan += 1;
        } else if sample.is_infinite() {
            self.infinite += 1;
        } else {
            self.min = self.min.min(sample);
            self.max = self.max.max(sample);
            self.far_above += u64::from(sample > 2.0);
        }
    }

    fn add(&mut self, other: &Self) {
        self.samples += other.samples;
        self.nan += other.nan;
        self.infinite += other.infinite;
        self.far_above += other.far_above;
        self.min = self.min.min(other.min);
        self.max = self.max.max(other.max);
    }
}

/// The channels of some rows.
pub(super) fn of(samples: &[f32], channels: usize) -> Vec<Observed> {
    let mut seen = vec![Observed::NOTHING; channels];
    for pixel in samples.chunks_exact(channels) {
        for (seen, sample) in seen.iter_mut().zip(pixel) {
            seen.look(*sample);
        }
    }
    seen
}

/// Watches the rows of an image while they are written, possibly by several threads.
pub(super) struct Watch {
    channels: usize,
    seen: Mutex<Vec<Observed>>,
}

impl Watch {
    /// A watch over an image, if a test has asked for it.
    pub(super) fn new(channels: usize) -> Option<Self> {
        is_watching().then(|| Self { channels, seen: Mutex::new(vec![Observed::NOTHING; channels]) })
    }

    pub(super) fn look(&self, row: &[f32]) {
        let of_row = of(row, self.channels);
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.iter_mut().zip(&of_row).for_each(|(all, row)| all.add(row));
    }

    pub(super) fn finish(self) -> Vec<Observed> {
        self.seen.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Extremes of nothing are infinite, which JSON cannot say.
pub(super) fn sayable(mut seen: Vec<Observed>) -> Vec<Observed> {
    for channel in &mut seen {
        if channel.min > channel.max {
            (channel.min, channel.max) = (0.0, 0.0);
        }
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn channels_are_looked_at_apart() {
        let seen = sayable(of(&[0.5, f32::NAN, 3.0, f32::INFINITY], 2));
        assert_eq!((seen[0].min, seen[0].max, seen[0].far_above), (0.5, 3.0, 1));
        assert_eq!((seen[1].nan, seen[1].infinite, seen[1].min, seen[1].max), (1, 1, 0.0, 0.0));
    }
}
