//! `sdist`: a source distribution from which the wheel can be built anywhere (PEP 517, PEP 625, PEP 643).
//!
//! The package stands at the root of the archive, the crates that it depends on by path below `LOCAL_CRATES`; their manifests
//! are rewritten so that nothing outside the archive is needed but the registry, and Cargo.lock holds the very versions of the
//! checkout. What was packed is unpacked again and resolved by cargo before the archive gets its name; `--verify` also builds
//! the wheel from it.
//!
//! | file | noun |
//! |---|---|
//! | `local_crate.rs` | the crates that are on this machine only, and their files |
//! | `manifest.rs` | Cargo.toml, rewritten to stand alone |
//! | `lock.rs` | Cargo.lock, cut down to what the archive needs |
//! | `archive.rs` | the tar file |

mod archive;
mod local_crate;
mod lock;
mod manifest;

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::Result;
use serde_json::json;
use sha2::{Digest as _, Sha256};

use crate::{
    build::{in_words, place, size, wheel_failure},
    cli::{CargoOptions, SdistArgs},
    codes::{Code, Exit},
    error::{Failure, Stopped},
    manifest as facts, project,
    project::NodePackage,
    shell::{Level, Shell, Verbosity},
    wheel::Timestamp,
};
use archive::Entry;
use local_crate::LocalCrate;

/// Directory of the crates that stand outside of the package.
const LOCAL_CRATES: &str = "local-crates";

/// Makes the source distribution of a package.
///
/// # Errors
/// The package cannot stand alone, or the file cannot be written.
pub fn run(args: &SdistArgs, manifest: Option<&Path>, shell: &Shell) -> Result<()> {
    let package = project::one(args.package.package.as_deref(), manifest, &args.cargo)?;
    let out = match &args.out {
        Some(out) => out.clone(),
        None => crate::build::from_here(&project::root(manifest, &args.cargo)?.join("dist")),
    };
    let metadata = facts::metadata(&package).map_err(in_words)?;
    let timestamp = Timestamp::from_source_date_epoch(facts::source_date_epoch().as_deref()).map_err(wheel_failure)?;
    let stem = format!("{}-{}", metadata.name.file_component(), metadata.version);

    let crates = local_crate::all(&package, &args.cargo)?;
    let mut entries = Vec::new();
    for local in &crates {
        entries.extend(local.entries()?);
    }
    add_information(&package, &metadata, &mut entries, shell)?;

    // The lock of the checkout also knows what other packages of the workspace need.
    let lock = lock::of(&package, &stem, &entries, &args.cargo, shell)?;
    entries.retain(|entry| entry.path != lock::FILE);
    entries.push(Entry::text(lock::FILE, lock));
    entries.sort_by(|one, other| one.path.cmp(&other.path));
    check_paths(&entries, &package)?;

    let bytes = archive::write(&stem, &entries, timestamp)?;
    let unpacked = temporary_directory()?;
    archive::unpack(&bytes, unpacked.path())?;
    let root = unpacked.path().join(&stem);
    lock::check(&root, &args.cargo)?;
    if args.verify {
        rebuild(&package, &root, &args.cargo, shell)?;
    }

    let file_name = format!("{stem}.tar.gz");
    let path = place(&bytes, &out, &file_name)?;
    let digest: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    let vendored = match crates.len() - 1 {
        0 => String::new(),
        1 => ", with 1 local crate".to_owned(),
        count => format!(", with {count} local crates"),
    };
    shell.status(
        "Packaged",
        format_args!("{file_name} ({}, {} files{vendored}, sha256 {digest})", size(bytes.len() as u64), entries.len()),
    );
    let keys = || json!({"path": path, "sha256": digest, "size": bytes.len()});
    Ok(shell.result("chainner-artifact", keys, format_args!("{}\n", path.display()))?)
}

