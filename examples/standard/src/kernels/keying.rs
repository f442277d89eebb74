//! Which pixels are of a key colour: the difference matte (A. R. Smith, J. F. Blinn, *Blue Screen Matting*, SIGGRAPH 1996, calls the
//! problem by its name) and the map of three values that matting starts from (Y.-Y. Chuang et al., *A Bayesian Approach to Digital
//! Matting*, CVPR 2001): background, foreground, and what lies between.

use chainner_sdk::prelude::*;

use super::{
    map,
    morphology::{self, Extreme, Shape},
};

/// What an unknown pixel of a trimap is; 0 is background, 1 is foreground.
pub const UNKNOWN: f32 = 0.5;

/// Limits of a trimap.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// Pixels that differ no more than this from the key are background.
    pub background: f32,
    /// Pixels that differ more than this are foreground, also where they could be background.
    pub foreground: f32,
    /// How near to other pixels, in pixels, background is unknown after all.
    pub background_confusion: usize,
    /// The same of foreground.
    pub foreground_confusion: usize,
}

/// How far a pixel is from the key: the mean of the differences of its samples, 0..1.
#[inline(always)]
pub fn difference(pixel: [f32; 3], key: [f32; 3]) -> f32 {
    let [b, g, r] = [0, 1, 2].map(|i| (pixel[i] - key[i]).abs());
    (b + g + r) / 3.0
}

/// The image with an opacity: 1 where it differs from the key by more than `threshold`, else 0.
///
/// # Panics
/// When the image does not have three channels.
pub fn binary(image: ImageView<'_>, key: [f32; 3], threshold: f32) -> Image {
    map::pixels(image, move |pixel: [f32; 3]| {
        let alpha = if difference(pixel, key) > threshold { 1.0 } else { 0.0 };
        [pixel[0], pixel[1], pixel[2], alpha]
    })
}

/// What is background, foreground and unknown, as 0, 1 and [`UNKNOWN`].
///
/// # Panics
/// When the image does not have three channels.
pub fn trimap(image: ImageView<'_>, key: [f32; 3], limits: Limits) -> Image {
    let mask = |inside: bool, limit: f32| {
        map::pixels(image, move |pixel: [f32; 3]| [if (difference(pixel, key) > limit) == inside { 1.0 } else { 0.0 }])
    };
    let shrunk = |mask: Image, by: usize| match by {
        0 => mask,
        _ => morphology::filter(mask.view(), Extreme::Least, Shape::Circle, by, 1),
    };
    let background = shrunk(mask(false, limits.background), limits.background_confusion);
    let mut trimap = shrunk(mask(true, limits.foreground), limits.foreground_confusion);
    trimap.for_each_row(|y, row| {
        for (to, background) in row.iter_mut().zip(background.view().row(y)) {
            *to = if *to > 0.0 { 1.0 } else { UNKNOWN * (1.0 - background) };
        }
    });
    trimap
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A bright square on the key.
    fn square() -> Image {
        Image::from_pixels(31, 31, |x, y| {
            let inside = (10..21).contains(&x) && (10..21).contains(&y);
            if inside { Bgr { b: 1.0, g: 1.0, r: 1.0 } } else { Bgr { b: 0.3, g: 0.6, r: 0.5 } }
        })
    }

    const KEY: [f32; 3] = [0.3, 0.6, 0.5];

    #[test]
    fn what_is_near_the_key_is_transparent() {
        let keyed = binary(square().view(), KEY, 0.1);
        for (x, y, alpha) in [(0, 0, 0.0), (9, 15, 0.0), (10, 15, 1.0), (20, 20, 1.0), (21, 20, 0.0)] {
            assert_eq!(keyed.view().pixel(x, y)[3], alpha, "{x} {y}");
        }
        // (0.7 + 0.4 + 0.5) / 3 is 0.533.
        for (threshold, alpha) in [(0.53, 1.0), (0.54, 0.0)] {
            assert_eq!(binary(square().view(), KEY, threshold).view().pixel(15, 15)[3], alpha);
        }
    }

    #[test]
    fn confusion_widens_what_is_unknown() {
        let limits = |background_confusion, foreground_confusion| Limits {
            background: 0.1,
            foreground: 0.3,
            background_confusion,
            foreground_confusion,
        };
        let row = |limits: Limits| trimap(square().view(), KEY, limits).view().row(15).to_vec();
        let expected = |unknown: std::ops::Range<usize>, inside: std::ops::Range<usize>| -> Vec<f32> {
            (0..31)
                .map(|x| if inside.contains(&x) { 1.0 } else { if unknown.contains(&x) { UNKNOWN } else { 0.0 } })
                .collect()
        };
        assert_eq!(row(limits(0, 0)), expected(0..0, 10..21));
        assert_eq!(row(limits(2, 0)), expected(8..23, 10..21));
        assert_eq!(row(limits(0, 3)), expected(10..21, 13..18));
        let swapped = Limits { background: 0.9, foreground: 0.1, background_confusion: 0, foreground_confusion: 0 };
        assert_eq!(row(swapped), expected(0..0, 10..21));
    }
}
