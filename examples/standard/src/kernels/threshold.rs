//! Fixed thresholds.

/// What becomes of samples above and below a threshold.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Threshold {
    /// Above it the given value, else 0.
    Binary(f32),
    /// Above it 0, else the given value.
    BinaryInverted(f32),
    /// Above it the threshold.
    Truncated,
    /// Up to it 0.
    ToZero,
    /// Above it 0.
    ToZeroInverted,
}

impl Threshold {
    /// What samples above the threshold, and the others, become.
    #[inline(always)]
    pub fn values(self, sample: f32, threshold: f32) -> (f32, f32) {
        match self {
            Self::Binary(value) => (value, 0.0),
            Self::BinaryInverted(value) => (0.0, value),
            Self::Truncated => (threshold, sample),
            Self::ToZero => (sample, 0.0),
            Self::ToZeroInverted => (0.0, sample),
        }
    }

    /// The new value of a sample of which a share, 0..1, lies above the threshold.
    #[inline(always)]
    pub fn share(self, sample: f32, threshold: f32, share: f32) -> f32 {
        let (above, below) = self.values(sample, threshold);
        share * above + (1.0 - share) * below
    }

    /// The new value of a sample.
    #[inline(always)]
    pub fn apply(self, sample: f32, threshold: f32) -> f32 {
        let (above, below) = self.values(sample, threshold);
        if sample > threshold { above } else { below }
    }

    /// The same for many samples: which kind it is, is asked once.
    pub fn at(self, threshold: f32) -> At {
        const SAMPLE: [u32; 2] = [u32::MAX, 0];
        let value = |value: f32| [0, value.to_bits()];
        let (above, below) = match self {
            Self::Binary(of) => (value(of), value(0.0)),
            Self::BinaryInverted(of) => (value(0.0), value(of)),
            Self::Truncated => (value(threshold), SAMPLE),
            Self::ToZero => (SAMPLE, value(0.0)),
            Self::ToZeroInverted => (value(0.0), SAMPLE),
        };
        At { threshold, above, below }
    }
}

/// A threshold, and which bits samples above and below it keep, and which they get.
#[derive(Debug, Clone, Copy)]
pub struct At {
    threshold: f32,
    above: [u32; 2],
    below: [u32; 2],
}

impl At {
    /// The new value of a sample.
    #[inline(always)]
    pub fn apply(self, sample: f32) -> f32 {
        // By masks: a choice between two arrays would be a branch.
        let is_above = if sample > self.threshold { u32::MAX } else { 0 };
        let pick = |i: usize| (self.above[i] & is_above) | (self.below[i] & !is_above);
        f32::from_bits((sample.to_bits() & pick(0)) | pick(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fast_and_plain_thresholds_are_the_same() {
        use Threshold::{Binary, BinaryInverted, ToZero, ToZeroInverted, Truncated};
        for kind in [Binary(0.7), BinaryInverted(0.7), Truncated, ToZero, ToZeroInverted] {
            for sample in [0.0, 0.3, 0.5, 0.500_01, 1.0, f32::NAN] {
                assert_eq!(
                    kind.at(0.5).apply(sample).to_bits(),
                    kind.apply(sample, 0.5).to_bits(),
                    "{kind:?} {sample}"
                );
            }
        }
    }

    #[test]
    fn the_threshold_itself_is_not_above() {
        let applied = |kind: Threshold| [0.3, 0.4, 0.5].map(|sample| kind.apply(sample, 0.4));
        assert_eq!(applied(Threshold::Binary(0.9)), [0.0, 0.0, 0.9]);
        assert_eq!(applied(Threshold::BinaryInverted(0.9)), [0.9, 0.9, 0.0]);
        assert_eq!(applied(Threshold::Truncated), [0.3, 0.4, 0.4]);
        assert_eq!(applied(Threshold::ToZero), [0.0, 0.0, 0.5]);
        assert_eq!(applied(Threshold::ToZeroInverted), [0.3, 0.4, 0.0]);
    }

    #[test]
    fn whole_shares_are_the_plain_threshold() {
        for kind in [Threshold::Binary(0.9), Threshold::Truncated, Threshold::ToZero, Threshold::ToZeroInverted] {
            for sample in [0.1, 0.7] {
                let share = if sample > 0.4 { 1.0 } else { 0.0 };
                assert_eq!(kind.share(sample, 0.4, share), kind.apply(sample, 0.4));
            }
        }
    }
}
