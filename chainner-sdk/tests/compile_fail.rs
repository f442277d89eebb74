//! Every mistake has a message that says what is wrong, where, and what to do. One file a mistake, named after it.
//!
//! `TRYBUILD=overwrite cargo test -p chainner-sdk --test compile_fail` writes the messages anew; read them before you commit.

use std::process::Command;

/// The messages are partly the compiler's, whose words change between versions.
const WRITTEN_FOR: &str = "1.95";

#[test]
fn mistakes_are_compile_errors_on_their_own_token() {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let version = Command::new(rustc).arg("--version").output().expect("cargo runs tests where rustc is");
    let version = String::from_utf8_lossy(&version.stdout);
    if !version.starts_with(&format!("rustc {WRITTEN_FOR}.")) {
        eprintln!("skipped: the messages are those of rustc {WRITTEN_FOR}, and this is {}", version.trim());
        return;
    }
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
