//! L*a*b*: distances are about as large as they look (CIE 15:2004), for sRGB (IEC 61966-2-1) and its white, D65.
//!
//! L* is 0..1 for 0..100; a* and b* are 0..1 for −127..127. L*C*h° writes a* and b* as an angle and a distance; the distance is that to the
//! edge of the square of a* and b*, so that each pair of 0..1 is a colour of the model.

#![allow(clippy::excessive_precision, reason = "constants as they are published")]

use crate::kernels::{angle, power};

/// What red, green and blue add to X, Y and Z, divided by those of white.
const TO_XYZ: [[f32; 3]; 3] = [
    [0.412_453 / WHITE[0], 0.357_580 / WHITE[0], 0.180_423 / WHITE[0]],
    [0.212_671, 0.715_160, 0.072_169],
    [0.019_334 / WHITE[2], 0.119_193 / WHITE[2], 0.950_227 / WHITE[2]],
];
/// The inverse.
const TO_RGB: [[f32; 3]; 3] = [
    [3.240_479 * WHITE[0], -1.537_150, -0.498_535 * WHITE[2]],
    [-0.969_256 * WHITE[0], 1.875_991, 0.041_556 * WHITE[2]],
    [0.055_648 * WHITE[0], -0.204_043, 1.057_311 * WHITE[2]],
];
const WHITE: [f32; 3] = [0.950_456, 1.0, 1.088_754];

/// Where the cube root begins.
const DARK: f32 = 0.008_856;
/// What it is near black: a straight line.
const DARK_SLOPE: f32 = 7.787;
const DARK_OFFSET: f32 = 16.0 / 116.0;

#[inline(always)]
fn linear(sample: f32) -> f32 {
    if sample <= 0.04045 { sample * (1.0 / 12.92) } else { power::pow((sample + 0.055) * (1.0 / 1.055), 2.4) }
}

#[inline(always)]
fn gamma(light: f32) -> f32 {
    if light <= 0.003_130_8 { light * 12.92 } else { 1.055 * power::pow(light, 1.0 / 2.4) - 0.055 }
}

#[inline(always)]
fn times(matrix: [[f32; 3]; 3], vector: [f32; 3]) -> [f32; 3] {
    matrix.map(|row| row[0] * vector[0] + row[1] * vector[1] + row[2] * vector[2])
}

/// (b*, a*, L*) of a colour.
#[inline(always)]
pub fn of_bgr([b, g, r]: [f32; 3]) -> [f32; 3] {
    let [x, y, z] = times(TO_XYZ, [r, g, b].map(linear));
    let root = |t: f32| if t > DARK { power::pow(t, 1.0 / 3.0) } else { DARK_SLOPE * t + DARK_OFFSET };
    let [fx, fy, fz] = [root(x), root(y), root(z)];
    let lightness = if y > DARK { 1.16 * fy - 0.16 } else { 9.033 * y };
    [200.0 / 254.0 * (fy - fz) + 0.5, 500.0 / 254.0 * (fx - fy) + 0.5, lightness]
}

/// The colour of (b*, a*, L*).
#[inline(always)]
pub fn to_bgr([b, a, lightness]: [f32; 3]) -> [f32; 3] {
    let dark = lightness <= 0.08;
    let y = if dark { lightness * (1.0 / 9.033) } else { power::pow((lightness + 0.16) * (1.0 / 1.16), 3.0) };
    let fy = if dark { DARK_SLOPE * y + DARK_OFFSET } else { (lightness + 0.16) * (1.0 / 1.16) };
    let (fx, fz) = (fy + (a - 0.5) * (254.0 / 500.0), fy - (b - 0.5) * (254.0 / 200.0));
    let whole = |f: f32| {
        let edge = DARK_SLOPE * DARK + DARK_OFFSET;
        if f > edge { f * f * f } else { (f - DARK_OFFSET) * (1.0 / DARK_SLOPE) }
    };
    let [r, g, b] = times(TO_RGB, [whole(fx), y, whole(fz)]).map(|light| gamma(light.clamp(0.0, 1.0)));
    [b, g, r]
}

/// (h°, C*, L*) of (b*, a*, L*).
#[inline(always)]
pub fn to_lch([b, a, lightness]: [f32; 3]) -> [f32; 3] {
    let (a, b) = (a - 0.5, b - 0.5);
    let turns = angle::turns(b, a) + 0.5;
    [turns - turns.floor(), 2.0 * a.abs().max(b.abs()), lightness]
}

/// (b*, a*, L*) of (h°, C*, L*).
#[inline(always)]
pub fn of_lch([hue, chroma, lightness]: [f32; 3]) -> [f32; 3] {
    let (sin, cos) = angle::sin_cos(hue - 0.5);
    let reach = 0.5 * chroma / sin.abs().max(cos.abs());
    [sin * reach + 0.5, cos * reach + 0.5, lightness]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_colours_have_their_known_places() {
        // sRGB red is L* 53.24, a* 80.09, b* 67.20; blue is 32.30, 79.19, −107.86 (CIE formulas in double precision).
        let close = |color: [f32; 3], lab: [f32; 3]| {
            let [b, a, lightness] = of_bgr(color);
            let place = [lightness * 100.0, (a - 0.5) * 254.0, (b - 0.5) * 254.0];
            assert!(place.iter().zip(lab).all(|(a, b)| (a - b).abs() < 0.02), "{place:?} {lab:?}");
        };
        close([0.0, 0.0, 1.0], [53.24, 80.09, 67.20]);
        close([1.0, 0.0, 0.0], [32.30, 79.19, -107.86]);
        close([1.0, 1.0, 1.0], [100.0, 0.0, 0.0]);
        close([0.0, 0.0, 0.0], [0.0, 0.0, 0.0]);
    }

    proptest! {
        #[test]
        fn colours_come_back(b in 0.0..=1.0_f32, g in 0.0..=1.0_f32, r in 0.0..=1.0_f32) {
            let color = [b, g, r];
            let lab = of_bgr(color);
            let close = |other: [f32; 3], to: [f32; 3], within: f32| other.iter().zip(to).all(|(a, b)| (a - b).abs() < within);
            prop_assert!(close(to_bgr(lab), color, 2e-3), "{:?}", to_bgr(lab));
            prop_assert!(close(of_lch(to_lch(lab)), lab, 1e-5));
        }
    }
}
