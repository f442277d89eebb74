//! The library behind `cargo chainner`.
