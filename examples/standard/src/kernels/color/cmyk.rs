//! Inks, without regard to what they really look like: black takes what the others have in common.

/// (Y, M, C, K) of a colour.
#[inline(always)]
pub fn of_bgr(color: [f32; 3]) -> [f32; 4] {
    let most = color[0].max(color[1]).max(color[2]);
    let share = if most > 0.0 { 1.0 / most } else { 0.0 };
    let [y, m, c] = color.map(|sample| 1.0 - sample * share);
    [y, m, c, 1.0 - most]
}

/// The colour of (Y, M, C, K).
#[inline(always)]
pub fn to_bgr([y, m, c, k]: [f32; 4]) -> [f32; 3] {
    [y, m, c].map(|ink| (1.0 - ink) * (1.0 - k))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn black_is_all_ink_and_colours_come_back() {
        assert_eq!(of_bgr([0.0; 3]), [1.0; 4]);
        assert_eq!(of_bgr([1.0; 3]), [0.0; 4]);
        let color = [0.2, 0.5, 0.9];
        assert!(to_bgr(of_bgr(color)).iter().zip(color).all(|(a, b)| (a - b).abs() < 1e-6));
    }
}
