//! Angles, fast enough for every pixel.

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

#[cfg(test)]
mod tests {
    use super::*;

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
