//! Sequences: nodes that make items, fold them, or turn one sequence into another.
//!
//! The types of a function say what sort of node it is:
//!
//! | argument | returned | node |
//! |---|---|---|
//! | | [`Generator<T>`] | makes a sequence |
//! | [`Items<T>`] | outputs | folds a sequence |
//! | [`Items<T>`] | [`Generator<T>`] | turns one sequence into another |
//!
//! ```
//! use chainner_sdk::prelude::*;
//! # const FILM: Category = Category::new("Film Lab", "Looks of photographic film.");
//! # const ROLL: Group = FILM.group("Roll");
//!
//! /// The same image, darker step by step.
//! #[node(id = "film_lab:roll:bracket", group = ROLL, length = "$steps")]
//! pub fn bracket(image: Image, #[input(range = 1..=16, default = 3)] steps: u32) -> Generator<Image> {
//!     let darker = (0..steps).map(move |step| image.view().map_colors(|_, _, sample| sample / (step + 1) as f32));
//!     Generator::new(steps as usize, darker)
//! }
//!
//! /// The brightest of all.
//! #[node(id = "film_lab:roll:brightest", group = ROLL)]
//! pub fn brightest(amounts: Items<f32>) -> f32 {
//!     amounts.fold(0.0, f32::max)
//! }
//!
//! let steps = bracket(Image::new(4, 3, 1), 2);
//! assert_eq!(steps.count(), 2);
//! assert_eq!(brightest([0.5, 0.75].into_iter().collect()), 0.75);
//! ```
//!
//! The host steps a sequence on its event loop, so the work is done elsewhere: what reads [`Items`] and what makes the items of a
//! [`Generator`] runs on a thread of its own, at most [`AHEAD`] items ahead of the host. [`Node::start`](crate::node::Node::start)
//! gives the handle that the host steps; dropping it ends the thread with its next item.

mod exchange;
mod generator;
mod item_type;
mod items;
mod kept;
mod run;
mod whole;

pub use exchange::AHEAD;
pub use generator::{Generated, Generator, IntoItem, Sequence};
pub use item_type::ItemType;
pub use items::{Item, ItemFn, Items, SequenceItem};
pub use run::{CollectorRun, GeneratorRun, Run, Step, TransformerRun};

pub(crate) use exchange::Exchange;
pub(crate) use kept::Kept;
pub(crate) use run::{collector, generator, transformer};
pub(crate) use whole::{Streamed, Whole};
