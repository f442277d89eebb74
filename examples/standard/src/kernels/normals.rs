//! Normal maps: directions that surfaces face.
//!
//! Red is x (right), green is y and blue is z (outwards), −1..1 as 0..1; z follows from x and y. Slopes are added as in C. Barré-Brisebois and
//! S. Hill, *Blending in Detail* (2012, "partial derivative blending"). The octahedral code is that of Z. H. Cigolle et al., *A Survey of
//! Efficient Representations for Independent Unit Vectors* (2014), for the hemisphere.

#![allow(clippy::excessive_precision, reason = "constants as they are published")]

use std::f32::consts::FRAC_PI_2;

use multiversion::multiversion;

/// A direction of length 1 that does not face inwards.
pub type Direction = [f32; 3];

/// The direction of x and y, which are shortened to 1 where they are longer.
#[inline(always)]
pub fn facing(x: f32, y: f32) -> Direction {
    let square = x * x + y * y;
    let shorten = 1.0 / square.max(1.0).sqrt();
    [x * shorten, y * shorten, (1.0 - square).max(0.0).sqrt()]
}

/// The direction of a pixel (B, G, R, …), of which blue does not count.
#[inline(always)]
pub fn decode(pixel: &[f32]) -> Direction {
    facing(pixel[2] * 2.0 - 1.0, pixel[1] * 2.0 - 1.0)
}

/// The pixel of a direction, z not mapped.
#[inline(always)]
pub fn encode([x, y, z]: Direction) -> [f32; 3] {
    [z, y * 0.5 + 0.5, x * 0.5 + 0.5]
}

/// How steep a surface is, to be scaled and added.
#[inline(always)]
pub fn slopes([x, y, z]: Direction) -> [f32; 2] {
    let steep = 1.0 / z.max(1e-12);
    [x * steep, y * steep]
}

/// The direction of a surface of these slopes.
#[inline(always)]
pub fn of_slopes([x, y]: [f32; 2]) -> Direction {
    // Slopes of directions that lie in the surface are very large; their squares are not numbers of this precision any more.
    let (x, y) = (f64::from(x), f64::from(y));
    let z = 1.0 / (x * x + y * y + 1.0).sqrt();
    [(x * z) as f32, (y * z) as f32, z as f32]
}

/// How far a surface is turned around both axes, in radians, to be scaled and added.
#[inline(always)]
pub fn angles([x, y, _]: Direction) -> [f32; 2] {
    [arc_sine(x), arc_sine(y)]
}

/// The direction of a surface that is turned so far, at most by a right angle.
#[inline(always)]
pub fn of_angles(angles: [f32; 2]) -> Direction {
    let [x, y] = angles.map(|angle| sine(angle.clamp(-FRAC_PI_2, FRAC_PI_2)));
    facing(x, y)
}

/// The octahedral code of a direction, as red and green of 0..1.
#[inline(always)]
pub fn octahedral([x, y, z]: Direction) -> [f32; 2] {
    let scale = 1.0 / (x.abs() + y.abs() + z);
    [(x - y) * scale * 0.5 + 0.5, (x + y) * scale * 0.5 + 0.5]
}

/// The direction of an octahedral code.
#[inline(always)]
pub fn of_octahedral([red, green]: [f32; 2]) -> Direction {
    let (u, v) = (red * 2.0 - 1.0, green * 2.0 - 1.0);
    let (x, y) = ((u + v) * 0.5, (v - u) * 0.5);
    let z = 1.0 - x.abs() - y.abs();
    let scale = 1.0 / (x * x + y * y + z * z).sqrt();
    [x * scale, y * scale, z * scale]
}

/// Within 1e-7 for −1..=1: the polynomial 4.4.46 of M. Abramowitz and I. A. Stegun, *Handbook of Mathematical Functions* (1964).
#[inline(always)]
fn arc_sine(x: f32) -> f32 {
    const COEFFICIENTS: [f32; 8] = [
        -0.001_262_491_1,
        0.006_670_090_1,
        -0.017_088_126,
        0.030_891_881,
        -0.050_174_305,
        0.088_978_99,
        -0.214_598_8,
        FRAC_PI_2,
    ];
    let size = x.abs();
    // Near 0 the polynomial cancels against a right angle; the series does not.
    let square = x * x;
    let small = size
        * (1.0 + square * (1.0 / 6.0 + square * (3.0 / 40.0 + square * (15.0 / 336.0 + square * (105.0 / 3456.0)))));
    let polynomial = COEFFICIENTS.iter().fold(0.0, |sum, coefficient| sum * size + coefficient);
    let large = FRAC_PI_2 - (1.0 - size).max(0.0).sqrt() * polynomial;
    (if size < 0.25 { small } else { large }).copysign(x)
}

/// Within 2e-7 for a right angle either way: the Taylor series.
#[inline(always)]
fn sine(x: f32) -> f32 {
    let square = x * x;
    let series = [-1.0 / 39_916_800.0, 1.0 / 362_880.0, -1.0 / 5040.0, 1.0 / 120.0, -1.0 / 6.0, 1.0];
    x * series.iter().fold(0.0, |sum, term| sum * square + term)
}

/// The sums of x and of y of the directions of a row.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
pub fn sums<const N: usize>(row: &[f32]) -> [f64; 2] {
    const LANES: usize = 16;
    let (blocks, rest) = row.as_chunks::<N>().0.as_chunks::<LANES>();
    let mut sums = [[0.0_f64; LANES]; 2];
    for block in blocks {
        for (lane, pixel) in block.iter().enumerate() {
            let [x, y, _] = decode(pixel);
            sums[0][lane] += f64::from(x);
            sums[1][lane] += f64::from(y);
        }
    }
    for pixel in rest {
        let [x, y, _] = decode(pixel);
        sums[0][0] += f64::from(x);
        sums[1][0] += f64::from(y);
    }
    sums.map(|sums| sums.iter().sum())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn functions_are_those_of_the_standard_library() {
        for i in -20_000..=20_000 {
            let x = i as f32 / 20_000.0;
            assert!((f64::from(arc_sine(x)) - f64::from(x).asin()).abs() < 3e-7, "{x}");
            let angle = x * FRAC_PI_2;
            assert!((f64::from(sine(angle)) - f64::from(angle).sin()).abs() < 3e-7, "{angle}");
        }
    }

    proptest! {
        #[test]
        fn every_code_gives_its_direction_back(x in -1.0..1.0_f32, y in -1.0..1.0_f32) {
            let direction = facing(x, y);
            prop_assert!((direction.iter().map(|place| place * place).sum::<f32>() - 1.0).abs() < 1e-5);
            let close = |other: Direction, within: f32| direction.iter().zip(other).all(|(a, b)| (a - b).abs() < within);
            prop_assert!(close(decode(&encode(direction)), 1e-3));
            prop_assert!(close(of_octahedral(octahedral(direction)), 1e-5));
            prop_assert!(close(of_angles(angles(direction)), 2e-3));
            prop_assert!(close(of_slopes(slopes(direction)), 1e-5));
        }
    }
}
