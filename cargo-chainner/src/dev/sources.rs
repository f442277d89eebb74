//! What is watched: the directories of the package and of the crates that it takes from this machine, and cargo's own files.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, PackageId};

use crate::{cli::CargoOptions, compile::Target, project::NodePackage};

/// Directories that hold what is made of sources.
const MADE: &[&str] = &["target", "dist", "node_modules", "__pycache__"];
/// Files that mark a directory as one of a program: cargo's and other caches (<https://bford.info/cachedir/>), Python environments.
const MARKS: &[&str] = &["CACHEDIR.TAG", "pyvenv.cfg"];
/// What cargo reads in the root of a workspace, and in the directory `.cargo` there.
const CARGO: &[&str] = &["Cargo.toml", "Cargo.lock", "rust-toolchain", "rust-toolchain.toml", "config.toml", "config"];

/// What matters of a directory's entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Interest {
    /// What cargo reads.
    Cargo,
    /// All that may be a source.
    All,
}

/// The directories to watch, without those below them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Sources(pub(super) BTreeMap<PathBuf, Interest>);

impl Sources {
    /// Those of a package whose crates lie in these directories, as they are now.
    pub(super) fn of(package: &NodePackage, crates: &BTreeSet<PathBuf>) -> Self {
        let mut sources = Self::default();
        for root in crates {
            sources.below(root);
        }
        for place in [package.workspace.clone(), package.workspace.join(".cargo")] {
            if let Ok(place) = place.canonicalize() {
                sources.0.entry(place).or_insert(Interest::Cargo);
            }
        }
        sources
    }

    /// Adds a directory and those below it.
    fn below(&mut self, root: &Path) {
        let mut pending: Vec<PathBuf> = root.canonicalize().into_iter().collect();
        while let Some(directory) = pending.pop() {
            // What is gone by now was changed, which is heard of from the directory above.
            let Ok(entries) = fs::read_dir(&directory) else { continue };
            let entries: Vec<_> = entries.flatten().collect();
            if entries.iter().any(|entry| MARKS.iter().any(|mark| entry.file_name() == *mark)) {
                continue;
            }
            let below = entries.iter().filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
            pending.extend(below.map(fs::DirEntry::path).filter(|path| is_source(path)));
            self.0.insert(directory, Interest::All);
        }
    }

    /// Whether a build may come out otherwise when this changes.
    pub(super) fn concerns(&self, path: &Path) -> bool {
        let interest = path.parent().and_then(|parent| self.0.get(parent));
        match interest {
            Some(Interest::All) => is_source(path),
            Some(Interest::Cargo) => path.file_name().is_some_and(|name| CARGO.iter().any(|known| name == *known)),
            None => false,
        }
    }
}

/// Whether a name may be that of a source: not of what is made, hidden, or of an editor for a moment.
fn is_source(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let ends = ["~", ".swp", ".swx", ".swo", ".tmp", ".bak", ".orig", ".part"];
    let is_of_editor = ends.iter().any(|end| name.ends_with(end))
        || name.starts_with('#') && name.ends_with('#')
        || name.contains("___jb_")
        // vim tries whether it can write.
        || name == "4913";
    !name.starts_with('.') && !is_of_editor && !MADE.contains(&&*name)
}

/// The directories of the package and of the crates of this machine that it is made of; `None` if cargo cannot tell, and says why
/// when it builds.
pub(super) fn crates(package: &NodePackage, cargo: &CargoOptions) -> Option<BTreeSet<PathBuf>> {
    let given = [(cargo.locked, "--locked"), (cargo.offline, "--offline"), (cargo.frozen, "--frozen")];
    let mut options: Vec<String> =
        given.iter().filter(|(given, _)| *given).map(|(_, word)| (*word).to_owned()).collect();
    // Crates of other systems need not be at hand.
    options.extend(["--filter-platform".to_owned(), Target::host().ok()?.triple().to_owned()]);
    let metadata =
        MetadataCommand::new().manifest_path(&package.package.manifest_path).other_options(options).exec().ok()?;
    let own = package.directory().to_owned();
    Some(local_crates(&metadata, &package.package.id).into_iter().chain([own]).collect())
}

