//! Compiling the author's package into a library of the system, with or without its Python half.
//!
//! The two halves never disturb each other, nor what cargo itself compiles: the half without Python is an ordinary build of the
//! package, in the very directory and with the very flags of `cargo build`; the half for Python has a directory of its own below
//! it, so that neither its features nor its flags nor its file names meet those of anything else.
//!
//! | file | noun |
//! |---|---|
//! | `target.rs` | systems and machines to compile for |
//! | `linker.rs` | who links for them |
//! | `flags.rs` | flags for rustc, those of the configuration included |
//! | `paths.rs` | directories of this machine, which no wheel may name |

mod flags;
mod linker;
mod paths;
mod target;

use std::{
    collections::BTreeSet,
    env, fs,
    io::BufReader,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context as _, Result};
use cargo_metadata::{CrateType, Message, PackageId};

use crate::{
    cli::CargoOptions,
    codes::Code,
    error::Failure,
    project::NodePackage,
    shell::{Shell, Verbosity},
};

pub use linker::{Linker, require_standard_libraries};
pub use paths::local_paths;
pub(crate) use paths::rustc;
pub use target::Target;

/// What the library is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Half {
    /// To be loaded by the tool. Knows nothing of Python.
    Native,
    /// To be loaded by Python.
    Python,
}

/// A library that cargo made.
#[derive(Debug, Clone)]
pub struct Built {
    /// The file.
    pub library: PathBuf,
    /// The packages that were compiled for it, itself, macros and build scripts included.
    pub packages: BTreeSet<PackageId>,
}

/// Directory for the halves for Python, below that of cargo.
const DIRECTORY: &str = "chainner";

/// Compiles a package for this machine and returns the path of its library.
///
/// # Errors
/// Cargo fails; it has said why.
pub fn library(package: &NodePackage, half: Half, options: &CargoOptions, shell: &Shell) -> Result<PathBuf> {
    match half {
        Half::Native => {
            let mut cargo = Command::new(cargo_program());
            cargo.arg("rustc");
            add_options(&mut cargo, package, options, shell);
            if let Some(directory) = &options.target_dir {
                cargo.arg("--target-dir").arg(directory);
            }
            Ok(compiled(cargo, package, shell)?.library)
        }
        Half::Python => Ok(library_for(package, &Target::host()?, &Linker::Cargo, options, shell)?.library),
    }
}

/// Compiles the half of a package that Python loads.
///
/// # Errors
/// Cargo fails; it has said why. The configuration of cargo cannot be read.
pub fn library_for(
    package: &NodePackage,
    target: &Target,
    linker: &Linker,
    options: &CargoOptions,
    shell: &Shell,
) -> Result<Built> {
    let mut cargo = linker.cargo();
    add_options(&mut cargo, package, options, shell);
    cargo.arg("--target-dir").arg(directory(package, options)?);
    cargo.args(["--target", &linker.target(target)]);
    cargo.args(["--features", &format!("{}/python", package.sdk)]);
    if !options.debug {
        cargo.args(["--config", "profile.release.strip=\"symbols\""]);
    }
    let own = flags::for_python(package, target, options)?;
    cargo.env("CARGO_ENCODED_RUSTFLAGS", flags::with_those_given(package, target, &own)?);
    // What would tie the library to the Python of this machine, or make pyo3 compile anew when another one is active.
    for (name, _) in env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("PYO3_")) {
        cargo.env_remove(name);
    }
    cargo.env("PYO3_BUILD_EXTENSION_MODULE", "1").env("PYO3_NO_PYTHON", "1");
    const DEPLOYMENT_TARGET: &str = "MACOSX_DEPLOYMENT_TARGET";
    if let Some(version) = target.deployment_target().filter(|_| env::var_os(DEPLOYMENT_TARGET).is_none()) {
        cargo.env(DEPLOYMENT_TARGET, version);
    }
    compiled(cargo, package, shell)
}

/// Directory in which the halves for Python are compiled. It has one name, however it was given: flags for rustc name it, and cargo
/// compiles anew when flags change.
///
/// # Errors
/// It cannot be made.
pub fn directory(package: &NodePackage, options: &CargoOptions) -> Result<PathBuf> {
    let target = options.target_dir.as_ref().unwrap_or(&package.target_directory);
    let directory = env::current_dir()?.join(target).join(DIRECTORY);
    let made = fs::create_dir_all(&directory).and_then(|()| directory.canonicalize());
    Ok(made.map_err(|error| Failure::unwritable(&directory, &error))?)
}

/// Cargo, as the one that started the tool.
pub(crate) fn cargo_program() -> std::ffi::OsString {
    env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

/// What both halves are compiled with.
fn add_options(cargo: &mut Command, package: &NodePackage, options: &CargoOptions, shell: &Shell) {
    cargo.arg("--manifest-path").arg(&package.package.manifest_path);
    cargo.args(["--package", &package.package.id.repr, "--lib", "--crate-type", "cdylib"]);
    cargo.args(["--message-format", "json-render-diagnostics", "--color", shell.color().as_str()]);
    if shell.verbosity() == Verbosity::Quiet {
        cargo.arg("--quiet");
    }
    let given = [
        (options.locked, "--locked"),
        (options.offline, "--offline"),
        (options.frozen, "--frozen"),
        (!options.debug, "--release"),
    ];
    cargo.args(given.into_iter().filter(|(given, _)| *given).map(|(_, flag)| flag));
    if let Some(jobs) = &options.jobs {
        cargo.args(["--jobs", jobs]);
    }
}

/// Runs cargo and finds the library among what it made.
fn compiled(mut cargo: Command, package: &NodePackage, shell: &Shell) -> Result<Built> {
    shell.detail("Running", format_args!("{cargo:?}"));
    let mut child = cargo
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| Failure::not_started(Path::new(cargo.get_program()), &error))?;
    let stdout = child.stdout.take().context("cargo has no output")?;
    let mut library = None;
    let mut fresh = 0_usize;
    let mut made: Vec<String> = Vec::new();
    let mut packages = BTreeSet::new();
    for message in Message::parse_stream(BufReader::new(stdout)) {
        let Message::CompilerArtifact(artifact) = message? else { continue };
        packages.insert(artifact.package_id.clone());
        match artifact.fresh {
            true => fresh += 1,
            false => made.push(artifact.target.name.clone()),
        }
        if artifact.package_id == package.package.id && artifact.target.crate_types.contains(&CrateType::CDyLib) {
            let is_library = |file: &Path| {
                file.extension().is_some_and(|extension| ["so", "dylib", "dll"].iter().any(|known| extension == *known))
            };
            library = artifact.filenames.into_iter().find(|file| is_library(file.as_std_path())).or(library);
        }
    }
    let status = child.wait()?;
    if !status.success() {
        return Err(Failure::new(Code::CargoFailed, format!("package `{}` does not compile", package.name()))
            .help("correct what cargo says above")
            .into());
    }
    shell.detail("Compiled", format_args!("{} of {} crates {}", made.len(), made.len() + fresh, made.join(" ")));
    let library = library.ok_or_else(|| {
        Failure::new(Code::CargoFailed, format!("cargo made no library of package `{}`", package.name()))
            .help("remove `crate-type` and `[lib] …` settings from Cargo.toml that keep cargo from making one")
    })?;
    Ok(Built { library: library.into_std_path_buf(), packages })
}
