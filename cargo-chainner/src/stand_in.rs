//! A stand-in for Python: a library with the names that a package's half for Python takes from the interpreter, so that the tool
//! can load that very half and ask it what it is. Nothing is behind the names; describing a package uses none of them.
//!
//! This is how `build` learns the schema from what is in the wheel, without compiling the package a second time.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result};
use sha2::{Digest as _, Sha256};

use crate::{compile, wheel::python_names};

/// Name of the library: on Windows, that is how the half for Python asks for it.
const NAME: &str = "python3";

/// Makes the stand-in for a library, or takes the one of an earlier build. `directory` is for such files of the tool.
///
/// # Errors
/// The names cannot be read from the library, or the compiler makes no stand-in.
pub fn make(library: &Path, directory: &Path) -> Result<PathBuf> {
    let bytes = fs::read(library).with_context(|| format!("cannot read `{}`", library.display()))?;
    let names = python_names(&bytes).context("the names that it takes from Python cannot be told")?;
    let source = source(&names);
    let digest: String = Sha256::digest(&source).iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    let place = directory.join(format!("stand-in-{digest}"));
    let finished = place.join(format!("{NAME}{}", env::consts::DLL_SUFFIX));
    if finished.is_file() {
        return Ok(finished);
    }
    fs::create_dir_all(&place)?;
    let work = tempfile::tempdir_in(&place)?;
    let (text, made) = (work.path().join("python3.rs"), work.path().join(finished.file_name().unwrap_or_default()));
    fs::write(&text, source)?;
    let mut rustc: Command = compile::rustc();
    rustc.args(["--crate-type", "cdylib", "--crate-name", NAME, "--edition", "2024", "-C", "strip=symbols", "-o"]);
    let output = rustc.arg(&made).arg(&text).output()?;
    anyhow::ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr).trim());
    fs::rename(&made, &finished)?;
    Ok(finished)
}

fn source(names: &[String]) -> String {
    let is_name = |name: &&String| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let mut text = String::from("#![allow(non_upper_case_globals)]\n");
    for name in names.iter().filter(is_name) {
        // Room for what is compared by address only; to call it ends the process.
        text += &format!("#[unsafe(no_mangle)]\npub static mut {name}: [usize; 64] = [0; 64];\n");
    }
    text
}
