//! Tests of nodes, with everything checked that their declarations promise.
//!
//! A node is an ordinary function and can be called as one. Called through this module it goes the way of the app instead: unset
//! inputs have the values of a new node, values are rounded, clamped and refused as declared, and **what comes out is compared with
//! the declared type of each output**, evaluated for the very values that went in. An image that is 801 wide where the type says 800
//! is a failure, and so is each item of a sequence, and a sequence of another length than its declaration says.
//!
//! In Cargo.toml:
//!
//! ```toml
//! [dependencies]
//! chainner-sdk = "0.1"
//!
//! [dev-dependencies]
//! chainner-sdk = { version = "0.1", features = ["testing"] }
//! ```
//!
//! The feature brings the evaluator of types along, which is why it is one: as a dev-dependency it never reaches a wheel.
//!
//! ```
//! use chainner_sdk::{prelude::*, testing};
//! # const FILM: Category = Category::new("Film Lab", "Looks of photographic film.");
//! # const PRINT: Group = FILM.group("Print");
//!
//! /// Puts an image on a mat.
//! #[node(id = "film_lab:print:mat", group = PRINT)]
//! #[output(width = image.width + 2 * border, height = image.height + 2 * border)]
//! pub fn mat(image: ImageView<'_>, #[input(default = 10, range = 0..=100)] border: u32) -> Image {
//!     let (border, channels) = (border as usize, image.channels());
//!     let (width, height) = (image.width() + 2 * border, image.height() + 2 * border);
//!     Image::from_rows(width, height, channels, |y, row| {
//!         row.fill(1.0);
//!         if (border..border + image.height()).contains(&y) {
//!             row[border * channels..][..image.width() * channels].copy_from_slice(image.row(y - border));
//!         }
//!     })
//! }
//!
//! let photo = Image::new(640, 480, 3);
//! let framed = testing::node("mat").set("image", &photo).set("border", 2).call();
//! assert_eq!(framed.image("Image").width(), 644);
//! ```
//!
//! A node that breaks its declaration fails the test, with both sides shown:
//!
//! ```
//! # use chainner_sdk::{prelude::*, testing};
//! # const FILM: Category = Category::new("Film Lab", "Looks of photographic film.");
//! # const PRINT: Group = FILM.group("Print");
//! #[node(id = "film_lab:print:trim", group = PRINT)]
//! #[output(same_as = image)]
//! pub fn trim(image: ImageView<'_>) -> Image {
//!     Image::new(image.width() + 1, image.height(), image.channels())
//! }
//!
//! let failure = testing::node("trim").set("image", &Image::new(800, 600, 3)).try_call().unwrap_err();
//! assert_eq!(
//!     failure.to_string(),
//!     "Trim breaks its declaration:\n\
//!      output 'Image' is declared as Image { width: 800, height: 600, channels: 3 }, \
//!      but the node returned Image { width: 801, height: 600, channels: 3 }"
//! );
//! ```
//!
//! Sequences are given and come back item by item:
//!
//! ```
//! # use chainner_sdk::{prelude::*, testing};
//! # const FILM: Category = Category::new("Film Lab", "Looks of photographic film.");
//! # const PRINT: Group = FILM.group("Print");
//! /// Counts the frames.
//! #[node(id = "film_lab:print:count", group = PRINT)]
//! pub fn count(frames: Items<Image>) -> u32 {
//!     frames.map(|_| 1).sum()
//! }
//!
//! let frames = [Image::new(4, 3, 1), Image::new(3, 4, 3)];
//! let counted = testing::node("count").item(|item| item.set("frames", &frames[0])).item(|item| item.set("frames", &frames[1]));
//! assert_eq!(counted.call().number("Number"), 2.0);
//! ```
//!
//! `cargo chainner test` does the same with cases that it makes of the declaration, in a process of its own, and looks for more:
//! values out of range, changed inputs, results that differ from call to call. The [guide] has all of it.

#[doc = include_str!("guide.md")]
pub mod guide {}

mod call;
mod given;
mod known;
mod results;
mod types;

pub use call::{ItemValues, NodeTest, TestFailure, node};
pub use given::Given;
pub use known::Known;
pub use results::Results;
pub use types::{Breach, KnownInputs, NodeTypes, OutputTypes};
