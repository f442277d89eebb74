//! Darker corners.

use chainner_sdk::prelude::*;

use crate::{
    LIGHT,
    kernels::{cosine_fourth::CosineFourth, srgb::Srgb},
};

/// How the darkening falls off towards the corners.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
pub enum Shape {
    /// In circles, as a lens does.
    Round,
    /// Follows the proportions of the image.
    #[choice(label = "Oval (fit)")]
    Oval,
}

/// Darkens the corners of an image, as a fast lens does.
///
/// The centre is left as it is. Light falls off by the cos⁴ law, scaled so that the far corner loses the given number of stops.
#[node(id = "film_lab:light:vignette", group = LIGHT, icon = "MdVignette", see_also = ["film_lab:light:halation"])]
#[output(same_as = image)]
pub fn vignette(
    image: ImageView<'_>,
    /// Darkening of the far corner, in stops.
    #[input(default = 1.0, range = 0.0..=8.0, step = 0.1, unit = "EV", slider)]
    amount: f32,
    shape: Shape,
    /// How much wider than high the oval is, compared with the image.
    #[input(default = 1.0, range = 0.1..=10.0, step = 0.01, slider, scale = log, when(shape == Shape::Oval))]
    aspect: f32,
) -> Image {
    if amount == 0.0 {
        return image.to_image();
    }
    let (lens, srgb) = (CosineFourth::losing(amount), Srgb::tables());
    let [center_x, center_y] = [image.width(), image.height()].map(|size| (size as f32 - 1.0) / 2.0);
    let (across, down) = match shape {
        Shape::Round => (1.0, 1.0),
        Shape::Oval => (1.0 / (aspect * center_x.max(0.5).powi(2)), aspect / center_y.max(0.5).powi(2)),
    };
    let distance2 = |dx: f32, dy: f32| across * dx * dx + down * dy * dy;
    // An image of one pixel is all centre.
    let to_corner = 1.0 / distance2(center_x, center_y).max(f32::MIN_POSITIVE);
    image.map_colors(|x, y, sample| {
        let light = lens.light_at(distance2(x as f32 - center_x, y as f32 - center_y) * to_corner);
        srgb.encode(srgb.decode(sample) * light)
    })
}
