//! The crates that are on this machine only: the package, and what it depends on by path. With the files that `cargo package`
//! would take of each.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};
use serde::Deserialize;
use toml_edit::DocumentMut;

use super::{LOCAL_CRATES, archive::Entry, canonical, cargo, find, manifest, read_text, slashed};
use crate::{cli::CargoOptions, codes::Code, error::Failure, project::NodePackage};

/// A crate, and where it goes in the archive.
#[derive(Debug)]
pub(super) struct LocalCrate {
    /// Its directory, without links.
    pub(super) directory: PathBuf,
    /// Its directory in the archive: nothing for the package itself.
    pub(super) place: String,
    /// Its manifest as it stands in the archive.
    manifest: String,
    /// Its files, from its directory on.
    files: Vec<String>,
    /// Files of the workspace that its manifest speaks of, by their names in the archive.
    inherited: BTreeMap<String, PathBuf>,
}

/// The package and all crates it depends on by path, the package first.
pub(super) fn all(package: &NodePackage, options: &CargoOptions) -> Result<Vec<LocalCrate>> {
    let root = canonical(package.directory())?;
    let mut crates: Vec<LocalCrate> = Vec::new();
    let mut documents = Vec::new();
    let mut pending = vec![root.clone()];
    while let Some(directory) = pending.pop() {
        if find(&crates, &directory).is_some() {
            continue;
        }
        let is_package = directory == root;
        let workspace = Workspace::of(&directory)?;
        let resolved = manifest::resolved(&directory, &workspace, is_package)?;
        let place = if is_package { String::new() } else { place_for(&resolved.name, &crates) };
        // Sorted, so that places do not depend on the order of the walk.
        pending.extend(resolved.paths.iter().rev().cloned());
        let files = files(&directory, is_package, options)?;
        documents.push(resolved.document);
        crates.push(LocalCrate { directory, place, manifest: String::new(), files, inherited: resolved.inherited });
    }
    let places: BTreeMap<PathBuf, String> =
        crates.iter().map(|local| (local.directory.clone(), local.place.clone())).collect();
    for (local, document) in crates.iter_mut().zip(documents) {
        local.manifest = manifest::relocated(document, &local.place, &places)?;
    }
    Ok(crates)
}

/// Two crates of one name are two versions of one.
fn place_for(name: &str, crates: &[LocalCrate]) -> String {
    let is_taken = |place: &String| crates.iter().any(|local| local.place == *place);
    let numbered = (2..).map(|number| format!("{LOCAL_CRATES}/{name}-{number}"));
    let mut names = std::iter::once(format!("{LOCAL_CRATES}/{name}")).chain(numbered);
    names.find(|place| !is_taken(place)).unwrap_or_default()
}

impl LocalCrate {
    /// Its files as they go into the archive.
    pub(super) fn entries(&self) -> Result<Vec<Entry>> {
        let at = |file: &str| match self.place.as_str() {
            "" => file.to_owned(),
            place => format!("{place}/{file}"),
        };
        let mut entries = vec![Entry::text(at("Cargo.toml"), self.manifest.clone())];
        for file in &self.files {
            let own = self.directory.join(file);
            // Cargo lists the README that it would copy from the workspace, too.
            let path = self.inherited.get(file).filter(|_| !own.is_file()).unwrap_or(&own);
            entries.push(read(path, at(file))?);
        }
        for (file, path) in &self.inherited {
            if !self.files.contains(file) {
                entries.push(read(path, at(file))?);
            }
        }
        Ok(entries)
    }
}

fn read(path: &Path, name: String) -> Result<Entry> {
    let refused = |error: std::io::Error| Failure::unreadable(path, &error);
    let contents = fs::read(path).map_err(refused)?;
    #[cfg(unix)]
    let executable = {
        use std::os::unix::fs::PermissionsExt as _;
        fs::metadata(path).map_err(refused)?.permissions().mode() & 0o100 != 0
    };
    #[cfg(not(unix))]
    let executable = false;
    Ok(Entry { path: name, executable, contents })
}

/// The files of a crate that `cargo package` takes, without those that it makes.
fn files(directory: &Path, is_package: bool, options: &CargoOptions) -> Result<Vec<String>> {
    const MADE: &[&str] = &["Cargo.toml", "Cargo.toml.orig", "Cargo.lock", ".cargo_vcs_info.json", "PKG-INFO"];
    let manifest = directory.join("Cargo.toml");
    let mut command = cargo();
    command.args(["package", "--list", "--allow-dirty", "--quiet", "--color", "never", "--manifest-path"]);
    command.arg(&manifest).current_dir(directory);
    if options.offline || options.frozen {
        command.arg("--offline");
    }
    let output = command.output().map_err(|error| Failure::not_started(Path::new(command.get_program()), &error))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let said = said.trim().trim_start_matches("error: ");
        let message = format!("cargo cannot list the files of `{}`: {said}", directory.display());
        return Err(Failure::new(Code::SdistManifest, message).help("run `cargo package --list` there").into());
    }
    let listed = String::from_utf8(output.stdout).context("cargo lists a file whose name is not Unicode")?;
    // Tests of other crates need crates of their own, and are not run from here.
    let is_wanted = |file: &String| {
        let is_test = ["tests/", "benches/", "examples/"].iter().any(|start| file.starts_with(start));
        !MADE.contains(&file.as_str()) && (is_package || !is_test)
    };
    let mut files: Vec<String> = listed.lines().map(|line| slashed(Path::new(line))).filter(is_wanted).collect();
    files.sort();
    Ok(files)
}

/// The workspace of a crate.
#[derive(Debug)]
pub(super) struct Workspace {
    /// Its directory, without links.
    pub(super) directory: PathBuf,
    /// Its manifest.
    pub(super) document: DocumentMut,
}

impl Workspace {
    fn of(directory: &Path) -> Result<Self> {
        #[derive(Deserialize)]
        struct Located {
            root: PathBuf,
        }
        let mut command = cargo();
        command.args(["locate-project", "--workspace", "--color", "never", "--manifest-path"]);
        command.arg(directory.join("Cargo.toml")).current_dir(directory);
        let output =
            command.output().map_err(|error| Failure::not_started(Path::new(command.get_program()), &error))?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            let message =
                format!("`{}` cannot be read: {}", directory.display(), said.trim().trim_start_matches("error: "));
            return Err(Failure::new(Code::SdistManifest, message).help("run `cargo check` there").into());
        }
        let located: Located = serde_json::from_slice(&output.stdout).context("cargo did not tell the workspace")?;
        let root = canonical(&located.root)?;
        let document = manifest::parse(&root, &read_text(&root)?)?;
        Ok(Self { directory: root.parent().unwrap_or(Path::new("")).to_owned(), document })
    }
}