/// The directories of the crates without a registry or repository that a package needs to be built.
fn local_crates(metadata: &Metadata, package: &PackageId) -> Vec<PathBuf> {
    let Some(resolve) = &metadata.resolve else { return Vec::new() };
    let mut needed = BTreeSet::new();
    let mut pending = vec![package];
    while let Some(id) = pending.pop() {
        if !needed.insert(id) {
            continue;
        }
        let node = resolve.nodes.iter().find(|node| node.id == *id);
        let of_tests = |kinds: &[cargo_metadata::DepKindInfo]| {
            kinds.iter().all(|kind| kind.kind == DependencyKind::Development) && !kinds.is_empty()
        };
        pending.extend(
            node.into_iter().flat_map(|node| &node.deps).filter(|one| !of_tests(&one.dep_kinds)).map(|one| &one.pkg),
        );
    }
    let local = metadata.packages.iter().filter(|one| one.source.is_none() && needed.contains(&one.id));
    local.filter_map(|one| one.manifest_path.parent().map(|path| path.as_std_path().to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_hidden_or_of_an_editor_is_no_source() {
        for name in ["lib.rs", "Cargo.toml", "logo.png", "shader.wgsl", "build.rs", "blur"] {
            assert!(is_source(Path::new(name)), "{name}");
        }
        for name in [
            "target",
            "dist",
            ".git",
            ".lib.rs.swp",
            "lib.rs~",
            "#lib.rs#",
            ".#lib.rs",
            "4913",
            "lib.rs.tmp",
            "lib.rs___jb_tmp___",
        ] {
            assert!(!is_source(Path::new(name)), "{name}");
        }
    }

    #[test]
    fn directories_of_sources_are_watched_and_others_not() {
        let place = tempfile::tempdir().unwrap();
        let root = place.path().canonicalize().unwrap();
        for below in ["src/film", "target/debug", "builds/release", "environment/lib", ".git/objects", "assets"] {
            fs::create_dir_all(root.join(below)).unwrap();
        }
        fs::write(root.join("builds/CACHEDIR.TAG"), "").unwrap();
        fs::write(root.join("environment/pyvenv.cfg"), "").unwrap();
        let mut sources = Sources::default();
        sources.below(&root);
        let watched: Vec<&Path> = sources.0.keys().map(|path| path.strip_prefix(&root).unwrap()).collect();
        assert_eq!(watched, ["", "assets", "src", "src/film"].map(Path::new));
        for path in ["src/film/grain.rs", "assets/stock.png", "Cargo.toml", "src/new"] {
            assert!(sources.concerns(&root.join(path)), "{path}");
        }
        for path in ["target/debug/x.rs", "builds/release/x", "src/.grain.rs.swp", "target", "../elsewhere.rs"] {
            assert!(!sources.concerns(&root.join(path)), "{path}");
        }
        sources.0.insert(root.clone(), Interest::Cargo);
        assert!(sources.concerns(&root.join("Cargo.lock")) && !sources.concerns(&root.join("notes.md")));
    }

    #[test]
    fn crates_that_only_tests_need_are_not_watched() {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
        let options = ["--offline", "--filter-platform", Target::host().unwrap().triple()].map(str::to_owned);
        let metadata = MetadataCommand::new().manifest_path(&manifest).other_options(options).exec().unwrap();
        let of = |name: &str| metadata.packages.iter().find(|one| one.name == name).unwrap().id.clone();
        let names = |name: &str| -> BTreeSet<String> {
            let directories = local_crates(&metadata, &of(name));
            directories.iter().map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect()
        };
        let wanted = ["chainner-navi", "chainner-sdk", "chainner-sdk-macros"];
        assert_eq!(names("chainner-sdk"), wanted.map(str::to_owned).into());
        assert!(names("film-lab").is_superset(&names("chainner-sdk")));
    }
}
