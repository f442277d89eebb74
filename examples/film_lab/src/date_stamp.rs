//! The caption of a date back.

use chainner_sdk::prelude::*;

use crate::{
    PRINT,
    kernels::{box_blur, dot_matrix, dot_matrix::Caption, glow, srgb::Srgb},
};

/// Where the caption stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
#[choice(style = anchor)]
#[allow(missing_docs, reason = "places need no words")]
pub enum Place {
    TopLeft,
    Top,
    TopRight,
    Left,
    Center,
    Right,
    BottomLeft,
    Bottom,
    #[choice(default)]
    BottomRight,
}

/// Exposes a caption on the film, as the date back of a compact camera does.
///
/// Letters, digits and common signs are shown as dots, all letters as capitals.
#[node(id = "film_lab:print:date_stamp", group = PRINT, icon = "MdDateRange", see_also = ["film_lab:print:roll"])]
#[output(same_as = image)]
pub fn date_stamp(
    #[input(channels = [1, 3, 4])] image: ImageView<'_>,
    #[input(default = "'98 10 24", length = 0..=60, placeholder = "'98 10 24", allow_empty)] text: &str,
    place: Place,
    /// Height of the caption, of the height of the image; less if it would not fit the width.
    #[input(default = 4, range = 1..=50, unit = "%", slider, scale = log)]
    size: u32,
    /// Distance from the edges, of the height of the image.
    #[input(default = 5.0, range = 0.0..=50.0, step = 0.5, unit = "%")]
    margin: f32,
    /// Colour of the light-emitting dots.
    #[input(default = Color::rgb(1.0, 0.45, 0.1), channels = 3)]
    color: Color,
    /// Lets the dots shine into the film around them.
    #[input(default = true, icon = "MdLightMode")]
    glow: bool,
) -> Image {
    let caption = Caption::new(text);
    let (width, height) = (image.width() as f32, image.height() as f32);
    let margin = height * margin / 100.0;
    // A caption too wide for the image is set smaller.
    let widest = (width - 2.0 * margin).max(0.0) / caption.columns().max(1) as f32;
    let pitch = (height * size as f32 / 100.0 / dot_matrix::ROWS as f32).min(widest);
    let (wide, high) = (caption.columns() as f32 * pitch, dot_matrix::ROWS as f32 * pitch);
    let (across, down) = place.shares();
    let (left, top) = (margin + across * (width - 2.0 * margin - wide), margin + down * (height - 2.0 * margin - high));

    // The part of the image that any light of the caption falls on.
    let reach = if glow { pitch * GLOW_REACH } else { 1.0 };
    let clip = |from: f32, size: f32, limit: f32| {
        let [start, end] = [from - reach, from + size + reach].map(|edge| edge.clamp(0.0, limit).round() as usize);
        start..end
    };
    let (columns, rows) = (clip(left, wide, width), clip(top, high, height));
    if pitch == 0.0 || text.is_empty() || columns.is_empty() || rows.is_empty() {
        return image.to_image();
    }

    let dot = |i: usize| {
        let (x, y) = (columns.start + i % columns.len(), rows.start + i / columns.len());
        caption.coverage(x as f32 + 0.5 - left, y as f32 + 0.5 - top, pitch)
    };
    let dots: Vec<f32> = (0..columns.len() * rows.len()).map(dot).collect();
    let shine = glow.then(|| box_blur::blur(dots.clone(), columns.len(), pitch * GLOW_REACH / 3.0));

    let srgb = Srgb::tables();
    let light = srgb.decode_color(color.bgr());
    image.map_bgr(|x, y, color| {
        if !columns.contains(&x) || !rows.contains(&y) {
            return color;
        }
        let i = (y - rows.start) * columns.len() + x - columns.start;
        let shine = shine.as_ref().map_or(0.0, |shine| shine[i]);
        if dots[i] == 0.0 && shine == 0.0 {
            return color;
        }
        let Bgr { b, g, r } = srgb.decode_color(color);
        let exposed = |film: f32, light: f32| {
            let lit = glow::expose(film, shine * light);
            lit + (light - lit) * dots[i]
        };
        srgb.encode_color(Bgr { b: exposed(b, light.b), g: exposed(g, light.g), r: exposed(r, light.r) })
    })
}

/// How far dots shine, in distances of dots.
const GLOW_REACH: f32 = 4.0;

impl Place {
    /// How much of the free space is left of the caption, and above it.
    fn shares(&self) -> (f32, f32) {
        let across = match self {
            Self::TopLeft | Self::Left | Self::BottomLeft => 0.0,
            Self::Top | Self::Center | Self::Bottom => 0.5,
            Self::TopRight | Self::Right | Self::BottomRight => 1.0,
        };
        let down = match self {
            Self::TopLeft | Self::Top | Self::TopRight => 0.0,
            Self::Left | Self::Center | Self::Right => 0.5,
            Self::BottomLeft | Self::Bottom | Self::BottomRight => 1.0,
        };
        (across, down)
    }
}
