//! Directories of this machine that compiled code would name, and no wheel may.

use std::{
    env,
    ffi::OsString,
    path::{Path, PathBuf},
    process::Command,
};

use cargo_metadata::MetadataCommand;

use crate::project::NodePackage;

/// The paths that no wheel may hold.
pub fn local_paths(package: &NodePackage) -> Vec<PathBuf> {
    let given = [Some(package.workspace.clone()), Some(package.directory().to_owned()), cargo_home(), home()];
    let crates = crates_elsewhere(package).into_iter().map(|(_, directory)| directory);
    let mut paths = Vec::new();
    for path in given.into_iter().flatten().chain(crates).filter(|path| path.components().count() > 1) {
        let real = path.canonicalize();
        paths.push(path);
        paths.extend(real);
    }
    paths.sort();
    paths.dedup();
    paths
}

/// The crates outside of the workspace that the package depends on by path, and those that these depend on, with their names.
pub(super) fn crates_elsewhere(package: &NodePackage) -> Vec<(String, PathBuf)> {
    let paths_of = |package: &cargo_metadata::Package| -> Vec<PathBuf> {
        package.dependencies.iter().filter_map(|one| one.path.clone()).map(Into::into).collect()
    };
    let mut found: Vec<(String, PathBuf)> = Vec::new();
    let mut pending = paths_of(&package.package);
    while let Some(directory) = pending.pop() {
        if directory.starts_with(&package.workspace) || found.iter().any(|(_, known)| *known == directory) {
            continue;
        }
        let manifest = directory.join("Cargo.toml");
        // What cannot be read is cargo's to tell.
        let Ok(metadata) = MetadataCommand::new().no_deps().manifest_path(&manifest).exec() else { continue };
        let Some(own) = metadata.packages.iter().find(|one| one.manifest_path.as_std_path() == manifest) else {
            continue;
        };
        pending.extend(paths_of(own));
        found.push((own.name.to_string(), directory));
    }
    found.sort();
    found
}

pub(super) fn home() -> Option<PathBuf> {
    env::home_dir().filter(|home| home.parent().is_some())
}

pub(super) fn cargo_home() -> Option<PathBuf> {
    env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(home()?.join(".cargo")))
}

/// The directory of the compiler that the package is compiled with.
pub(super) fn sysroot(package: &NodePackage) -> Option<PathBuf> {
    let output = rustc().args(["--print", "sysroot"]).current_dir(package.directory()).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let path = Path::new(text.trim());
    path.is_absolute().then(|| path.to_owned())
}

/// The compiler.
pub(crate) fn rustc() -> Command {
    let program: OsString = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    Command::new(program)
}
