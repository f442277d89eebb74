//! L*a*b*: distances are about as large as they look (ISO/CIE 11664-4, CIE 15:2004), for sRGB (IEC 61966-2-1) and its white, D65.
//!
//! From colours it is looked up, as the app does: see [`table`]. In images, L* is 0..1 for 0..100; a* and b* are 0..1 for −127..127. L*C*h°
//! writes a* and b* as an angle and a distance; the distance is that to the edge of the square of a* and b*, so that each pair of 0..1 is
//! a colour of the model.

pub mod bytes;
pub mod table;

use multiversion::multiversion;

use crate::kernels::{angle, power, unit};

/// sRGB to XYZ, as rounded in Rec. 709's usual tables, rows X, Y and Z of columns R, G and B.
const TO_XYZ: [[f64; 3]; 3] =
    [[0.412453, 0.357580, 0.180423], [0.212671, 0.715160, 0.072169], [0.019334, 0.119193, 0.950227]];
/// XYZ to sRGB.
const FROM_XYZ: [[f32; 3]; 3] =
    [[3.240479, -1.53715, -0.498535], [-0.969256, 1.875991, 0.041556], [0.055648, -0.204043, 1.057311]];
/// White.
const WHITE: [f64; 3] = [0.950456, 1.0, 1.088754];

/// (L*, a*, b*) of (B, G, R) by the definition.
fn exact([b, g, r]: [f64; 3]) -> [f64; 3] {
    let linear = |v: f64| if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) };
    let rgb = [r, g, b].map(linear);
    let xyz: [f64; 3] = std::array::from_fn(|i| (0..3).map(|j| TO_XYZ[i][j] * rgb[j]).sum::<f64>() / WHITE[i]);
    let root = |t: f64| if t > 216.0 / 24389.0 { t.cbrt() } else { (t * 24389.0 / 27.0 + 16.0) / 116.0 };
    let [x, y, z] = xyz.map(root);
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// The colour of L* of 0..100, a* and b*, by the definition; what no screen can show is cut off channel by channel.
#[inline(always)]
pub fn to_bgr(lab: [f32; 3]) -> [f32; 3] {
    to_linear_bgr(lab).map(encode)
}

/// As [`to_bgr`], in linear light, which [`encode`] makes samples of.
#[inline(always)]
pub fn to_linear_bgr([l, a, b]: [f32; 3]) -> [f32; 3] {
    let is_dark = l <= 8.0;
    let fy = if is_dark { l / 903.296_3 * 7.787_037 + 16.0 / 116.0 } else { (l + 16.0) / 116.0 };
    let y = if is_dark { l / 903.296_3 } else { fy * fy * fy };
    let cube = |f: f32| if f <= 24.0 / 116.0 { (f - 16.0 / 116.0) / 7.787_037 } else { f * f * f };
    let x = cube(fy + a / 500.0) * WHITE[0] as f32;
    let z = cube(fy - b / 200.0) * WHITE[2] as f32;
    let linear = |row: &[f32; 3]| unit(row[0] * x + row[1] * y + row[2] * z);
    [linear(&FROM_XYZ[2]), linear(&FROM_XYZ[1]), linear(&FROM_XYZ[0])]
}

/// A sample of linear light, as sRGB.
#[inline(always)]
pub fn encode(light: f32) -> f32 {
    let (dark, bright) = (light * 12.92, 1.055 * power::pow(light, 1.0 / 2.4) - 0.055);
    if light <= 0.003_130_8 { dark } else { bright }
}

/// [`encode`]s samples.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
pub fn encode_all(samples: &mut [f32]) {
    samples.iter_mut().for_each(|sample| *sample = encode(*sample));
}

/// The numbers of an image for L* of 0..100, a* and b*.
#[inline(always)]
pub fn to_samples([l, a, b]: [f32; 3]) -> [f32; 3] {
    [b * (1.0 / 254.0) + 0.5, a * (1.0 / 254.0) + 0.5, l * 0.01]
}

/// L* of 0..100, a* and b* for the numbers of an image.
#[inline(always)]
pub fn of_samples([b, a, lightness]: [f32; 3]) -> [f32; 3] {
    [lightness * 100.0, (a - 0.5) * 254.0, (b - 0.5) * 254.0]
}

/// (h°, C*, L*) of (b*, a*, L*).
#[inline(always)]
pub fn to_lch([b, a, lightness]: [f32; 3]) -> [f32; 3] {
    let (a, b) = (a - 0.5, b - 0.5);
    let turns = angle::turns(b, a);
    // Half a turn is 1, as in the app, and not 0, which is the same.
    let hue = if turns <= 0.5 { turns + 0.5 } else { turns - 0.5 };
    [hue, 2.0 * a.abs().max(b.abs()), lightness]
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
        let close = |color: [f64; 3], lab: [f64; 3]| {
            let place = exact(color);
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
            let lab = exact(color.map(f64::from)).map(|part| part as f32);
            let close = |other: [f32; 3], to: [f32; 3], within: f32| other.iter().zip(to).all(|(a, b)| (a - b).abs() < within);
            prop_assert!(close(to_bgr(lab), color, 2e-4), "{:?}", to_bgr(lab));
            prop_assert!(close(of_samples(to_samples(lab)), lab, 1e-3));
            prop_assert!(close(of_lch(to_lch(to_samples(lab))), to_samples(lab), 1e-5));
        }
    }
}
