//! Positives of scanned negatives.

use chainner_sdk::prelude::*;

use crate::{
    EMULSION,
    kernels::negative::{self, Film},
};

/// How the colour of the film base is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
#[choice(style = tabs)]
pub enum Base {
    /// The lightest colour of the scan.
    Measured,
    /// A colour picked from the unexposed edge of the film.
    Picked,
}

/// Turns the scan of a colour negative into a positive.
///
/// The orange mask of the film base is divided out, and densities are turned back into light. The lightest parts become white.
#[node(id = "film_lab:emulsion:negative", name = "Develop Negative", group = EMULSION, icon = "MdInvertColors")]
#[output(same_as = scan)]
#[output(label = "Base", channels = 3, docs = "Colour of the film base, for the other frames of the roll.")]
#[output(
    label = "Density Range",
    docs = "Density between base and the densest part of the green layer. Well exposed negatives have 1 to 2."
)]
pub fn negative(
    /// The scan as it comes from the scanner, without its own inversion.
    #[input(channels = [3, 4])]
    scan: ImageView<'_>,
    base: Base,
    #[input(label = "Base color", channels = 3, default = Color::rgb(0.9, 0.62, 0.45), when(base == Base::Picked))]
    base_color: Color,
    /// How much the film's density grows with the light. Lower values give more contrast.
    #[input(default = 0.6, range = 0.2..=2.0, step = 0.01, slider, scale = log, ends = ("hard", "soft"))]
    gamma: f32,
    /// Makes the lightest parts white in each colour by itself. Switch it off where one colour fills the picture.
    #[input(default = true, icon = "MdWbAuto")]
    balance: bool,
) -> (Image, Color, f32) {
    let color = match base {
        Base::Measured => negative::base(scan),
        Base::Picked => base_color.bgr(),
    };
    let film = Film::new(scan, color, gamma, balance);
    let positive = scan.map_bgr(|_, _, color| film.positive(color));
    (positive, Color::rgb(color.r, color.g, color.b), film.density_range())
}
