//! Looks of photographic film, as nodes for chaiNNer.
//!
//! A roll goes through this package as through a lab: light falls on it ([`vignette`], [`halation`], [`double_exposure`]), the
//! emulsion answers ([`film_stock`], [`grain`], [`negative`]), and it is printed and filed ([`date_stamp`], [`roll`]). Each node is
//! an ordinary function in a file of its own; what it computes with is in [`kernels`].

use chainner_sdk::prelude::*;

pub mod kernels;

pub mod date_stamp;
pub mod double_exposure;
pub mod film_stock;
pub mod grain;
pub mod halation;
pub mod negative;
pub mod roll;
pub mod vignette;

package! {
    name: "Film Lab",
    description: "Film grain, halation and vignettes.",
    icon: "MdCameraRoll",
    color: "#B7791F",
    categories: [FILM],
    groups: [LIGHT, EMULSION, PRINT],
}

/// The accordion of the app's node list.
pub const FILM: Category =
    Category::new("Film Lab", "Looks of photographic film.").icon("MdCameraRoll").color("#B7791F");
/// What the lens and the light do.
pub const LIGHT: Group = FILM.group("Light");
/// What the film makes of it.
pub const EMULSION: Group = FILM.group("Emulsion");
/// What happens to the print.
pub const PRINT: Group = FILM.group("Print");

/// The examples of the README, as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
