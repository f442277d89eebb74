//! Write chaiNNer nodes as Rust functions.

pub mod library;