/// PKG-INFO, and the files that the package takes from its workspace.
fn add_information(
    package: &NodePackage,
    metadata: &crate::wheel::Metadata,
    entries: &mut Vec<Entry>,
    shell: &Shell,
) -> Result<()> {
    for license in &metadata.license_files {
        if !entries.iter().any(|entry| entry.path == license.path) {
            entries.push(Entry { path: license.path.clone(), executable: false, contents: license.contents.clone() });
        }
    }
    // What `package!` asks for is known when it is compiled.
    let information = metadata.render_with_dynamic(&["Requires-Dist"]).map_err(wheel_failure)?;
    entries.push(Entry::text("PKG-INFO", information));
    if !entries.iter().any(|entry| entry.path == "pyproject.toml") {
        shell.message(
            Level::Warning,
            Some(Code::SdistPyproject),
            &format!("package `{}` has no `pyproject.toml`, so that pip cannot build from its sources", package.name()),
            &[],
            Some("add the `pyproject.toml` that `cargo chainner new` writes; if there is one, `include` of Cargo.toml leaves it out"),
        );
    }
    Ok(())
}

/// Nothing in the manifests leads out of the archive or to this machine.
fn check_paths(entries: &[Entry], package: &NodePackage) -> Result<()> {
    let paths = crate::compile::local_paths(package);
    for entry in entries.iter().filter(|entry| entry.path.ends_with("Cargo.toml") || entry.path == "PKG-INFO") {
        let text = String::from_utf8_lossy(&entry.contents);
        if let Some(path) = paths.iter().find(|path| text.contains(&*path.to_string_lossy())) {
            let message = format!("`{}` would name the directory `{}` of this machine", entry.path, path.display());
            return Err(Failure::new(Code::SdistManifest, message)
                .help("write paths relative to the manifest, or take them out")
                .into());
        }
    }
    Ok(())
}

/// Builds the wheel from the unpacked archive, in a target directory beside that of the checkout.
fn rebuild(package: &NodePackage, root: &Path, options: &CargoOptions, shell: &Shell) -> Result<()> {
    shell.status("Verifying", format_args!("{} v{}", package.name(), package.package.version));
    let target = options.target_dir.as_ref().unwrap_or(&package.target_directory);
    let target = env::current_dir()?.join(target).join("chainner-sdist");
    let mut tool = Command::new(env::current_exe()?);
    tool.args(["build", "--locked"]).arg("--out").arg(root.join("dist")).arg("--target-dir").arg(&target);
    if options.offline || options.frozen {
        tool.arg("--offline");
    }
    if options.debug {
        tool.arg("--debug");
    }
    if let Some(jobs) = &options.jobs {
        tool.args(["--jobs", jobs]);
    }
    match shell.verbosity() {
        Verbosity::Quiet => tool.arg("--quiet"),
        Verbosity::Normal => &mut tool,
        Verbosity::Verbose => tool.arg("--verbose"),
    };
    tool.args(["--color", shell.color().as_str()]);
    tool.current_dir(root).stdin(Stdio::null()).stdout(Stdio::null());
    let status = tool.status().map_err(|error| Failure::not_started(Path::new(tool.get_program()), &error))?;
    if status.success() {
        return Ok(());
    }
    let failure = Failure::new(
        Code::SdistRebuild,
        format!("package `{}` does not build from its source distribution", package.name()),
    )
    .help("`cargo package --list` shows which files are taken; files outside of the package's directory are not");
    shell.message(Level::Error, Some(failure.code), &failure.message, &[], failure.help.as_deref());
    Err(Stopped(Exit::Failure).into())
}

/// A path with `/`, whatever the system.
fn slashed(path: &Path) -> String {
    path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// Reads a text file, or says which.
fn read_text(path: &Path) -> Result<String> {
    Ok(fs::read_to_string(path).map_err(|error| Failure::unreadable(path, &error))?)
}

/// A directory that goes when it is no longer used.
fn temporary_directory() -> Result<tempfile::TempDir> {
    Ok(tempfile::tempdir().map_err(|error| Failure::unwritable(&env::temp_dir(), &error))?)
}

/// Cargo, as the one that started the tool.
fn cargo() -> Command {
    Command::new(crate::compile::cargo_program())
}

/// The directory without `..` and links.
fn canonical(path: &Path) -> Result<PathBuf> {
    Ok(path.canonicalize().map_err(|error| Failure::unreadable(path, &error))?)
}

/// A crate by the directory it stands in.
fn find<'a>(crates: &'a [LocalCrate], directory: &Path) -> Option<&'a LocalCrate> {
    crates.iter().find(|local| local.directory == directory)
}
