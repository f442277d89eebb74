//! Write chaiNNer nodes as Rust functions.
//!
//! A node is a function with an attribute. Its inputs come from the arguments, its names from identifiers, its help from `///`:
//!
//! ```
//! use chainner_sdk::prelude::*;
//!
//! package! {
//!     name: "Film Lab",
//!     description: "Film grain, halation and vignettes.",
//!     icon: "MdCameraRoll",
//!     color: "#B7791F",
//!     categories: [FILM],
//! }
//!
//! pub const FILM: Category = Category::new("Film Lab", "Looks of photographic film.").icon("MdCameraRoll").color("#B7791F");
//! pub const LIGHT: Group = FILM.group("Light");
//!
//! /// How the darkening falls off towards the corners.
//! #[derive(Choice)]
//! pub enum Shape {
//!     Round,
//!     /// Follows the proportions of the image.
//!     #[choice(label = "Oval (fit)")]
//!     Oval,
//! }
//!
//! /// Darkens the corners of an image, as a fast lens does.
//! ///
//! /// The centre is left as it is.
//! #[node(id = "film_lab:light:vignette", group = LIGHT, icon = "MdVignette")]
//! #[output(same_as = image)]
//! pub fn vignette(
//!     image: ImageView<'_>,
//!     /// Darkening of the far corner, in stops.
//!     #[input(default = 1.0, range = 0.0..=8.0, step = 0.1, unit = "EV", slider)] amount: f32,
//!     shape: Shape,
//!     #[input(default = 1.0, range = 0.1..=10.0, slider, scale = log, when(shape == Shape::Oval))] aspect: f32,
//! ) -> Image {
//! #   let _ = (amount, shape, aspect);
//!     /* plain Rust */
//! #   Image::new(image.width(), image.height(), image.channels())
//! }
//! # fn main() {}
//! ```
//!
//! Nodes that make, fold or change a sequence are functions of iterators: [`sequence`].
//!
//! Nodes that tell their progress, can be stopped, or have settings take a [`context`].
//!
//! The keys of the attributes are listed in the [reference](mod@reference), and at [`node`](macro@node), [`package!`] and
//! [`Choice`](macro@declare::Choice).

pub mod context;
pub mod declare;
pub mod enforce;
pub mod image;
pub mod library;
pub mod node;
pub mod parallel;
#[doc = include_str!("../docs/porting.md")]
pub mod porting {}
pub mod prelude;
#[doc = include_str!("../docs/reference.md")]
pub mod reference {}
pub mod registry;
pub mod schema;
pub mod sequence;
#[cfg(feature = "testing")]
pub mod testing;
pub mod value;

mod error;
mod function;
mod input;
mod key;
mod output;
mod panic;
#[cfg(feature = "python")]
#[doc(hidden)]
pub mod python;
mod threads;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;

pub use chainner_sdk_macros::{node, output, package};
pub use error::{ErrorKind, Mismatch, NodeError};
pub use input::{DefaultInput, ImageOrColor, NodeInput, NumberInput, OptionalInput};
pub use output::{NodeFailure, NodeOutput, NodeReturn, Returned};
