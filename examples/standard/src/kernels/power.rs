//! Logarithms and powers that vectorise.
//!
//! Arguments are reduced by the exponent's bits, as in W. J. Cody and W. Waite, *Software Manual for the Elementary Functions* (1980):
//! log₂ of a mantissa within ⅔..4⁄3 by the series of atanh, 2ᶠ for |f| ≤ ½ by that of exp. The error is a few units in the last place.

#![allow(clippy::manual_clamp, reason = "`clamp` keeps NaN, and does not vectorise as well")]
#![allow(clippy::excessive_precision, reason = "coefficients as they are derived")]

use std::f32::consts::LN_2;

use multiversion::multiversion;

/// Bits of ⅔: mantissas are taken from here on.
const TWO_THIRDS: i32 = 0x3f2a_aaab;
/// 1.5 · 2²³: adding it rounds to a whole number, which then stands in the lowest bits.
const ROUND: f32 = 12_582_912.0;
/// 2²⁵, by which subnormal numbers become normal.
const UP: f32 = 33_554_432.0;

/// The whole number nearest to one of 0..2²², of two the even one. Vectorises everywhere, where `round_ties_even` is a call.
#[inline(always)]
pub fn nearest(x: f32) -> u32 {
    (x + ROUND).to_bits().wrapping_sub(ROUND.to_bits())
}

/// Binary logarithm of a positive number; of others, some negative number or NaN.
#[inline(always)]
pub fn log2(x: f32) -> f32 {
    let is_small = x < f32::MIN_POSITIVE;
    let (x, shift) = if is_small { (x * UP, -25.0) } else { (x, 0.0) };
    let bits = x.to_bits() as i32;
    let exponent = (bits.wrapping_sub(TWO_THIRDS)) >> 23;
    let f = f32::from_bits(bits.wrapping_sub(exponent << 23) as u32) - 1.0;
    let s = f / (2.0 + f);
    let z = s * s;
    // 2 / ln 2 · (1, 1/3, 1/5, 1/7, 1/9)
    let series = 2.885_390_08 + z * (0.961_796_69 + z * (0.577_078_02 + z * (0.412_198_58 + z * 0.320_598_90)));
    s * series + (exponent as f32 + shift)
}

/// 2ˣ; beyond the range of normal numbers, the nearest of them.
#[inline(always)]
pub fn exp2(x: f32) -> f32 {
    let x = x.max(-126.0).min(127.0);
    let rounded = x + ROUND;
    let n = rounded.to_bits().wrapping_sub(ROUND.to_bits());
    let f = (x - (rounded - ROUND)) * LN_2;
    let series = 1.0
        + f * (1.0
            + f * (0.5
                + f * (1.666_666_67e-1
                    + f * (4.166_666_67e-2 + f * (8.333_333_33e-3 + f * (1.388_888_89e-3 + f * 1.984_126_98e-4))))));
    f32::from_bits(series.to_bits().wrapping_add(n << 23))
}

/// 2ˣ of x ≤ 0, to within 4·10⁻⁶ of itself, for weights: a shorter series (least squares on Chebyshev's points), and no upper end.
/// By the multiplication and addition that the caller has instructions for.
#[inline(always)]
pub fn exp2_of_negative(x: f32, mul_add: impl Fn(f32, f32, f32) -> f32) -> f32 {
    let x = x.max(-126.0);
    let rounded = x + ROUND;
    let n = rounded.to_bits().wrapping_sub(ROUND.to_bits());
    let f = x - (rounded - ROUND);
    let series = [5.591703917e-02, 2.402498111e-01, 6.931219677e-01, 9.999991909e-01];
    let series = series.into_iter().fold(9.560510206e-03, |sum, term| mul_add(sum, f, term));
    f32::from_bits(series.to_bits().wrapping_add(n << 23))
}

/// xʸ for x ≥ 0 and y > 0; 0 for x ≤ 0.
#[inline(always)]
pub fn pow(x: f32, y: f32) -> f32 {
    let power = exp2(y * log2(x));
    if x > 0.0 { power } else { 0.0 }
}

/// Raises every sample to the power `y > 0`; what is 0, negative or NaN becomes 0.
pub fn raise(samples: &mut [f32], y: f32) {
    // The powers that are asked for most are exact, and cheaper.
    if y == 1.0 {
        each(samples, |x| x);
    } else if y == 2.0 {
        each(samples, |x| x * x);
    } else if y == 5.0 {
        each(samples, |x| x * x * (x * x) * x);
    } else {
        each(samples, |x| pow(x, y));
    }
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn each<F: Fn(f32) -> f32 + Copy>(samples: &mut [f32], f: F) {
    samples.iter_mut().for_each(|sample| *sample = f(sample.max(0.0)));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn powers_agree_with_the_standard_library(x in 0.0_f32..=1.5, y in 0.01_f32..=20.0) {
            let (fast, plain) = (f64::from(pow(x, y)), f64::from(x).powf(y.into()));
            // Rounding of the logarithm counts as often as the power is high.
            let error = 3e-7 * (1.0 + (f64::from(x).log2() * f64::from(y)).abs());
            prop_assert!((fast - plain).abs() <= error * plain + 2e-38, "{x} to {y}: {fast}, not {plain}");
        }

        #[test]
        fn weights_agree_with_the_standard_library(x in -125.0_f32..=0.0) {
            let (fast, plain) = (f64::from(exp2_of_negative(x, |a, b, c| a * b + c)), f64::from(x).exp2());
            prop_assert!((fast - plain).abs() <= 5e-6 * plain, "2 to {x}: {fast}, not {plain}");
        }

        #[test]
        fn logarithms_agree_with_the_standard_library(x in 1e-44_f32..=1e30) {
            let (fast, plain) = (f64::from(log2(x)), f64::from(x).log2());
            prop_assert!((fast - plain).abs() <= 2e-7 * plain.abs() + 2e-7, "log2 {x}: {fast}, not {plain}");
        }
    }

    #[test]
    fn slices_are_raised_sample_by_sample() {
        for y in [0.3, 1.0, 2.0, 5.0] {
            let mut samples: Vec<f32> = (0..100).map(|i| i as f32 / 100.0).chain([-0.5, f32::NAN]).collect();
            let plain: Vec<f32> = samples.iter().map(|&x| x.max(0.0).powf(y)).collect();
            raise(&mut samples, y);
            assert!(samples.iter().zip(plain).all(|(fast, plain)| (fast - plain).abs() < 1e-6));
        }
    }

    #[test]
    fn the_nearest_whole_number_is_the_even_one_of_two() {
        for x in [0.0, 0.49, 0.5, 0.51, 1.5, 2.5, 254.5, 255.0, 1000.3, 4_000_000.5] {
            assert_eq!(nearest(x), x.round_ties_even() as u32, "{x}");
        }
    }

    #[test]
    fn ends_are_exact() {
        for y in [0.01, 0.45, 1.0, 2.2, 100.0] {
            assert_eq!((pow(0.0, y), pow(1.0, y), pow(-1.0, y)), (0.0, 1.0, 0.0));
        }
        assert_eq!((log2(8.0), exp2(3.0), exp2(-2.0)), (3.0, 8.0, 0.25));
    }
}
