//! Levels: a range of samples is stretched, bent by a power, and put into another range.

#![allow(clippy::manual_clamp, reason = "`clamp` keeps NaN, and does not vectorise as well")]

use super::power;

/// What happens to a sample.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Levels {
    in_black: f32,
    in_range: f32,
    power: f32,
    out_black: f32,
    out_range: f32,
}

impl Levels {
    /// From black and white of the input and of the output, 0..1 each, and gamma, of which the power is the reciprocal. White may lie
    /// below black.
    ///
    /// With equal black and white, samples up to it are black and those above white. A gamma of 0 leaves white only what is white.
    pub fn new(input: [f32; 2], gamma: f32, output: [f32; 2]) -> Self {
        Self {
            in_black: input[0],
            in_range: input[1] - input[0],
            power: if gamma == 0.0 { f32::MAX } else { 1.0 / gamma },
            out_black: output[0],
            out_range: output[1] - output[0],
        }
    }

    /// The new value of a sample, not bent: for a gamma of 1.
    #[inline(always)]
    pub fn straight(self, sample: f32) -> f32 {
        // `max` first: equal black and white make NaN of their own value, which becomes black.
        ((sample - self.in_black) / self.in_range).max(0.0).min(1.0) * self.out_range + self.out_black
    }

    /// The new value of a sample.
    #[inline(always)]
    pub fn bent(self, sample: f32) -> f32 {
        let stretched = ((sample - self.in_black) / self.in_range).max(0.0).min(1.0);
        power::pow(stretched, self.power) * self.out_range + self.out_black
    }

    /// Whether it is bent at all.
    pub fn is_straight(self) -> bool {
        self.power == 1.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The definition, in double precision.
    fn plain(sample: f64, input: [f64; 2], gamma: f64, output: [f64; 2]) -> f64 {
        let stretched = ((sample - input[0]) / (input[1] - input[0])).clamp(0.0, 1.0);
        stretched.powf(1.0 / gamma) * (output[1] - output[0]) + output[0]
    }

    proptest! {
        #[test]
        fn fast_and_plain_levels_agree(
            sample in 0.0_f32..=1.0, black in 0.0_f32..0.4, white in 0.6_f32..=1.0, gamma in 0.1_f32..=10.0,
            out in [0.0_f32..=1.0, 0.0_f32..=1.0],
        ) {
            let levels = Levels::new([black, white], gamma, out);
            let wide = |pair: [f32; 2]| pair.map(f64::from);
            let plain = plain(sample.into(), wide([black, white]), gamma.into(), wide(out));
            prop_assert!((f64::from(levels.bent(sample)) - plain).abs() < 1e-5);
            let straight = Levels::new([black, white], 1.0, out);
            prop_assert!((straight.straight(sample) - straight.bent(sample)).abs() < 1e-6);
        }
    }

    #[test]
    fn extremes_are_steps() {
        let step = Levels::new([0.5, 0.5], 1.0, [0.0, 1.0]);
        assert_eq!([0.4, 0.5, 0.6].map(|sample| step.straight(sample)), [0.0, 0.0, 1.0]);
        let white_only = Levels::new([0.2, 0.8], 0.0, [0.1, 0.9]);
        assert_eq!([0.2, 0.7, 0.8, 1.0].map(|sample| white_only.bent(sample)), [0.1, 0.1, 0.9, 0.9]);
    }
}
