//! Blending and compositing of colours.
//!
//! Source: W3C, *Compositing and Blending Level 1*: its chapter on blending for the formulas `B(Cb, Cs)` of the separable modes and for
//! how they meet opacity, its chapter on the Porter Duff operators for `source-atop`. Every function takes the backdrop's sample
//! first, then the source's, both 0..1.

use chainner_sdk::image::{Bgr, Bgra};

/// A blend formula: backdrop, source → result.
pub type Formula = fn(f32, f32) -> f32;

/// The source replaces the backdrop.
pub fn normal(_backdrop: f32, source: f32) -> f32 {
    source
}

/// Both darken, as two slides on one another.
pub fn multiply(backdrop: f32, source: f32) -> f32 {
    backdrop * source
}

/// Both brighten, as two projectors on one wall.
pub fn screen(backdrop: f32, source: f32) -> f32 {
    backdrop + source - backdrop * source
}

/// [`hard_light`] with the roles swapped.
pub fn overlay(backdrop: f32, source: f32) -> f32 {
    hard_light(source, backdrop)
}

/// The darker one.
pub fn darken(backdrop: f32, source: f32) -> f32 {
    backdrop.min(source)
}

/// The lighter one.
pub fn lighten(backdrop: f32, source: f32) -> f32 {
    backdrop.max(source)
}

/// The source lightens the backdrop, black leaves it alone.
pub fn color_dodge(backdrop: f32, source: f32) -> f32 {
    if backdrop == 0.0 {
        0.0
    } else if source == 1.0 {
        1.0
    } else {
        (backdrop / (1.0 - source)).min(1.0)
    }
}

/// The source darkens the backdrop, white leaves it alone.
pub fn color_burn(backdrop: f32, source: f32) -> f32 {
    if backdrop == 1.0 {
        1.0
    } else if source == 0.0 {
        0.0
    } else {
        1.0 - ((1.0 - backdrop) / source).min(1.0)
    }
}

/// [`multiply`] by a dark source, [`screen`] by a light one.
pub fn hard_light(backdrop: f32, source: f32) -> f32 {
    if source <= 0.5 { multiply(backdrop, 2.0 * source) } else { screen(backdrop, 2.0 * source - 1.0) }
}

/// A gentler [`hard_light`].
pub fn soft_light(backdrop: f32, source: f32) -> f32 {
    if source <= 0.5 {
        return backdrop - (1.0 - 2.0 * source) * backdrop * (1.0 - backdrop);
    }
    let lightened =
        if backdrop <= 0.25 { ((16.0 * backdrop - 12.0) * backdrop + 4.0) * backdrop } else { backdrop.sqrt() };
    backdrop + (2.0 * source - 1.0) * (lightened - backdrop)
}

/// How far the two are apart.
pub fn difference(backdrop: f32, source: f32) -> f32 {
    (backdrop - source).abs()
}

/// A gentler [`difference`].
pub fn exclusion(backdrop: f32, source: f32) -> f32 {
    backdrop + source - 2.0 * backdrop * source
}

/// The colour of a source laid on a backdrop of opacity `alpha` by `source-atop`, which keeps that opacity.
pub fn source_atop(backdrop: Bgr, alpha: f32, source: Bgra, formula: Formula) -> Bgr {
    let mix = |backdrop: f32, sample: f32| {
        let blended = (1.0 - alpha) * sample + alpha * formula(backdrop, sample);
        backdrop + source.a * (blended - backdrop)
    };
    Bgr { b: mix(backdrop.b, source.b), g: mix(backdrop.g, source.g), r: mix(backdrop.r, source.r) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_give_the_values_worked_out_by_hand() {
        let cases: &[(&str, Formula, f32, f32, f32)] = &[
            ("normal", normal, 0.2, 0.7, 0.7),
            ("multiply", multiply, 0.5, 0.4, 0.2),
            ("screen", screen, 0.5, 0.4, 0.7),
            ("overlay, dark backdrop", overlay, 0.25, 0.6, 0.3),
            ("overlay, light backdrop", overlay, 0.75, 0.6, 0.8),
            ("darken", darken, 0.3, 0.6, 0.3),
            ("lighten", lighten, 0.3, 0.6, 0.6),
            ("dodge", color_dodge, 0.25, 0.5, 0.5),
            ("dodge, black backdrop", color_dodge, 0.0, 1.0, 0.0),
            ("dodge, white source", color_dodge, 0.1, 1.0, 1.0),
            ("burn", color_burn, 0.75, 0.5, 0.5),
            ("burn, white backdrop", color_burn, 1.0, 0.0, 1.0),
            ("burn, black source", color_burn, 0.9, 0.0, 0.0),
            ("hard light, dark source", hard_light, 0.6, 0.25, 0.3),
            ("hard light, light source", hard_light, 0.6, 0.75, 0.8),
            ("soft light, dark source", soft_light, 0.5, 0.25, 0.375),
            ("soft light, light source, dark backdrop", soft_light, 0.25, 0.75, 0.375),
            ("soft light, light source, light backdrop", soft_light, 0.64, 0.75, 0.72),
            ("difference", difference, 0.3, 0.8, 0.5),
            ("exclusion", exclusion, 0.5, 0.8, 0.5),
        ];
        for &(name, formula, backdrop, source, expected) in cases {
            let result = formula(backdrop, source);
            assert!((result - expected).abs() < 1e-6, "{name}: {result}, not {expected}");
        }
    }

    #[test]
    fn opacity_of_source_and_backdrop_weigh_the_blend() {
        let backdrop = Bgr { b: 0.5, g: 0.5, r: 0.5 };
        let source = Bgra { b: 0.4, g: 0.4, r: 0.4, a: 0.5 };
        // Opaque backdrop: half of 0.5, half of 0.5 · 0.4.
        assert!((source_atop(backdrop, 1.0, source, multiply).g - 0.35).abs() < 1e-6);
        // Half-transparent one: the blend is half of 0.4 and half of 0.2.
        assert!((source_atop(backdrop, 0.5, source, multiply).g - 0.4).abs() < 1e-6);
        // Nothing there to blend with: the source as it is.
        assert!((source_atop(backdrop, 0.0, source, multiply).g - 0.45).abs() < 1e-6);
    }
}
