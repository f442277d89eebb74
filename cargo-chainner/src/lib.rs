//! The library behind `cargo chainner`.

pub mod wheel;
