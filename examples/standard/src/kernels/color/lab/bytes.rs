//! CIE L*a*b* in 8 bits each of linear colours in 8 bits each (ISO/CIE 11664-4), in whole numbers as OpenCV computes it: L* times 2.55, a*
//! and b* plus 128.

use std::sync::LazyLock;

use super::{FROM_XYZ, TO_XYZ, WHITE};

/// Bits behind the point of a matrix.
const MATRIX_BITS: u32 = 12;
/// Bits of a sample that look-ups add.
const SAMPLE_BITS: u32 = 3;
/// Bits of the result of a look-up.
const ROOT_BITS: u32 = MATRIX_BITS + SAMPLE_BITS;
/// XYZ to L*a*b*.
static ROOTS: LazyLock<Vec<i32>> = LazyLock::new(|| {
    let root = |i: usize| {
        let x = i as f64 / f64::from(255 << SAMPLE_BITS);
        let root = if x < 0.008856 { x * 7.787 + 16.0 / 116.0 } else { x.cbrt() };
        (root * f64::from(1 << ROOT_BITS)).round_ties_even() as i32
    };
    (0..(256 * 3 / 2) << SAMPLE_BITS).map(root).collect()
});
/// Linear red, green and blue to X, Y and Z, of white 1 each.
static TO_WHITE: LazyLock<[[i32; 3]; 3]> = LazyLock::new(|| {
    [0, 1, 2].map(|i| TO_XYZ[i].map(|part| (part / WHITE[i] * f64::from(1 << MATRIX_BITS)).round_ties_even() as i32))
});

fn descale(value: i32, bits: u32) -> i32 {
    (value + (1 << (bits - 1))) >> bits
}

/// L*, a* and b* of blue, green and red.
pub fn of_bgr([b, g, r]: [u8; 3]) -> [u8; 3] {
    let [b, g, r] = [b, g, r].map(|sample| i32::from(sample) << SAMPLE_BITS);
    let [x, y, z] =
        TO_WHITE.map(|[by_r, by_g, by_b]| ROOTS[descale(r * by_r + g * by_g + b * by_b, MATRIX_BITS) as usize]);
    let l = descale(296 * y - ((16 * 255 * (1 << ROOT_BITS) + 50) / 100), ROOT_BITS);
    let a = descale(500 * (x - y) + (128 << ROOT_BITS), ROOT_BITS);
    let b = descale(200 * (y - z) + (128 << ROOT_BITS), ROOT_BITS);
    [l, a, b].map(|part| part.clamp(0, 255) as u8)
}

/// Blue, green and red of L*, a* and b*; rounded down, as OpenCV does: white is 254.
pub fn to_bgr([l, a, b]: [u8; 3]) -> [u8; 3] {
    let (l, a, b) = (f32::from(l) * (100.0 / 255.0), f32::from(a) - 128.0, f32::from(b) - 128.0);
    let (y, root) = if l <= 8.0 {
        (l / 903.3, 7.787 * (l / 903.3) + 16.0 / 116.0)
    } else {
        let root = (l + 16.0) / 116.0;
        (root * root * root, root)
    };
    let cube = |root: f32| if root <= 6.0 / 29.0 { (root - 16.0 / 116.0) / 7.787 } else { root * root * root };
    let [x, z] = [cube(root + a / 500.0) * WHITE[0] as f32, cube(root - b / 200.0) * WHITE[2] as f32];
    let [r, g, b] = FROM_XYZ.map(|[by_x, by_y, by_z]| {
        let most = (1 << MATRIX_BITS) as f32;
        let linear = ((x * by_x + y * by_y + z * by_z) * most).round_ties_even().clamp(0.0, most - 1.0);
        (linear * 255.0 / most) as u8
    });
    [b, g, r]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back_is_nearly_the_same() {
        for i in 0..4096_usize {
            let bgr = [i % 16 * 17, i / 16 % 16 * 17, i / 256 * 17].map(|sample| sample as u8);
            let back = to_bgr(of_bgr(bgr));
            // A step of L*a*b* is several of a dark colour.
            assert!(bgr.iter().zip(back).all(|(from, to)| from.abs_diff(to) <= 8), "{bgr:?} {back:?}");
        }
    }

    #[test]
    fn known_colours_have_their_numbers() {
        assert_eq!(of_bgr([0, 0, 0]), [0, 128, 128]);
        assert_eq!(of_bgr([255, 255, 255]), [255, 128, 128]);
        // Linear red has L* 53.2, a* 80.1, b* 67.2.
        assert_eq!(of_bgr([0, 0, 255]), [136, 208, 195]);
        assert_eq!(to_bgr([255, 128, 128]), [254; 3]);
    }
}
