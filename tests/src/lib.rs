//! What the whole-system tests share: the built tool, Python environments, built wheels.
//!
//! Everything is made under the workspace's target directory and kept between runs.

mod environment;
mod package;
mod process;
mod tool;

pub use environment::{Environment, interpreters};
pub use package::quiet_package;
pub use process::{Run, run};
pub use tool::{example_wheels, film_lab_wheel, probe_wheel, root, schema_of, scratch, target_dir, tool};

/// The README's crate, compiled.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
