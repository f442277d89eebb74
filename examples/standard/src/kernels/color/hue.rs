//! Hues: A. R. Smith, *Color Gamut Transform Pairs* (SIGGRAPH 1978).

use multiversion::multiversion;

/// Red, green or blue of a pure colour, whose hue is given in turns, 0..1; `shift` is 0, 4 and 2 sixths for the three.
#[inline(always)]
pub fn channel(turns: f32, shift: f32) -> f32 {
    let sixth = turns * 6.0 + shift;
    let sixth = sixth - (sixth * (1.0 / 6.0)).floor() * 6.0;
    ((sixth - 3.0).abs() - 1.0).clamp(0.0, 1.0)
}

/// The hue of a colour in turns, 0..1; 0 for grey.
#[inline(always)]
pub fn turns([b, g, r]: [f32; 3]) -> f32 {
    let most = b.max(g).max(r);
    let spread = most - b.min(g).min(r);
    let share = if spread > 0.0 { 1.0 / spread } else { 0.0 };
    let sixth = if most == r {
        (g - b) * share
    } else if most == g {
        (b - r) * share + 2.0
    } else {
        (r - g) * share + 4.0
    };
    (if sixth < 0.0 { sixth + 6.0 } else { sixth }) * (1.0 / 6.0)
}

/// (V, S, H) of a colour.
#[inline(always)]
pub fn to_hsv(color: [f32; 3]) -> [f32; 3] {
    let most = color[0].max(color[1]).max(color[2]);
    let least = color[0].min(color[1]).min(color[2]);
    let saturation = if most > 0.0 { (most - least) / most } else { 0.0 };
    [most, saturation, turns(color)]
}

/// The colour of (V, S, H).
#[inline(always)]
pub fn of_hsv([value, saturation, hue]: [f32; 3]) -> [f32; 3] {
    [2.0, 4.0, 0.0].map(|shift| value * (1.0 - saturation + saturation * channel(hue, shift)))
}

/// (L, S, H) of a colour.
#[inline(always)]
pub fn to_hsl(color: [f32; 3]) -> [f32; 3] {
    let most = color[0].max(color[1]).max(color[2]);
    let least = color[0].min(color[1]).min(color[2]);
    let room = if most + least < 1.0 { most + least } else { 2.0 - most - least };
    let saturation = if most > least { (most - least) / room } else { 0.0 };
    [(most + least) * 0.5, saturation, turns(color)]
}

/// The colour of (L, S, H).
#[inline(always)]
pub fn of_hsl([lightness, saturation, hue]: [f32; 3]) -> [f32; 3] {
    let chroma = (1.0 - (2.0 * lightness - 1.0).abs()) * saturation;
    [2.0, 4.0, 0.0].map(|shift| lightness + chroma * (channel(hue, shift) - 0.5))
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
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn colours_come_back(b in 0.0..=1.0_f32, g in 0.0..=1.0_f32, r in 0.0..=1.0_f32) {
            for back in [of_hsv(to_hsv([b, g, r])), of_hsl(to_hsl([b, g, r]))] {
                prop_assert!(back.iter().zip([b, g, r]).all(|(a, b)| (a - b).abs() < 2e-6), "{back:?}");
            }
        }
    }

    #[test]
    fn grey_has_no_hue() {
        assert_eq!(to_hsv([0.25; 3]), [0.25, 0.0, 0.0]);
        assert_eq!(to_hsl([1.0; 3]), [1.0, 0.0, 0.0]);
        assert_eq!(to_hsv([0.0; 3]), [0.0, 0.0, 0.0]);
    }

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
