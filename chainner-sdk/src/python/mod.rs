//! The pyo3 half: translates between Python's values and [`Value`](crate::value::Value), nothing more.
//!
//! It makes the module `_native` of the wheel, with `call(node_id, *values)` and the facts the Python side needs. Enforcement,
//! panics and messages are those of the one pipeline.

mod arguments;
mod array;
mod module;
mod object;
mod results;

pub use module::init;
