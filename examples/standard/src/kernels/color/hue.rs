//! Hues: A. R. Smith, *Color Gamut Transform Pairs* (SIGGRAPH 1978).

use multiversion::multiversion;

/// Red, green or blue of a pure colour, whose hue is given in turns, 0..1; `shift` is 0, 4 and 2 sixths for the three.
#[inline(always)]
pub fn channel(turns: f32, shift: f32) -> f32 {
    let sixth = turns * 6.0 + shift;
    let sixth = sixth - (sixth * (1.0 / 6.0)).floor() * 6.0;
    ((sixth - 3.0).abs() - 1.0).clamp(0.0, 1.0)
}

/// Writes the pure colour (B, G, R) of each hue in turns, 0..1.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
pub fn pure_colors(turns: &[f32], to: &mut [f32]) {
    for (pixel, turns) in to.as_chunks_mut::<3>().0.iter_mut().zip(turns) {
        *pixel = [channel(*turns, 2.0), channel(*turns, 4.0), channel(*turns, 0.0)];
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn hues_go_from_red_over_green_and_blue() {
        let turns = [0.0, 1.0 / 6.0, 1.0 / 3.0, 0.5, 2.0 / 3.0, 5.0 / 6.0, 0.25, 1.0];
        let mut pixels = [9.0; 24];
        super::pure_colors(&turns, &mut pixels);
        let expected = [
            [0.0, 0.0, 1.0],
            [0.0, 1.0, 1.0],
            [0.0, 1.0, 0.0],
            [1.0, 1.0, 0.0],
            [1.0, 0.0, 0.0],
            [1.0, 0.0, 1.0],
            [0.0, 1.0, 0.5],
            [0.0, 0.0, 1.0],
        ];
        for (pixel, expected) in pixels.as_chunks::<3>().0.iter().zip(expected) {
            assert!(pixel.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-5), "{pixel:?} {expected:?}");
        }
    }
}
