//! Compiling the author's package into a library of the system, with or without its Python half.

use std::{
    env,
    ffi::OsString,
    io::BufReader,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context as _, Result};
use cargo_metadata::{CrateType, Message};

use crate::{
    cli::CargoOptions,
    codes::Code,
    error::Failure,
    project::NodePackage,
    shell::{Shell, Verbosity},
};

/// What the library is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Half {
    /// To be loaded by the tool. Knows nothing of Python.
    Native,
    /// To be loaded by Python.
    Python,
}

/// Variables that would tie the library to the Python of this machine, or make pyo3 look for one.
const PYO3_VARIABLES: &[&str] = &["PYO3_PYTHON", "PYO3_CONFIG_FILE", "PYO3_ENVIRONMENT_SIGNATURE", "PYO3_CROSS"];

/// Compiles a package and returns the path of its library.
///
/// # Errors
/// Cargo fails; it has said why.
pub fn library(package: &NodePackage, half: Half, options: &CargoOptions, shell: &Shell) -> Result<PathBuf> {
    let mut cargo = command(package, half, options, shell)?;
    shell.detail("Running", format_args!("{cargo:?}"));
    let mut child = cargo
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| Failure::not_started(Path::new(cargo.get_program()), &error))?;
    let stdout = child.stdout.take().context("cargo has no output")?;
    let mut library = None;
    for message in Message::parse_stream(BufReader::new(stdout)) {
        if let Message::CompilerArtifact(artifact) = message?
            && artifact.package_id == package.package.id
            && artifact.target.crate_types.contains(&CrateType::CDyLib)
        {
            let suffix = env::consts::DLL_SUFFIX;
            library = artifact.filenames.into_iter().find(|file| file.as_str().ends_with(suffix)).or(library);
        }
    }
    let status = child.wait()?;
    if !status.success() {
        return Err(Failure::new(Code::CargoFailed, format!("package `{}` does not compile", package.name()))
            .help("correct what cargo says above")
            .into());
    }
    let library = library.ok_or_else(|| {
        Failure::new(Code::CargoFailed, format!("cargo made no library of package `{}`", package.name()))
            .help("remove `crate-type` and `[lib] …` settings from Cargo.toml that keep cargo from making one")
    })?;
    Ok(library.into_std_path_buf())
}

fn command(package: &NodePackage, half: Half, options: &CargoOptions, shell: &Shell) -> Result<Command> {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.arg("rustc").arg("--manifest-path").arg(&package.package.manifest_path);
    cargo.args(["--package", &package.package.id.repr, "--lib", "--crate-type", "cdylib"]);
    cargo.args(["--message-format", "json-render-diagnostics", "--color", shell.color().as_str()]);
    if shell.verbosity() == Verbosity::Quiet {
        cargo.arg("--quiet");
    }
    for (given, flag) in [(options.locked, "--locked"), (options.offline, "--offline"), (options.frozen, "--frozen")] {
        if given {
            cargo.arg(flag);
        }
    }
    if let Some(directory) = &options.target_dir {
        cargo.arg("--target-dir").arg(directory);
    }
    if let Some(jobs) = &options.jobs {
        cargo.args(["--jobs", jobs]);
    }
    if half == Half::Python {
        cargo.args(["--features", &format!("{}/python", package.sdk)]);
        cargo.env("PYO3_BUILD_EXTENSION_MODULE", "1").env("PYO3_NO_PYTHON", "1");
    }
    for variable in PYO3_VARIABLES {
        cargo.env_remove(variable);
    }
    if !options.debug {
        cargo.args(["--release", "--config", "profile.release.strip=\"symbols\""]);
        add_rustflags(&mut cargo, &remapping(package, options)?);
    }
    Ok(cargo)
}

/// Adds flags for rustc to those that the environment gives, which hide those of the configuration; else to the configuration.
fn add_rustflags(cargo: &mut Command, flags: &[String]) {
    const SEPARATOR: &str = "\x1f";
    let given = match (env::var("CARGO_ENCODED_RUSTFLAGS"), env::var("RUSTFLAGS")) {
        (Ok(encoded), _) => Some(encoded),
        (_, Ok(plain)) => Some(plain.split_whitespace().collect::<Vec<_>>().join(SEPARATOR)),
        _ => None,
    };
    match given {
        Some(given) => {
            let all: Vec<&str> = [given.as_str()].into_iter().chain(flags.iter().map(String::as_str)).collect();
            let all: Vec<&str> = all.into_iter().filter(|flag| !flag.is_empty()).collect();
            cargo.env("CARGO_ENCODED_RUSTFLAGS", all.join(SEPARATOR));
        }
        None => {
            // JSON strings without control characters are TOML strings.
            cargo.arg("--config").arg(format!("build.rustflags={}", serde_json::json!(flags)));
        }
    }
}

/// Flags that keep the paths of this machine out of the library. Of several prefixes that fit, rustc takes the last.
fn remapping(package: &NodePackage, options: &CargoOptions) -> Result<Vec<String>> {
    let target = options.target_dir.as_ref().unwrap_or(&package.target_directory);
    let prefixes = [
        (home(), "/home"),
        (cargo_home(), "/cargo"),
        (sysroot(package), "/rust"),
        (Some(package.workspace.clone()), "/package"),
        (env::current_dir().ok().map(|here| here.join(target)), "/target"),
    ];
    let mut flags = Vec::new();
    for (prefix, stand_in) in prefixes {
        let Some(prefix) = prefix else { continue };
        let real = prefix.canonicalize().ok().filter(|real| *real != prefix);
        for path in [Some(prefix), real].into_iter().flatten() {
            let path = path.to_str().with_context(|| format!("the path `{}` is not Unicode", path.display()))?;
            flags.push(format!("--remap-path-prefix={path}={stand_in}"));
        }
    }
    Ok(flags)
}

/// The paths that no wheel may hold.
pub fn local_paths(package: &NodePackage) -> Vec<PathBuf> {
    let given = [Some(package.workspace.clone()), Some(package.directory().to_owned()), cargo_home(), home()];
    let mut paths = Vec::new();
    for path in given.into_iter().flatten().filter(|path| path.components().count() > 1) {
        let real = path.canonicalize();
        paths.push(path);
        paths.extend(real);
    }
    paths.sort();
    paths.dedup();
    paths
}

fn home() -> Option<PathBuf> {
    env::home_dir().filter(|home| home.parent().is_some())
}

fn cargo_home() -> Option<PathBuf> {
    env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(home()?.join(".cargo")))
}

fn sysroot(package: &NodePackage) -> Option<PathBuf> {
    let rustc: OsString = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).args(["--print", "sysroot"]).current_dir(package.directory()).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let path = Path::new(text.trim());
    path.is_absolute().then(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_with_spaces_survive_in_the_configuration() {
        let mut cargo = Command::new("cargo");
        add_rustflags(&mut cargo, &["--remap-path-prefix=/a b=/c".to_owned()]);
        let arguments: Vec<_> = cargo.get_args().collect();
        if env::var_os("RUSTFLAGS").is_none() && env::var_os("CARGO_ENCODED_RUSTFLAGS").is_none() {
            assert_eq!(arguments, ["--config", "build.rustflags=[\"--remap-path-prefix=/a b=/c\"]"]);
        }
    }
}
