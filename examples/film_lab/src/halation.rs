//! The glow around lights.

use chainner_sdk::{image::for_each_row, prelude::*};

use crate::{
    LIGHT,
    kernels::{box_blur, glow, srgb::Srgb},
};

/// Lets highlights glow, as they do on film without an anti-halation layer.
///
/// Strong light goes through the film, is thrown back by its base and exposes it once more from behind: around lights, and along
/// edges against the sky, a red-orange glow appears. A grayscale image glows without the tint.
#[node(id = "film_lab:light:halation", group = LIGHT, icon = "MdFlare", see_also = ["film_lab:light:vignette"])]
#[output(same_as = image)]
pub fn halation(
    ctx: &Context,
    #[input(channels = [1, 3, 4])] image: ImageView<'_>,
    /// Strength of the glow.
    #[input(default = 100.0, range = 0.0..=300.0, step = 1.0, unit = "%", slider)]
    amount: f32,
    /// How far the glow reaches.
    #[input(default = 16.0, range = 0.5..=500.0, step = 0.5, unit = "px", slider, scale = log)]
    radius: f32,
    /// Brightness from which on light is thrown back.
    #[input(default = 70.0, range = 0.0..=100.0, step = 1.0, unit = "%", slider, gradient = ["#000000", "#FFFFFF"])]
    threshold: f32,
    /// Colour of the glow.
    #[input(default = Color::rgb(1.0, 0.35, 0.12), channels = 3)]
    tint: Color,
) -> Result<Image, Aborted> {
    if amount == 0.0 {
        return Ok(image.to_image());
    }
    let srgb = Srgb::tables();
    let threshold = srgb.decode(threshold / 100.0);
    let thrown_back: Vec<f32> = thrown_back(image, threshold);
    ctx.progress(0.2)?;
    // The blur reaches two standard deviations before it is too faint to see.
    let spread = box_blur::blur(thrown_back.clone(), image.width(), radius / 2.0);
    ctx.progress(0.6)?;

    let strength = GAIN * amount / 100.0;
    let tint = if image.channels() == 1 { Color::WHITE } else { tint };
    let tint = srgb.decode_color(tint.bgr()).map(|light| light * strength);
    Ok(image.map_bgr(|x, y, color| {
        let i = y * image.width() + x;
        // Where the light came from it is white already: only what went beyond shows.
        let beyond = (spread[i] - thrown_back[i]).max(0.0);
        let Bgr { b, g, r } = srgb.decode_color(color);
        srgb.encode_color(Bgr {
            b: glow::expose(b, tint.b * beyond),
            g: glow::expose(g, tint.g * beyond),
            r: glow::expose(r, tint.r * beyond),
        })
    }))
}

/// How much stronger lights are than the white they are clipped to in an image.
const GAIN: f32 = 2.0;

/// For each pixel the light that the base throws back.
fn thrown_back(image: ImageView<'_>, threshold: f32) -> Vec<f32> {
    let (srgb, channels) = (Srgb::tables(), image.channels());
    let mut plane = vec![0.0; image.width() * image.height()];
    for_each_row(&mut plane, image.width(), |y, row| {
        for (light, pixel) in row.iter_mut().zip(image.row(y).chunks_exact(channels)) {
            let luminance = match *pixel {
                [b, g, r, ..] => srgb.decode_color(Bgr { b, g, r }).luma(),
                [gray, ..] => srgb.decode(gray),
                [] => 0.0,
            };
            *light = glow::thrown_back(luminance, threshold);
        }
    });
    plane
}
