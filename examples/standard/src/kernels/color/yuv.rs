//! Brightness and two differences from it, as in analogue PAL television (ITU-R BT.470), with ½ for 0.

use crate::kernels::luma;

/// (V, U, Y) of a colour.
#[inline(always)]
pub fn of_bgr([b, g, r]: [f32; 3]) -> [f32; 3] {
    let y = luma::of(b, g, r);
    [0.877 * (r - y) + 0.5, 0.492 * (b - y) + 0.5, y]
}

/// The colour of (V, U, Y).
#[inline(always)]
pub fn to_bgr([v, u, y]: [f32; 3]) -> [f32; 3] {
    let (v, u) = (v - 0.5, u - 0.5);
    [y + 2.032 * u, y - 0.395 * u - 0.581 * v, y + 1.140 * v]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grey_has_no_differences_and_colours_come_back() {
        assert!(of_bgr([0.4; 3]).iter().zip([0.5, 0.5, 0.4]).all(|(a, b)| (a - b).abs() < 1e-6));
        let color = [0.2, 0.5, 0.9];
        assert!(to_bgr(of_bgr(color)).iter().zip(color).all(|(a, b)| (a - b).abs() < 1e-3));
    }
}
