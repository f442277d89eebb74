//! Navi, the type language of [chaiNNer](https://chainner.app).
//!
//! In chaiNNer every input and output of a node has a type: a set of values, written as an expression that may depend on
//! the types of other inputs. From these types the application knows which connections are possible, what sizes images
//! will have, and what to tell the user when something does not fit. This crate reads, checks, evaluates and prints them
//! as the application does.
//!
//! * A **value** is a number, a string or a struct. A [`Type`] is a set of values; `1 | 2` is a type as `int` is.
//! * An **expression** is parsed by [`parse_expression`], or by [`Expression::from_json`] from the form it has in a
//!   node's schema. A document of definitions is parsed by [`parse_definitions`].
//! * A [`Scope`] knows what names mean and evaluates expressions: [`Scope::builtin`] has Navi's own names,
//!   [`host::scope`] those of chaiNNer too. [`Scope::check`] finds unknown names that evaluation would not come across.
//! * The module [`host`] has what chaiNNer does with types: which edges can be connected, and what a whole node makes of
//!   the types of its inputs.
//!
//! ```
//! use chainner_navi::{Type, host};
//!
//! let image = host::scope().instance("Image", [("width", Type::number(640.0)), ("height", Type::number(480.0))])?;
//! let scope = host::scope().child().parameter("Input0", image)?.parameter("Input1", Type::integers(1.0, 3.0)?)?.build();
//! let scaled = scope.evaluate_text("Image { width: Input0.width * Input1, height: Input0.height * Input1 }")?;
//! assert_eq!(
//!     scaled.to_string(),
//!     "Image { width: 640 | 1280 | 1920, height: 480 | 960 | 1440, channels: int(1..inf) }"
//! );
//! # Ok::<(), chainner_navi::Error>(())
//! ```
//!
//! Errors are values with a [`Span`], and draw it:
//!
//! ```
//! let text = "Image { width: Input0.width, hieght: 1 }";
//! let error = chainner_navi::host::scope().evaluate_text(text).unwrap_err();
//! assert_eq!(
//!     error.caret(text),
//!     "the struct `Image` has no field `hieght`\n\
//!      Image { width: Input0.width, hieght: 1 }\n\
//!      \u{20}                            ^^^^^^\n\
//!      did you mean `height`?"
//! );
//! ```
//!
//! No text and no expression makes this crate panic or run for ever: texts nested too deeply and evaluations that take
//! too long are errors of kind [`ErrorKind::Limit`], endless recursion is one of kind [`ErrorKind::Cyclic`].
//!
//! # Features
//!
//! `regex` (default): `regexReplace` and `regexFind` look into literal texts. Without it they answer what they can answer
//! at most, `string | Error`.

mod builtin;
mod check;
mod decimal;
mod error;
mod eval;
pub mod host;
mod json;
mod lexer;
mod numbers;
mod parser;
mod print;
mod scope;
mod span;
mod strings;
mod structs;
mod suggest;
mod syntax;
mod text;
mod token;
mod types;

pub use error::{Error, ErrorKind, Result};
pub use numbers::{NumberItem, NumberSet};
pub use parser::{parse_definitions, parse_expression};
pub use scope::{NameKind, Scope, ScopeBuilder};
pub use span::Span;
pub use strings::{StringItem, StringSet};
pub use structs::{Instance, StructDefinition, StructSet};
pub use suggest::suggest;
pub use syntax::{Arm, Definition, DefinitionKind, Expression, ExpressionKind, Literal, Name};
pub use text::Text;
pub use types::Type;
