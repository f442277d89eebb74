//! Exists because `links` (one SDK per dependency graph) needs a build script.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
}
