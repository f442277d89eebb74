//! Printing density as film scanners store it, and the linear light behind it.
//!
//! Kodak, *Conversion of 10-bit Log Film Data to 8-bit Linear or Video Data* (1995): a code value of 0..1023 stands for steps of
//! 0.002 in density. Black and white are the codes that become 0 and 1.

use std::f32::consts::{LOG2_10, LOG10_2};

use super::power;

/// The relation of code values and light.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cineon {
    white: f32,
    /// Powers of ten in a code.
    density: f32,
    gain: f32,
    offset: f32,
}

impl Cineon {
    /// From the codes of black and white, 0..1023, and the gamma of the film; `None` if black and white are the same.
    pub fn new(black: f32, white: f32, gamma: f32) -> Option<Self> {
        let density = 0.002 / f64::from(gamma);
        let span = 1.0 - 10_f64.powf(f64::from(black - white) * density);
        let gain = 1.0 / span;
        let relation = Self { white, density: density as f32, gain: gain as f32, offset: (gain - 1.0) as f32 };
        (span != 0.0).then_some(relation)
    }

    /// Light of a code value, which is given as 0..1.
    #[inline(always)]
    pub fn light(self, code: f32) -> f32 {
        let exponent = (code * 1023.0 - self.white) * self.density;
        power::exp2(exponent * LOG2_10) * self.gain - self.offset
    }

    /// Code value, 0..1, of light.
    #[inline(always)]
    pub fn code(self, light: f32) -> f32 {
        let relative = (light + self.offset) / self.gain;
        let exponent = power::log2(relative) * LOG10_2;
        let code = (exponent / self.density + self.white) / 1023.0;
        // No light at all is infinitely far down.
        if relative > 0.0 { code } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn fast_and_plain_light_agree(code in 0.0_f64..=1.0, black in 0.0_f64..=300.0, white in 400.0_f64..=1023.0, gamma in 0.1_f64..=1.0) {
            let relation = Cineon::new(black as f32, white as f32, gamma as f32).expect("black is not white");
            let (black, white, gamma) = (f64::from(black as f32), f64::from(white as f32), f64::from(gamma as f32));
            let gain = 1.0 / (1.0 - 10_f64.powf((black - white) * 0.002 / gamma));
            let plain = gain * 10_f64.powf((code * 1023.0 - white) * 0.002 / gamma) - (gain - 1.0);
            let fast = f64::from(relation.light(code as f32));
            prop_assert!((fast - plain).abs() <= 5e-5 + 1e-4 * plain.abs(), "{fast} instead of {plain}");
            if (0.001..=1.0).contains(&plain) {
                prop_assert!((f64::from(relation.code(plain as f32)) - code).abs() < 2e-4);
            }
        }
    }

    #[test]
    fn black_and_white_are_0_and_1() {
        let relation = Cineon::new(95.0, 685.0, 0.6).expect("black is not white");
        assert!(relation.light(95.0 / 1023.0).abs() < 1e-5 && (relation.light(685.0 / 1023.0) - 1.0).abs() < 1e-5);
        assert!(Cineon::new(300.0, 300.0, 0.6).is_none());
    }
}
