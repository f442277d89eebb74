//! Powers of whole slices, fast.
//!
//! `x^p = 2^(p · log2 x)`, both by polynomials after the range is reduced by the exponent's bits, as in Muller, *Elementary Functions*
//! (3rd ed. 2016), ch. 4: the logarithm by the odd series of (m − 1) / (m + 1), the power of two by its Taylor series around 0.
//! Relative errors are below 3e-7 · (1 + |p|) for results that are normal numbers.

use multiversion::multiversion;

/// Raises every sample to `power`, above 0. What is 0, negative or NaN becomes 0.
pub fn raise(samples: &mut [f32], power: f32) {
    match power {
        1.0 => samples.iter_mut().for_each(|sample| *sample = sample.max(0.0)),
        2.0 => samples.iter_mut().for_each(|sample| *sample = sample.max(0.0) * sample.max(0.0)),
        5.0 => fifth(samples),
        _ => any(samples, power),
    }
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn fifth(samples: &mut [f32]) {
    for sample in samples {
        let x = sample.max(0.0);
        let square = x * x;
        *sample = square * square * x;
    }
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn any(samples: &mut [f32], power: f32) {
    for sample in samples {
        let x = sample.max(f32::MIN_POSITIVE);
        let raised = exp2(power * log2(x));
        *sample = if *sample > 0.0 { raised } else { 0.0 };
    }
}

/// The binary logarithm of a normal number above 0.
#[inline(always)]
pub fn log2(x: f32) -> f32 {
    /// The bits of √½: mantissas are taken from here up to √2, so that they lie around 1.
    const ROOT_HALF: u32 = 0x3f35_04f3;
    let bits = x.to_bits().wrapping_sub(ROOT_HALF);
    let exponent = (bits as i32) >> 23;
    let mantissa = f32::from_bits((bits & 0x007f_ffff) + ROOT_HALF);
    let t = (mantissa - 1.0) / (mantissa + 1.0);
    let t2 = t * t;
    /// 2 / ln 2.
    const TWO_LOG2_E: f32 = 2.0 * std::f32::consts::LOG2_E;
    let series = 1.0 + t2 * (1.0 / 3.0 + t2 * (1.0 / 5.0 + t2 * (1.0 / 7.0 + t2 * (1.0 / 9.0))));
    exponent as f32 + TWO_LOG2_E * t * series
}

/// Two to the power of `x`; 0 below −126.
#[inline(always)]
pub fn exp2(x: f32) -> f32 {
    const LN_2: f32 = std::f32::consts::LN_2;
    let x = x.min(127.0);
    let small = x < -126.0;
    let x = x.max(-126.0);
    // Adding and taking away a large number rounds to whole numbers in its last bits.
    const ROUND: f32 = 12_582_912.0;
    let whole = (x + ROUND) - ROUND;
    let t = (x - whole) * LN_2;
    let series =
        1.0 + t * (1.0 + t * (1.0 / 2.0 + t * (1.0 / 6.0 + t * (1.0 / 24.0 + t * (1.0 / 120.0 + t * (1.0 / 720.0))))));
    let scale = f32::from_bits(((whole as i32 + 127) as u32) << 23);
    if small { 0.0 } else { series * scale }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn powers_are_near_those_of_double_precision(
            samples in prop::collection::vec(1e-6_f32..4.0, 1..70),
            power in prop_oneof![0.01_f32..20.0, Just(1.0), Just(2.0), Just(5.0)],
        ) {
            let mut raised = samples.clone();
            raise(&mut raised, power);
            for (raised, sample) in raised.iter().zip(&samples) {
                let exact = f64::from(*sample).powf(power.into());
                let tolerance = 3e-7 * (1.0 + f64::from(power) * 20.0) * exact + 1e-37;
                prop_assert!((f64::from(*raised) - exact).abs() <= tolerance, "{sample}^{power}: {raised} {exact}");
            }
        }
    }

    #[test]
    fn what_is_not_above_zero_becomes_zero() {
        for power in [0.3, 1.0, 2.0, 5.0] {
            let mut samples = [0.0, -0.5, f32::NAN, 1.0];
            raise(&mut samples, power);
            assert_eq!(samples, [0.0, 0.0, 0.0, 1.0]);
        }
    }
}
