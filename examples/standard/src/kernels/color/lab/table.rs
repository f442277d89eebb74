//! L*a*b* as OpenCV computes it: from a table of 33³ colours in steps of 2⁻¹⁴ of the range, interpolated linearly in all three directions
//! with weights in sixteenths. It is off by up to 0.2 of L*, and gives grey a hue.

use std::sync::LazyLock;

use super::exact;
use crate::kernels::{power, unit};

/// Colours along a side of the table.
const SIDE: usize = 33;
/// Steps of the range.
const STEPS: f32 = 16384.0;

/// L*, a* and b* in steps, and nothing, so that an entry is a vector.
static TABLE: LazyLock<Vec<[i32; 4]>> = LazyLock::new(|| {
    let entry = |i: usize| {
        let bgr = [i / (SIDE * SIDE), i / SIDE % SIDE, i % SIDE].map(|i| i as f64 / (SIDE - 1) as f64);
        let [l, a, b] = exact(bgr);
        let steps = [l / 100.0, (a + 128.0) / 256.0, (b + 128.0) / 256.0];
        let [l, a, b] = steps.map(|share| (share * f64::from(STEPS)).round_ties_even() as i32);
        [l, a, b, 0]
    };
    let mut table: Vec<[i32; 4]> = (0..SIDE * SIDE * SIDE).map(entry).collect();
    for (channel, places) in ROUNDED_OTHERWISE.iter().enumerate() {
        places.iter().for_each(|place| table[place.unsigned_abs() as usize][channel] += place.signum());
    }
    table
});

/// Entries that OpenCV, computing in single precision, rounds to the next step (or, if negative, to the one before) of L*, a* and b*:
/// measured, so that the app's results are met to the last step.
const ROUNDED_OTHERWISE: [&[i32]; 3] = [
    &[
        -550, -781, -1897, -2372, -5051, 5123, -6251, -7290, -7846, 10141, -10817, -12820, -13537, -16488, -16655,
        -17354, -17903, -17944, -19283, -20983, -22809, -25722, -25734, -26646, -26903, -28766, -30176, -33424, 33933,
        -34353,
    ],
    &[
        -2029, -2901, -5235, -7629, 8253, 8529, 9174, -9631, -10805, 11489, 12271, 15234, 15616, -18412, -19119,
        -19358, -20685, -21278, 22241, 22358, 22815, -22954, 23474, -25887, -26041, -26142, -26705, -27750, 30611,
        31503, -31693, -31822, -34703, -34896,
    ],
    &[
        12, -197, 380, -1510, -1846, -3010, -5085, 5381, -6433, 8999, 10351, 13412, -13569, 16185, 18042, 20981, 23327,
        26402, -27844, 30464, 31474, -33556, 33889, 34431, 35835,
    ],
];

/// Colours to L*a*b*.
#[derive(Debug, Clone, Copy)]
pub struct ToLab(&'static [[i32; 4]]);

impl ToLab {
    /// The table.
    pub fn new() -> Self {
        Self(&TABLE)
    }

    /// L* of 0..100, a* and b* of −128..128.
    #[inline(always)]
    pub fn convert(self, bgr: [f32; 3]) -> [f32; 3] {
        let fine = bgr.map(|v| power::nearest(unit(v) * STEPS) as usize);
        let [cells, shares] = [fine.map(|v| v >> 9), fine.map(|v| (v & 511) >> 5)];
        let mut sum = [1 << 11; 4];
        for corner in 0..8 {
            let next = [corner & 1, corner >> 1 & 1, corner >> 2];
            let mut weight = 1;
            let mut at = 0;
            for c in 0..3 {
                weight *= if next[c] == 1 { shares[c] } else { 16 - shares[c] };
                at = at * SIDE + (cells[c] + next[c]).min(SIDE - 1);
            }
            let entry = &self.0[at];
            (0..4).for_each(|i| sum[i] += entry[i] * weight as i32);
        }
        let [l, a, b] = [sum[0] >> 12, sum[1] >> 12, sum[2] >> 12].map(|steps| steps as f32 / STEPS);
        [l * 100.0, a * 256.0 - 128.0, b * 256.0 - 128.0]
    }
}

impl Default for ToLab {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colors() -> impl Iterator<Item = [f32; 3]> {
        (0..4000_usize).map(|i| [i * 7919, i * 104_729, i * 1_299_709].map(|v| (v % 1009) as f32 / 1008.0))
    }

    #[test]
    fn interpolated_colours_are_near_the_exact_ones() {
        let table = ToLab::new();
        for bgr in colors() {
            let exact = exact(bgr.map(f64::from));
            for (found, exact) in table.convert(bgr).iter().zip(exact) {
                assert!((f64::from(*found) - exact).abs() < 2.0, "{bgr:?}: {found} {exact}");
            }
        }
        assert_eq!(table.convert([1.0; 3]), [100.0, 0.0, 0.0]);
    }
}
