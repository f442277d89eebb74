//! A package of one node outside of the workspace.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{root, target_dir};

const SOURCE: &str = "\
use chainner_sdk::prelude::*;

package! {
    name: \"Quiet\",
    description: \"One node.\",
    icon: \"MdSpeed\",
    color: \"#777777\",
    categories: [QUIET],
}

const QUIET: Category = Category::new(\"Quiet\", \"One node.\").icon(\"MdSpeed\");
const ALL: Group = QUIET.group(\"All\");

/// Adds two numbers.
#[node(id = \"quiet:all:add\", group = ALL)]
pub fn add(a: f64, b: f64) -> f64 {
    a + b
}
";

/// The directory of a package `quiet`, kept between runs so that cargo has little to do, with the SDK of this checkout.
///
/// # Panics
/// When it cannot be made.
pub fn quiet_package(name: &str) -> PathBuf {
    let directory = target_dir().join("system").join(name);
    let sdk = root().canonicalize().expect("the checkout").join("chainner-sdk");
    let manifest = format!(
        "[package]\nname = \"quiet\"\nversion = \"0.1.0\"\nedition = \"2024\"\nlicense = \"MIT\"\ndescription = \"One node.\"\n\n\
         [dependencies]\nchainner-sdk = {{ path = {sdk:?} }}\n\n[workspace]\n"
    );
    fs::create_dir_all(directory.join("src")).expect("directories can be made");
    if !directory.join("Cargo.lock").exists() {
        // The versions that are at hand.
        fs::copy(root().join("Cargo.lock"), directory.join("Cargo.lock")).expect("the lock can be copied");
    }
    write_if_other(&directory.join("src/lib.rs"), SOURCE);
    write_if_other(&directory.join("Cargo.toml"), &manifest);
    directory
}

/// A file that is as it should be keeps its time.
fn write_if_other(path: &Path, text: &str) {
    if fs::read_to_string(path).ok().as_deref() != Some(text) {
        fs::write(path, text).expect("files can be written");
    }
}
