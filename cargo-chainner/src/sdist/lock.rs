//! Cargo.lock of the archive: the versions of the checkout, and no others.

use std::{
    collections::BTreeSet,
    fs,
    path::Path,
    process::{Command, Output},
};

use anyhow::{Context as _, Result};
use toml_edit::DocumentMut;

use super::{archive, archive::Entry, cargo, read_text};
use crate::{
    cli::CargoOptions,
    codes::Code,
    error::Failure,
    project::NodePackage,
    shell::{Level, Shell},
    wheel::Timestamp,
};

/// Name of the file.
pub(super) const FILE: &str = "Cargo.lock";

/// The lock of the workspace, without what the archive does not need.
pub(super) fn of(
    package: &NodePackage,
    stem: &str,
    entries: &[Entry],
    options: &CargoOptions,
    shell: &Shell,
) -> Result<String> {
    let lock = package.workspace.join(FILE);
    let before = if lock.is_file() { Some(read_text(&lock)?) } else { None };
    if before.is_none() {
        if options.locked || options.frozen {
            let message = format!("there is no `{}` to keep to", lock.display());
            return Err(Failure::new(Code::SdistLock, message).help("run `cargo generate-lockfile`").into());
        }
        let message = "there is no `Cargo.lock`: the source distribution gets the newest versions of today";
        shell.message(
            Level::Warning,
            Some(Code::SdistLock),
            message,
            &[],
            Some("run `cargo generate-lockfile`, and commit the file"),
        );
    }
    let directory = super::temporary_directory()?;
    archive::unpack(&archive::write(stem, entries, Timestamp::default())?, directory.path())?;
    let root = directory.path().join(stem);
    if let Some(before) = &before {
        let copy = root.join(FILE);
        fs::write(&copy, before).map_err(|error| Failure::unwritable(&copy, &error))?;
    }
    // First without the network: everything is at hand when the package has been built here.
    let mut output = resolved(&root, &["--offline"])?;
    if !output.status.success() && !options.offline && !options.frozen {
        output = resolved(&root, &[])?;
    }
    if !output.status.success() {
        return Err(refused(&output, "the versions that the source distribution needs cannot be found"));
    }
    let after = read_text(&root.join(FILE))?;
    if let Some(before) = before {
        let (before, after) = (packages(&before)?, packages(&after)?);
        // Crates of this machine have no source; their versions are those of their manifests.
        if let Some((name, version, _)) = after.difference(&before).find(|(_, _, source)| source.is_some()) {
            let message = format!("`Cargo.lock` is out of date: it lacks `{name}` {version}");
            return Err(Failure::new(Code::SdistLock, message)
                .help("run `cargo check`, which brings it up to date")
                .into());
        }
    }
    Ok(after)
}

/// Cargo finds everything in the archive or in its lock.
pub(super) fn check(root: &Path, options: &CargoOptions) -> Result<()> {
    let mut output = resolved(root, &["--locked", "--offline"])?;
    if !output.status.success() && !options.offline && !options.frozen {
        output = resolved(root, &["--locked"])?;
    }
    if output.status.success() {
        return Ok(());
    }
    Err(refused(&output, "the source distribution does not stand alone"))
}

/// Resolves the dependencies below a directory. Nothing is downloaded but the index.
fn resolved(root: &Path, flags: &[&str]) -> Result<Output> {
    let mut command: Command = cargo();
    command.args(["update", "--workspace", "--quiet", "--color", "never", "--manifest-path"]);
    command.arg(root.join("Cargo.toml")).args(flags).current_dir(root);
    command.output().map_err(|error| Failure::not_started(Path::new(command.get_program()), &error).into())
}

fn refused(output: &Output, what: &str) -> anyhow::Error {
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.trim().trim_start_matches("error: ");
    Failure::new(Code::SdistLock, format!("{what}: {said}"))
        .help("run `cargo check --locked` in the checkout; crates outside of a registry are given by `path` or `git`")
        .into()
}

/// Name, version and source of each package.
fn packages(lock: &str) -> Result<BTreeSet<(String, String, Option<String>)>> {
    let document: DocumentMut = lock.parse().context("cannot read `Cargo.lock`")?;
    let tables = document.get("package").and_then(|packages| packages.as_array_of_tables());
    let text = |table: &toml_edit::Table, key: &str| table.get(key).and_then(|item| item.as_str()).map(str::to_owned);
    Ok(tables
        .into_iter()
        .flatten()
        .map(|table| {
            let name = text(table, "name").unwrap_or_default();
            (name, text(table, "version").unwrap_or_default(), text(table, "source"))
        })
        .collect())
}
