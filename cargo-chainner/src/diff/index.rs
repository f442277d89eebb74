//! An index of wheels in a directory, laid out as PEP 503 asks for (`simple/NAME/…`), or with all wheels side by side.

use std::{
    fs,
    path::{Path, PathBuf},
};

use semver::Version;

use crate::{
    codes::Code,
    error::{Failure, did_you_mean},
};

use super::source::python_version;

/// What is looked for in an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Name of the distribution, with one `-` for each run of `-`, `_` and `.`, in lower case.
    pub name: String,
    /// Its version; the newest if none is asked for.
    pub version: Option<Version>,
}

/// A directory that holds wheels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Index {
    root: PathBuf,
}

impl Wanted {
    /// Reads `NAME` or `NAME@VERSION`.
    ///
    /// # Errors
    /// There is no name, or what follows it is no version.
    pub fn parse(text: &str) -> Result<Self, Failure> {
        let (name, version) = text.split_once('@').map_or((text, None), |(name, version)| (name, Some(version)));
        let refuse = |message: String| {
            Err(Failure::new(Code::DiffSource, message).help("write `index:film-lab` or `index:film-lab@0.1.0`"))
        };
        if normalized(name).is_empty() {
            return refuse(format!("`index:{text}` names no package"));
        }
        let version = match version.map(|text| (text, Version::parse(text).ok().or_else(|| python_version(text)))) {
            Some((text, None)) => return refuse(format!("`{text}` is no version")),
            Some((_, version)) => version,
            None => None,
        };
        Ok(Self { name: normalized(name), version })
    }
}

impl Index {
    /// Opens what `--index` names: a directory, also as `dir:PATH` or `file://PATH`.
    ///
    /// # Errors
    /// Nothing is named, it is on the network, or there is no such directory.
    pub fn open(location: Option<&str>) -> Result<Self, Failure> {
        let Some(location) = location else {
            return Err(Failure::new(Code::IndexUnreadable, "`index:` needs an index to look into")
                .help("name it with `--index DIR`"));
        };
        let path = location.strip_prefix("dir:").or_else(|| location.strip_prefix("file://")).unwrap_or(location);
        if path.contains("://") {
            let message = format!("`{location}` is on the network, and only directories are read");
            return Err(Failure::new(Code::IndexUnreadable, message)
                .help("get the old wheel, `pip download --no-deps --index-url URL NAME`, and compare with that file"));
        }
        if !Path::new(path).is_dir() {
            return Err(Failure::new(Code::IndexUnreadable, format!("there is no directory `{path}`"))
                .help("`--index` takes the directory in which wheels are published"));
        }
        Ok(Self { root: path.into() })
    }

    /// The newest wheel of a package, or that of the version asked for. Pre-releases count only where there is nothing else.
    ///
    /// # Errors
    /// There is no such wheel.
    pub fn newest(&self, wanted: &Wanted) -> Result<PathBuf, Failure> {
        let all = self.wheels();
        let mut wheels: Vec<&Wheel> = all.iter().filter(|wheel| wheel.name == wanted.name).collect();
        if wheels.is_empty() {
            let failure = Failure::new(Code::NotInIndex, format!("the index holds no wheel of `{}`", wanted.name));
            return Err(match did_you_mean(&wanted.name, all.iter().map(|wheel| wheel.name.as_str())) {
                Some(name) => failure.help(format!("did you mean `index:{name}`?")),
                None => failure.help(format!("looked for wheels in `{}`", self.root.display())),
            });
        }
        // Of one version there is a wheel for each platform, all with the same schema.
        wheels.sort_by(|one, other| {
            let rank =
                |wheel: &Wheel| (wanted.version.is_some() || wheel.version.pre.is_empty(), wheel.version.clone());
            rank(one).cmp(&rank(other)).then_with(|| other.path.cmp(&one.path))
        });
        let found = match &wanted.version {
            Some(version) => wheels.iter().rfind(|wheel| wheel.version == *version),
            None => wheels.last(),
        };
        found.map(|wheel| wheel.path.clone()).ok_or_else(|| {
            let mut versions: Vec<String> = wheels.iter().map(|wheel| wheel.version.to_string()).collect();
            versions.dedup();
            let version = wanted.version.as_ref().map(Version::to_string).unwrap_or_default();
            Failure::new(Code::NotInIndex, format!("the index holds no `{}` of version {version}", wanted.name))
                .help(format!("it holds {}", versions.join(", ")))
        })
    }

