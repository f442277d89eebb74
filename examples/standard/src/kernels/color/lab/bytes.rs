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
/// Bits behind the point of X, Y, Z and their roots, on the way back.
const BITS: u32 = 14;
/// As a number of so many bits, 1.
const ONE: i32 = 1 << BITS;
/// The least root of a colour in 8 bits is not less than this; nor is the largest from it on more than this many.
const LEAST_ROOT: i32 = -ONE / 2;
const ROOT_COUNT: i32 = 9 * ONE / 4;

/// XYZ to L*a*b*.
static ROOTS: LazyLock<Vec<i32>> = LazyLock::new(|| {
    let root = |i: usize| {
        let x = i as f64 / f64::from(255 << SAMPLE_BITS);
        let root = if x < 216.0 / 24389.0 { x * 841.0 / 108.0 + 16.0 / 116.0 } else { x.cbrt() };
        (f64::from(root as f32) * f64::from(1 << ROOT_BITS)).round_ties_even() as i32
    };
    (0..(256 * 3 / 2) << SAMPLE_BITS).map(root).collect()
});
/// Linear red, green and blue to X, Y and Z, of white 1 each.
static TO_WHITE: LazyLock<[[i32; 3]; 3]> = LazyLock::new(|| {
    [0, 1, 2].map(|i| TO_XYZ[i].map(|part| (part / WHITE[i] * f64::from(1 << MATRIX_BITS)).round_ties_even() as i32))
});
/// And back.
static FROM_WHITE: LazyLock<[[i32; 3]; 3]> = LazyLock::new(|| {
    let rounded = |part: f64| (part * f64::from(1 << MATRIX_BITS)).round_ties_even() as i32;
    FROM_XYZ.map(|row| [0, 1, 2].map(|i| rounded(f64::from(row[i]) * WHITE[i])))
});
/// Y and its root of each L*.
static LIGHTNESS: LazyLock<[[i32; 2]; 256]> = LazyLock::new(|| {
    std::array::from_fn(|level| {
        let l = level as f64 / 2.55;
        let root = (l + 16.0) / 116.0;
        let parts = if l <= 8.0 {
            let y = l * 27.0 / 24389.0;
            [y, y * 841.0 / 108.0 + 16.0 / 116.0]
        } else {
            [root * root * root, root]
        };
        parts.map(|part| (part * f64::from(ONE)).round_ties_even() as i32)
    })
});
/// X or Z of each root from [`LEAST_ROOT`] on.
static CUBES: LazyLock<Vec<i32>> = LazyLock::new(|| {
    let cube = |root: i32| {
        // Each division drops the rest, as that of the app does.
        if root <= 6 * ONE / 29 {
            root * 108 / 841 - ONE * 16 / 116 * 108 / 841
        } else {
            (root * root / ONE * root) / ONE
        }
    };
    (LEAST_ROOT..LEAST_ROOT + ROOT_COUNT).map(cube).collect()
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
    let [y, root] = LIGHTNESS[usize::from(l)];
    // Measured: of a*, a factor of 13 more bits, and a 64th more; b* is a step more than its definition.
    let by_a = ((i32::from(a) * ((ONE << 13) / 500) + (1 << 7)) >> 13) - 128 * ONE / 500;
    let by_b = i32::from(b) * ONE / 200 - 128 * ONE / 200 + 1;
    let [x, z] = [root + by_a, root - by_b].map(|root| CUBES[(root - LEAST_ROOT) as usize]);
    let most = (1 << MATRIX_BITS) - 1;
    let [r, g, b] = FROM_WHITE.map(|[by_x, by_y, by_z]| {
        let linear = descale(x * by_x + y * by_y + z * by_z, BITS).clamp(0, most);
        ((linear * 255) >> MATRIX_BITS) as u8
    });
    [b, g, r]
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAB: [([u8; 3], [u8; 3]); 8] = [
        ([0, 27, 176], [139, 174, 192]),
        ([1, 15, 203], [136, 188, 190]),
        ([0, 46, 63], [127, 125, 184]),
        ([207, 21, 45], [118, 179, 56]),
        ([60, 46, 205], [161, 173, 140]),
        ([222, 149, 10], [192, 103, 98]),
        ([24, 85, 110], [165, 126, 167]),
        ([159, 122, 67], [185, 119, 112]),
    ];
    const BGR: [([u8; 3], [u8; 3]); 12] = [
        ([60, 69, 12], [227, 25, 0]),
        ([140, 69, 130], [53, 83, 0]),
        ([14, 128, 128], [1, 1, 1]),
        ([200, 20, 240], [0, 208, 0]),
        ([54, 169, 178], [0, 0, 39]),
        ([27, 44, 117], [5, 8, 0]),
        ([104, 211, 131], [29, 0, 160]),
        ([110, 113, 163], [5, 37, 29]),
        ([146, 57, 179], [4, 93, 0]),
        ([183, 226, 189], [16, 5, 254]),
        ([81, 89, 160], [1, 24, 0]),
        ([160, 170, 207], [0, 45, 222]),
    ];

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
    fn all_roots_have_cubes() {
        for level in 0..=255 {
            [0, 255].iter().flat_map(|a| [0, 255].map(|b| [level, *a, b])).for_each(|lab| _ = to_bgr(lab));
        }
    }

    #[test]
    fn rounding_is_that_of_the_app() {
        // Recorded from OpenCV 4.8.
        for (bgr, lab) in LAB {
            assert_eq!(of_bgr(bgr), lab, "{bgr:?}");
        }
        for (lab, bgr) in BGR {
            assert_eq!(to_bgr(lab), bgr, "{lab:?}");
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
