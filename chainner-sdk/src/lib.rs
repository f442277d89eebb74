//! Write chaiNNer nodes as Rust functions.
//!
//! ```
//! use chainner_sdk::prelude::*;
//!
//! let image = Image::new(2, 2, 3);
//! assert_eq!(image.to_string(), "RGB image 2×2");
//! ```

pub mod declare;
pub mod enforce;
pub mod image;
pub mod library;
pub mod node;
pub mod prelude;
pub mod registry;
pub mod schema;
pub mod value;

mod error;
mod function;
mod input;
mod key;
mod output;
mod panic;
mod parallel;
#[cfg(feature = "python")]
#[doc(hidden)]
pub mod python;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;

pub use chainner_sdk_macros::{node, output, package};
pub use error::{ErrorKind, Mismatch, NodeError};
pub use input::{DefaultInput, ImageOrColor, NodeInput, NumberInput, OptionalInput};
pub use output::{NodeFailure, NodeOutput, NodeReturn};
