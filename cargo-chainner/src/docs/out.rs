//! The directory of a site: what of it is ours, what has changed, and how it is written.

use std::{
    collections::BTreeMap,
    fs,
    path::{Component, Path, PathBuf},
};

use anyhow::Result;
use serde::{Deserialize, Serialize};

use crate::{codes::Code, error::Failure, files, index::sha256, schema::canonical};

use super::{site::Site, trial::alike};

/// Name of the file that says which files of a directory are ours.
pub(super) const LIST: &str = "chainner-docs.json";
/// Version of that file.
const VERSION: u32 = 1;

/// Which files of a directory are ours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct List {
    /// Version of the list.
    v: u32,
    /// Cargo name of the package.
    package: String,
    /// Whether nodes were tried.
    pub(super) pictures: bool,
    /// SHA-256 of each file as it was written, by path.
    files: BTreeMap<String, String>,
}

/// How a file on the disk is to what it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum State {
    /// It is another than the package would give now.
    Stale,
    /// It is not there.
    Missing,
    /// It is there, and the package no longer gives it.
    Extra,
}

impl State {
    /// The word for it.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Stale => "stale",
            Self::Missing => "missing",
            Self::Extra => "extra",
        }
    }
}

/// A directory for the site of a package.
#[derive(Debug)]
pub(super) struct Out {
    directory: PathBuf,
    package: String,
    /// What was written before; nothing if there is nothing yet.
    pub(super) before: Option<List>,
}

/// What writing changed.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Written {
    /// Files that are new or other than before.
    pub(super) changed: usize,
    /// Files that are gone.
    pub(super) removed: usize,
    /// Files that the package no longer gives, but someone has changed: they are left.
    pub(super) kept: Vec<String>,
}

impl Out {
    /// Looks at a directory.
    ///
    /// # Errors
    /// There is something in it that this tool has not written for the package.
    pub(super) fn open(directory: &Path, package: &str) -> Result<Self, Failure> {
        let refused = |message: String| {
            Failure::new(Code::DocsPlace, message)
                .help("choose a directory that is new, empty or the site of this package: `--out DIR`")
        };
        let shown = directory.display();
        let before = match fs::read(directory.join(LIST)) {
            Ok(bytes) => {
                let list: List = serde_json::from_slice(&bytes)
                    .map_err(|error| refused(format!("`{shown}` has a `{LIST}` that cannot be read: {error}")))?;
                if list.v != VERSION {
                    return Err(refused(format!(
                        "the site in `{shown}` is of version {}, and this tool knows {VERSION}",
                        list.v
                    )));
                }
                if list.package != package {
                    return Err(refused(format!("`{shown}` is the site of package `{}`", list.package)));
                }
                if let Some(path) = list.files.keys().find(|path| !is_inside(path)) {
                    return Err(refused(format!("`{LIST}` in `{shown}` names `{path}`, which is no file of a site")));
                }
                Some(list)
            }
            Err(_) => match fs::read_dir(directory).map(|mut entries| entries.next().is_some()) {
                Ok(true) => {
                    return Err(refused(format!("`{shown}` is not empty, and no site of this tool")));
                }
                Err(_) if directory.symlink_metadata().is_ok() => {
                    return Err(refused(format!("`{shown}` is no directory that can be read")));
                }
                _ => None,
            },
        };
        Ok(Self { directory: directory.to_owned(), package: package.to_owned(), before })
    }

    /// The files that are not as the site has them, by path. Pictures that look the same are the same.
    pub(super) fn differences(&self, site: &Site) -> Vec<(String, State)> {
        let mut found = BTreeMap::new();
        for (path, bytes) in site.files() {
            match fs::read(self.directory.join(path)) {
                Ok(there) if there == bytes || (path.ends_with(".png") && alike(&there, bytes)) => {}
                Ok(_) => drop(found.insert(path.to_owned(), State::Stale)),
                Err(_) => drop(found.insert(path.to_owned(), State::Missing)),
            }
        }
        for path in self.before.iter().flat_map(|list| list.files.keys()) {
            if !site.has(path) && self.directory.join(path).exists() {
                found.insert(path.clone(), State::Extra);
            }
        }
        found.into_iter().collect()
    }

    /// Writes the site: all files beside their places first, read back, and only then each is renamed. What the package no longer gives
    /// goes, as far as it is as it was written; what is not ours stays.
    ///
    /// # Errors
    /// A file of others stands where one of ours would, or the system refuses.
    pub(super) fn write(&self, site: &Site, pictures: bool) -> Result<Written, Failure> {
        let no_files = BTreeMap::new();
        let before = self.before.as_ref().map_or(&no_files, |list| &list.files);
        if let Some((path, _)) = site
            .files()
            .find(|(path, _)| !before.contains_key(*path) && self.directory.join(path).symlink_metadata().is_ok())
        {
            let message =
                format!("`{}` would be written over, and is not of this tool", self.directory.join(path).display());
            return Err(
                Failure::new(Code::DocsPlace, message).help("move the file, or choose another directory: `--out DIR`")
            );
        }
        let mut beside = Vec::new();
        let mut written = Written::default();
        for (path, bytes) in site.files() {
            let place = self.directory.join(path);
            if fs::read(&place).is_ok_and(|there| there == bytes) {
                continue;
            }
            beside.push((files::beside(&place, bytes)?, place));
        }
        written.changed = beside.len();
        let after: BTreeMap<String, String> =
            site.files().map(|(path, bytes)| (path.to_owned(), sha256(bytes))).collect();
        // If this is broken off, what is already there is still known as ours.
        let mut both = after.clone();
        both.extend(before.iter().filter(|(path, _)| !site.has(path)).map(|(path, hash)| (path.clone(), hash.clone())));
        self.write_list(both, pictures)?;
        for (file, place) in beside {
            file.persist(&place).map_err(|error| Failure::unwritable(&place, &error.error))?;
        }
        for (path, hash) in before.iter().filter(|(path, _)| !site.has(path)) {
            let place = self.directory.join(path);
            match fs::read(&place) {
                Ok(bytes) if sha256(&bytes) == *hash => {
                    fs::remove_file(&place).map_err(|error| Failure::unwritable(&place, &error))?;
                    written.removed += 1;
                    // One that others use is not empty, and stays.
                    let _ = place.parent().map(fs::remove_dir);
                }
                Ok(_) => written.kept.push(path.clone()),
                Err(_) => {}
            }
        }
        self.write_list(after, pictures)?;
        Ok(written)
    }

