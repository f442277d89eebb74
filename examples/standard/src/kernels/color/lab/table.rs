//! L*a*b* as OpenCV computes it: from a table of 33³ colours in steps of 2⁻¹⁴ of the range, interpolated linearly in all three directions
//! with weights in sixteenths. It is off by up to 0.2 of L*, and gives grey a hue.

use std::sync::LazyLock;

use multiversion::multiversion;

use super::exact;
use crate::kernels::{power, unit};

/// Colours along a side of the table.
const SIDE: usize = 33;
/// Steps of the range.
const STEPS: f32 = 16384.0;

/// L*, a* and b* in steps, and nothing, each beside that of the next colour in red, so that products are added in pairs.
static TABLE: LazyLock<Vec<[i16; 8]>> = LazyLock::new(|| {
    let entry = |i: usize| {
        let bgr = [i / (SIDE * SIDE), i / SIDE % SIDE, i % SIDE].map(|i| i as f64 / (SIDE - 1) as f64);
        let [l, a, b] = exact(bgr);
        let steps = [l / 100.0, (a + 128.0) / 256.0, (b + 128.0) / 256.0];
        let [l, a, b] = steps.map(|share| (share * f64::from(STEPS)).round_ties_even() as i16);
        [l, a, b, 0]
    };
    let mut table: Vec<[i16; 4]> = (0..SIDE * SIDE * SIDE).map(entry).collect();
    for (channel, places) in ROUNDED_OTHERWISE.iter().enumerate() {
        places.iter().for_each(|place| table[place.unsigned_abs() as usize][channel] += place.signum() as i16);
    }
    let pair = |i: usize| {
        let next = if i % SIDE == SIDE - 1 { i } else { i + 1 };
        std::array::from_fn(|k| table[if k % 2 == 0 { i } else { next }][k / 2])
    };
    (0..table.len()).map(pair).collect()
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
pub struct ToLab(&'static [[i16; 8]]);

impl ToLab {
    /// The table.
    pub fn new() -> Self {
        Self(&TABLE)
    }

    /// L* of 0..100, a* and b* of −128..128 of a colour.
    pub fn convert(self, bgr: [f32; 3]) -> [f32; 3] {
        let mut lab = [0.0; 3];
        self.convert_all(&bgr, &mut lab);
        lab
    }

    /// The same of many colours, three samples each.
    pub fn convert_all(self, colors: &[f32], lab: &mut [f32]) {
        convert_all(self.0, colors, lab);
    }
}

/// In three passes over some colours at a time: the look-ups between the others do not become vectors of colours.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn convert_all(table: &[[i16; 8]], colors: &[f32], lab: &mut [f32]) {
    const COLORS: usize = 64;
    for (colors, lab) in colors.chunks(3 * COLORS).zip(lab.chunks_mut(3 * COLORS)) {
        let mut steps = [0; 3 * COLORS];
        for (step, sample) in steps.iter_mut().zip(colors) {
            *step = power::nearest(unit(*sample) * STEPS);
        }
        let mut sums = [[0; 4]; COLORS];
        let count = colors.len() / 3;
        for (sum, &steps) in sums[..count].iter_mut().zip(steps.as_chunks::<3>().0) {
            *sum = look_up(table, steps);
        }
        for ([l, a, b], sum) in lab.as_chunks_mut::<3>().0.iter_mut().zip(sums) {
            let step = |i: usize| (sum[i] >> 12) as f32;
            *l = step(0) * (100.0 / STEPS);
            *a = step(1) * (256.0 / STEPS) - 128.0;
            *b = step(2) * (256.0 / STEPS) - 128.0;
        }
    }
}

/// L*, a* and b* of blue, green and red, in steps times 2¹².
#[inline(always)]
fn look_up(table: &[[i16; 8]], steps: [u32; 3]) -> [i32; 4] {
    let cells = steps.map(|step| (step >> 9) as usize);
    let [b, g, r] = steps.map(|step| ((step & 511) >> 5) as i32);
    // To the next colour in blue and in green, but for the last ones.
    let step = |cell: usize, step: usize| if cell < SIDE - 1 { step } else { 0 };
    let (next_b, next_g) = (step(cells[0], SIDE * SIDE), step(cells[1], SIDE));
    let at = (cells[0] * SIDE + cells[1]) * SIDE + cells[2];
    let mut sum = [1 << 11; 4];
    for (place, weight) in [
        (at, (16 - b) * (16 - g)),
        (at + next_g, (16 - b) * g),
        (at + next_b, b * (16 - g)),
        (at + next_b + next_g, b * g),
    ] {
        // Of 16 bits, so that the processor multiplies and adds eight at once.
        let (here, next) = ((weight * (16 - r)) as i16, (weight * r) as i16);
        let pairs = &table[place];
        for i in 0..4 {
            sum[i] += i32::from(pairs[2 * i]) * i32::from(here) + i32::from(pairs[2 * i + 1]) * i32::from(next);
        }
    }
    sum
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