    /// The wheels of the directory, of its projects, and of the projects of its `simple/`.
    fn wheels(&self) -> Vec<Wheel> {
        let entries = |directory: &Path| -> Vec<PathBuf> {
            let entries = fs::read_dir(directory).into_iter().flatten().flatten();
            entries.map(|entry| entry.path()).collect()
        };
        let mut files = Vec::new();
        for root in [self.root.clone(), self.root.join("simple")] {
            for entry in entries(&root) {
                if entry.is_dir() { files.extend(entries(&entry)) } else { files.push(entry) }
            }
        }
        files.into_iter().filter_map(Wheel::of).collect()
    }
}

/// A wheel, by its file name.
#[derive(Debug)]
struct Wheel {
    name: String,
    version: Version,
    path: PathBuf,
}

impl Wheel {
    fn of(path: PathBuf) -> Option<Self> {
        let stem = path.file_name()?.to_str()?.strip_suffix(".whl")?;
        let mut parts = stem.split('-');
        let (name, version) = (normalized(parts.next()?), python_version(parts.next()?)?);
        Some(Self { name, version, path })
    }
}

/// PEP 503: runs of `-`, `_` and `.` are one `-`, letters are small.
fn normalized(name: &str) -> String {
    name.split(['-', '_', '.']).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-").to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index(files: &[&str]) -> (tempfile::TempDir, Index) {
        let directory = tempfile::tempdir().unwrap();
        for file in files {
            let path = directory.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        let index = Index::open(directory.path().to_str()).unwrap();
        (directory, index)
    }

    fn found(index: &Index, wanted: &str) -> Result<String, Failure> {
        let path = index.newest(&Wanted::parse(wanted)?)?;
        Ok(path.file_name().unwrap().to_str().unwrap().to_owned())
    }

    #[test]
    fn the_newest_wheel_is_found_in_every_layout() {
        for prefix in ["", "film-lab/", "simple/film-lab/"] {
            let names = ["0.9.0-cp310", "0.10.0-cp310", "0.11.0a1-cp310", "0.2.0-cp310"];
            let files = names.map(|name| format!("{prefix}film_lab-{name}-abi3-any.whl"));
            let (_keep, index) = index(&files.each_ref().map(String::as_str));
            assert_eq!(found(&index, "Film_Lab").unwrap(), "film_lab-0.10.0-cp310-abi3-any.whl");
            assert_eq!(found(&index, "film-lab@0.2.0").unwrap(), "film_lab-0.2.0-cp310-abi3-any.whl");
            assert_eq!(found(&index, "film-lab@0.11.0-alpha.1").unwrap(), "film_lab-0.11.0a1-cp310-abi3-any.whl");
        }
    }

    #[test]
    fn what_is_not_there_is_told_with_what_is() {
        let (_keep, index) = index(&["film_lab-0.1.0-py3-none-any.whl", "film_lab-0.2.0-py3-none-any.whl"]);
        for (wanted, code, help) in [
            ("film-lob", Code::NotInIndex, "did you mean `index:film-lab`?"),
            ("grain", Code::NotInIndex, "looked for wheels in"),
            ("film-lab@0.3.0", Code::NotInIndex, "it holds 0.1.0, 0.2.0"),
            ("film-lab@new", Code::DiffSource, "index:film-lab@0.1.0"),
            ("@1.0.0", Code::DiffSource, "index:film-lab"),
        ] {
            let failure = found(&index, wanted).unwrap_err();
            assert_eq!(failure.code, code);
            assert!(failure.help.as_deref().unwrap().contains(help), "{failure:?}");
        }
    }

    #[test]
    fn an_index_is_a_directory() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().to_str().unwrap();
        for location in [path.to_owned(), format!("dir:{path}"), format!("file://{path}")] {
            assert_eq!(Index::open(Some(&location)).unwrap().root, directory.path());
        }
        for location in [None, Some("https://pypi.org/simple"), Some("/no/such/directory")] {
            assert_eq!(Index::open(location).unwrap_err().code, Code::IndexUnreadable);
        }
    }
}
