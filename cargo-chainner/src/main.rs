//! `cargo chainner`: makes, checks, runs and packages chaiNNer node packages written in Rust.

fn main() {}
