//! Angles, fast enough for every pixel.

#![allow(clippy::excessive_precision, reason = "constants as they are published")]

use std::f32::consts::{FRAC_PI_2, PI, TAU};

/// The angle of (`x`, `y`) from the x axis towards the y axis, in turns, 0..1; 0 at the origin. Within 1e-7 of a turn.
///
/// The arc tangent of 0..1 is the polynomial 4.4.49 of M. Abramowitz and I. A. Stegun, *Handbook of Mathematical Functions* (1964), whose
/// error is below 2e-8.
#[inline(always)]
pub fn turns(y: f32, x: f32) -> f32 {
    const COEFFICIENTS: [f32; 9] = [
        0.002_866_225_7,
        -0.016_165_737,
        0.042_909_614,
        -0.075_289_64,
        0.106_562_64,
        -0.142_088_99,
        0.199_935_51,
        -0.333_331_45,
        1.0,
    ];
    let (wide, high) = (x.abs(), y.abs());
    let (small, large) = (wide.min(high), wide.max(high));
    let t = if large == 0.0 { 0.0 } else { small / large };
    let square = t * t;
    let within = t * COEFFICIENTS.iter().fold(0.0, |sum, coefficient| sum * square + coefficient);
    let quarter = if high > wide { FRAC_PI_2 - within } else { within };
    let half = if x < 0.0 { PI - quarter } else { quarter };
    let turns = half * (1.0 / TAU);
    if y < 0.0 { 1.0 - turns } else { turns }
}

/// Sine and cosine of an angle in turns, within 1e-6: Taylor series of half a quarter.
#[inline(always)]
pub fn sin_cos(turns: f32) -> (f32, f32) {
    let eighths = turns * 8.0;
    let quarter = (eighths * 0.5).round_ties_even();
    let x = (eighths - 2.0 * quarter) * (PI / 4.0);
    let square = x * x;
    let sin = x * (1.0 - square * (1.0 / 6.0 - square * (1.0 / 120.0 - square * (1.0 / 5040.0))));
    let cos = 1.0 - square * (0.5 - square * (1.0 / 24.0 - square * (1.0 / 720.0 - square * (1.0 / 40_320.0))));
    let quarter = quarter as i32;
    let (sin, cos) = if quarter & 1 == 0 { (sin, cos) } else { (cos, sin) };
    let flip = |value: f32, on: bool| if on { -value } else { value };
    (flip(sin, quarter & 2 != 0), flip(cos, (quarter + 1) & 2 != 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sines_are_those_of_the_standard_library() {
        for i in -3000..3000 {
            let turns = i as f32 / 1000.0;
            let (sin, cos) = (f64::from(turns) * std::f64::consts::TAU).sin_cos();
            let (fast_sin, fast_cos) = sin_cos(turns);
            assert!((f64::from(fast_sin) - sin).abs() < 1e-6 && (f64::from(fast_cos) - cos).abs() < 1e-6, "{turns}");
        }
    }

    #[test]
    fn turns_are_those_of_the_standard_library() {
        for i in 0..100_000 {
            let angle = f64::from(i) / 100_000.0 * std::f64::consts::TAU;
            for length in [1e-3, 1.0, 4e3] {
                let [x, y] = [angle.cos(), angle.sin()].map(|place| (place * length) as f32);
                let exact = f64::from(y).atan2(f64::from(x)).rem_euclid(std::f64::consts::TAU) / std::f64::consts::TAU;
                assert!((f64::from(turns(y, x)) - exact).abs() < 1.5e-7, "{x} {y}");
            }
        }
        let axes = [(0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (0.0, -1.0), (-1.0, 0.0)].map(|(y, x)| turns(y, x));
        assert_eq!(axes, [0.0, 0.0, 0.25, 0.5, 0.75]);
    }
}
