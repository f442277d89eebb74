//! `cargo chainner`: makes, checks, runs and packages chaiNNer node packages written in Rust.

use std::process::ExitCode;

fn main() -> ExitCode {
    cargo_chainner::main()
}
