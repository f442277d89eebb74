//! Hue and saturation of the double hexcone model (HLS).
//!
//! G. H. Joblove and D. Greenberg, *Color Spaces for Computer Graphics* (1978). Lightness is the middle between the largest and the
//! smallest component, saturation says how far these are apart of what the lightness allows. A change of saturation scales the
//! differences to the lightness; hue turns around the hexagon. Everything is written without branches, so that it vectorises.

#![allow(clippy::manual_clamp, reason = "`clamp` keeps NaN, and does not vectorise as well")]

/// A change of colours.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HueAndSaturation {
    /// In sixths of a turn, 0..6.
    turn: f32,
    /// Factor of the saturation.
    saturation: f32,
    /// Black and white mixed in: what a component is multiplied by, and what is added.
    mix: [f32; 2],
}

impl HueAndSaturation {
    /// From a turn in degrees, and changes of saturation and lightness, −1..1 each.
    pub fn new(degrees: f32, saturation: f32, lightness: f32) -> Self {
        let mix = if lightness < 0.0 { [1.0 + lightness, 0.0] } else { [1.0 - lightness, lightness] };
        Self { turn: degrees.rem_euclid(360.0) / 60.0, saturation: 1.0 + saturation, mix }
    }

    /// Whether only the lightness changes.
    pub fn is_only_lightness(self) -> bool {
        self.turn == 0.0 && self.saturation == 1.0
    }

    /// A component with another lightness.
    #[inline(always)]
    pub fn lightened(self, sample: f32) -> f32 {
        sample * self.mix[0] + self.mix[1]
    }

    /// The new colour of a pixel.
    #[inline(always)]
    pub fn turned(self, [b, g, r]: [f32; 3]) -> [f32; 3] {
        let (most, least) = (b.max(g).max(r), b.min(g).min(r));
        let (chroma, twice) = (most - least, most + least);
        // What the lightness allows; 0 for black and white, which stay.
        let room = if twice < 1.0 { twice } else { 2.0 - twice };
        let saturated = (chroma * self.saturation).min(room.max(chroma));
        let lightness = twice * 0.5;
        // Greys have no hue; any will do.
        let scale = 1.0 / if chroma > f32::EPSILON { chroma } else { 1.0 };
        let on_red = (g - b) * scale;
        let on_green = (b - r) * scale + 2.0;
        let on_blue = (r - g) * scale + 4.0;
        let sixth = if most == r {
            on_red
        } else if most == g {
            on_green
        } else {
            on_blue
        };
        let hue = sixth + self.turn;
        let half = saturated * 0.5;
        let component = |offset: f32| {
            // Distance from the component's own hue, around the hexagon: within 0..6, then 0..3.
            let at = hue + offset;
            let at = if at < 0.0 { at + 6.0 } else { at };
            let at = if at >= 6.0 { at - 6.0 } else { at };
            let at = if at >= 6.0 { at - 6.0 } else { at };
            let away = at.min(6.0 - at);
            lightness + half * (3.0 - 2.0 * away).max(-1.0).min(1.0)
        };
        [component(2.0), component(4.0), component(0.0)].map(|sample| self.lightened(sample.max(0.0).min(1.0)))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The model as it is usually written down: to hue, lightness and saturation, and back.
    fn plain([b, g, r]: [f64; 3], degrees: f64, saturation: f64, lightness: f64) -> [f64; 3] {
        let (most, least) = (b.max(g).max(r), b.min(g).min(r));
        let (c, l) = (most - least, (most + least) / 2.0);
        let s = if c == 0.0 { 0.0 } else { c / (1.0 - (2.0 * l - 1.0).abs()) };
        let h = if c == 0.0 {
            0.0
        } else if most == r {
            60.0 * (g - b) / c
        } else if most == g {
            60.0 * (b - r) / c + 120.0
        } else {
            60.0 * (r - g) / c + 240.0
        };
        let (h, s) = ((h + degrees).rem_euclid(360.0), (s * (1.0 + saturation)).min(1.0));
        let c = (1.0 - (2.0 * l - 1.0).abs()) * s;
        let x = c * (1.0 - ((h / 60.0).rem_euclid(2.0) - 1.0).abs());
        let [r, g, b] = match h {
            h if h < 60.0 => [c, x, 0.0],
            h if h < 120.0 => [x, c, 0.0],
            h if h < 180.0 => [0.0, c, x],
            h if h < 240.0 => [0.0, x, c],
            h if h < 300.0 => [x, 0.0, c],
            _ => [c, 0.0, x],
        };
        [b, g, r].map(|component| {
            let component = component + l - c / 2.0;
            if lightness < 0.0 { component * (1.0 + lightness) } else { component + (1.0 - component) * lightness }
        })
    }

    proptest! {
        #[test]
        fn fast_and_plain_changes_agree(
            color in prop::array::uniform3(0.0_f32..=1.0),
            degrees in -180.0_f32..=180.0, saturation in -1.0_f32..=1.0, lightness in -1.0_f32..=1.0,
        ) {
            let fast = HueAndSaturation::new(degrees, saturation, lightness).turned(color);
            let plain = plain(color.map(f64::from), degrees.into(), saturation.into(), lightness.into());
            for (fast, plain) in fast.iter().zip(plain) {
                prop_assert!((f64::from(*fast) - plain).abs() < 1e-5, "{color:?}: {fast} instead of {plain}");
            }
        }
    }

    #[test]
    fn greys_stay_and_primaries_turn() {
        let turn = HueAndSaturation::new(120.0, 1.0, 0.0);
        for gray in [0.0, 0.3, 1.0] {
            assert_eq!(turn.turned([gray; 3]), [gray; 3]);
        }
        assert_eq!(HueAndSaturation::new(120.0, 0.0, 0.0).turned([0.0, 0.0, 1.0]), [0.0, 1.0, 0.0]);
        assert_eq!(HueAndSaturation::new(-120.0, 0.0, 0.0).turned([0.0, 0.0, 1.0]), [1.0, 0.0, 0.0]);
    }
}