    fn write_list(&self, files: BTreeMap<String, String>, pictures: bool) -> Result<(), Failure> {
        let list = List { v: VERSION, package: self.package.clone(), pictures, files };
        let bytes = serde_json::to_value(&list).map_err(anyhow::Error::from).and_then(|json| canonical(&json));
        let bytes = bytes.map_err(Failure::from_any)?;
        let place = self.directory.join(LIST);
        if fs::read(&place).is_ok_and(|there| there == bytes) { Ok(()) } else { files::write(&place, &bytes) }
    }
}

/// Whether a path stays below its directory.
fn is_inside(path: &str) -> bool {
    let path = Path::new(path);
    path.file_name().is_some() && path.components().all(|part| matches!(part, Component::Normal(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(files: &[(&str, &str)]) -> Site {
        let mut site = Site::default();
        for (path, text) in files {
            site.add(path, *text);
        }
        site
    }

    fn open(directory: &Path) -> Out {
        Out::open(directory, "film-lab").expect("a place for a site")
    }

    #[test]
    fn pages_that_are_no_longer_made_go_and_others_stay() {
        let place = tempfile::tempdir().unwrap();
        let at = place.path().join("a/docs");
        let first = site(&[("index.html", "1"), ("nodes/a.html", "a"), ("old/b.html", "b"), ("old/c.html", "c")]);
        assert_eq!(open(&at).write(&first, true).unwrap(), Written { changed: 4, ..Written::default() });
        fs::write(at.join("CNAME"), "film.example").unwrap();
        fs::write(at.join("old/c.html"), "mine").unwrap();
        let second = site(&[("index.html", "2"), ("nodes/a.html", "a")]);
        let states = open(&at).differences(&second);
        let states: Vec<_> = states.iter().map(|(path, state)| (path.as_str(), state.word())).collect();
        assert_eq!(states, [("index.html", "stale"), ("old/b.html", "extra"), ("old/c.html", "extra")]);
        let written = open(&at).write(&second, true).unwrap();
        assert_eq!(written, Written { changed: 1, removed: 1, kept: vec!["old/c.html".to_owned()] });
        assert_eq!(fs::read_to_string(at.join("CNAME")).unwrap(), "film.example");
        assert_eq!(fs::read_to_string(at.join("old/c.html")).unwrap(), "mine");
        assert!(!at.join("old/b.html").exists());
        assert_eq!(open(&at).differences(&second), []);
        fs::remove_file(at.join("index.html")).unwrap();
        assert_eq!(open(&at).differences(&second), [("index.html".to_owned(), State::Missing)]);
        let hidden =
            fs::read_dir(&at).unwrap().flatten().filter(|file| file.file_name().to_string_lossy().starts_with('.'));
        assert_eq!(hidden.count(), 0);
    }

    #[test]
    fn what_is_not_ours_is_refused() {
        let place = tempfile::tempdir().unwrap();
        let at = |name: &str| place.path().join(name);
        let refused = |path: &Path, part: &str| {
            let failure = Out::open(path, "film-lab").unwrap_err();
            assert_eq!(failure.code, Code::DocsPlace);
            assert!(failure.message.contains(part), "{failure}");
        };
        fs::create_dir_all(at("full/sub")).unwrap();
        fs::write(at("file"), "").unwrap();
        refused(&at("full"), "not empty");
        refused(&at("file"), "no directory");
        Out::open(&at("other"), "grain").unwrap().write(&site(&[("index.html", "")]), true).unwrap();
        refused(&at("other"), "package `grain`");
        for (name, list, part) in [
            ("broken", "{", "cannot be read"),
            ("newer", r#"{"v":2,"package":"film-lab","pictures":true,"files":{}}"#, "version 2"),
            ("out", r#"{"v":1,"package":"film-lab","pictures":true,"files":{"../file":""}}"#, "`../file`"),
            ("root", r#"{"v":1,"package":"film-lab","pictures":true,"files":{"/etc/passwd":""}}"#, "no file of a site"),
        ] {
            fs::create_dir_all(at(name)).unwrap();
            fs::write(at(name).join(LIST), list).unwrap();
            refused(&at(name), part);
        }
    }

    #[test]
    fn files_of_others_are_not_written_over() {
        let place = tempfile::tempdir().unwrap();
        open(place.path()).write(&site(&[("index.html", "1")]), true).unwrap();
        fs::create_dir_all(place.path().join("nodes")).unwrap();
        fs::write(place.path().join("nodes/grain.html"), "mine").unwrap();
        let failure =
            open(place.path()).write(&site(&[("index.html", "2"), ("nodes/grain.html", "")]), true).unwrap_err();
        assert_eq!(failure.code, Code::DocsPlace);
        assert_eq!(fs::read_to_string(place.path().join("nodes/grain.html")).unwrap(), "mine");
        assert_eq!(fs::read_to_string(place.path().join("index.html")).unwrap(), "1");
    }
}
