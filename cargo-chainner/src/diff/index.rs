//! An index of wheels: a directory, laid out as PEP 503 asks for (`simple/NAME/…`) or with all wheels side by side, or an address.

use std::{
    fs,
    path::{Path, PathBuf},
};

use semver::Version;

use crate::{
    codes::Code,
    error::{Failure, did_you_mean},
    index::{File, Network},
    verify::{canonical, distribution_of},
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

/// What holds wheels.
#[derive(Debug)]
pub struct Index {
    place: Place,
}

#[derive(Debug)]
enum Place {
    Directory(PathBuf),
    Network(Network),
}

/// A wheel of an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wheel {
    name: String,
    version: Version,
    file_name: String,
    origin: Origin,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Origin {
    Path(PathBuf),
    Listed(Box<File>),
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
        if canonical(name).is_empty() {
            return refuse(format!("`index:{text}` names no package"));
        }
        let version = match version.map(|text| (text, Version::parse(text).ok().or_else(|| python_version(text)))) {
            Some((text, None)) => return refuse(format!("`{text}` is no version")),
            Some((_, version)) => version,
            None => None,
        };
        Ok(Self { name: canonical(name), version })
    }
}

impl Index {
    /// Opens what `--index` names: a directory, also as `dir:PATH` or `file://PATH`, or an address of HTTP.
    ///
    /// # Errors
    /// Nothing is named, or there is no such directory.
    pub fn open(location: Option<&str>) -> Result<Self, Failure> {
        let Some(location) = location else {
            return Err(Failure::new(Code::IndexUnreadable, "`index:` needs an index to look into")
                .help("name it with `--index DIR` or `--index https://…/simple`"));
        };
        let path = location.strip_prefix("dir:").or_else(|| location.strip_prefix("file://")).unwrap_or(location);
        if path.contains("://") {
            return Ok(Self { place: Place::Network(Network::open(location)?) });
        }
        if !Path::new(path).is_dir() {
            return Err(Failure::new(Code::IndexUnreadable, format!("there is no directory `{path}`"))
                .help("`--index` takes the directory or the address at which wheels are published"));
        }
        Ok(Self { place: Place::Directory(path.into()) })
    }

    /// The newest wheel of a package, or that of the version asked for. Pre-releases count only where there is nothing else.
    ///
    /// # Errors
    /// There is no such wheel.
    pub fn newest(&self, wanted: &Wanted) -> Result<Wheel, Failure> {
        let all = self.wheels(wanted)?;
        let mut wheels: Vec<&Wheel> = all.iter().filter(|wheel| wheel.name == wanted.name).collect();
        if wheels.is_empty() {
            let failure = Failure::new(Code::NotInIndex, format!("the index holds no wheel of `{}`", wanted.name));
            return Err(match did_you_mean(&wanted.name, all.iter().map(|wheel| wheel.name.as_str())) {
                Some(name) => failure.help(format!("did you mean `index:{name}`?")),
                None => failure.help(format!("looked for wheels in `{}`", self.shown())),
            });
        }
        // Of one version there is a wheel for each platform, all with the same schema.
        wheels.sort_by(|one, other| {
            let rank =
                |wheel: &Wheel| (wanted.version.is_some() || wheel.version.pre.is_empty(), wheel.version.clone());
            rank(one).cmp(&rank(other)).then_with(|| other.file_name.cmp(&one.file_name))
        });
        let found = match &wanted.version {
            Some(version) => wheels.iter().rfind(|wheel| wheel.version == *version),
            None => wheels.last(),
        };
        found.map(|wheel| (*wheel).clone()).ok_or_else(|| {
            let mut versions: Vec<String> = wheels.iter().map(|wheel| wheel.version.to_string()).collect();
            versions.dedup();
            let version = wanted.version.as_ref().map(Version::to_string).unwrap_or_default();
            Failure::new(Code::NotInIndex, format!("the index holds no `{}` of version {version}", wanted.name))
                .help(format!("it holds {}", versions.join(", ")))
        })
    }

    /// The contents of a wheel.
    ///
    /// # Errors
    /// It cannot be read or loaded, or is not what the index lists.
    pub fn read(&self, wheel: &Wheel) -> Result<Vec<u8>, Failure> {
        match (&wheel.origin, &self.place) {
            (Origin::Listed(file), Place::Network(network)) => network.download(file),
            (Origin::Listed(file), Place::Directory(_)) => read(Path::new(&file.url)),
            (Origin::Path(path), _) => read(path),
        }
    }

    fn shown(&self) -> String {
        match &self.place {
            Place::Directory(root) => root.display().to_string(),
            Place::Network(network) => network.shown(),
        }
    }

    /// The wheels that can be seen: of an address those of one project, and of these not what was withdrawn (PEP 592), unless its
    /// version is asked for.
    fn wheels(&self, wanted: &Wanted) -> Result<Vec<Wheel>, Failure> {
        match &self.place {
            Place::Directory(root) => {
                let files = wheels_below(root).into_iter();
                Ok(files.filter_map(|path| Wheel::of(&file_name(&path), Origin::Path(path))).collect())
            }
            Place::Network(network) => {
                let files = network.page(&wanted.name)?.map(|page| page.files).unwrap_or_default().into_iter();
                let files = files.filter(|file| file.yanked.is_none() || wanted.version.is_some());
                Ok(files.filter_map(|file| Wheel::of(&file.name.clone(), Origin::Listed(Box::new(file)))).collect())
            }
        }
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(path).map_err(|error| Failure::unreadable(path, &error))
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// The wheels of the directory, of its projects, and of the projects of its `simple/`.
fn wheels_below(root: &Path) -> Vec<PathBuf> {
    let entries = |directory: &Path| -> Vec<PathBuf> {
        let entries = fs::read_dir(directory).into_iter().flatten().flatten();
        entries.map(|entry| entry.path()).collect()
    };
    let mut files = Vec::new();
    for root in [root.to_owned(), root.join("simple")] {
        for entry in entries(&root) {
            if entry.is_dir() { files.extend(entries(&entry)) } else { files.push(entry) }
        }
    }
    files
}

impl Wheel {
    /// The file name.
    pub fn file_name(&self) -> &str {
        &self.file_name
    }

    fn of(file_name: &str, origin: Origin) -> Option<Self> {
        let (name, version) = distribution_of(file_name).filter(|_| file_name.ends_with(".whl"))?;
        Some(Self { name: canonical(name), version: python_version(version)?, file_name: file_name.to_owned(), origin })
    }
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
        Ok(index.newest(&Wanted::parse(wanted)?)?.file_name)
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
    fn an_index_is_a_directory_or_an_address() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().to_str().unwrap();
        for location in [path.to_owned(), format!("dir:{path}"), format!("file://{path}")] {
            assert_eq!(Index::open(Some(&location)).unwrap().shown(), path);
        }
        assert_eq!(Index::open(Some("https://pypi.org/simple")).unwrap().shown(), "https://pypi.org/simple/");
        for location in [None, Some("ftp://pypi.org/simple"), Some("/no/such/directory")] {
            assert_eq!(Index::open(location).unwrap_err().code, Code::IndexUnreadable);
        }
    }
}
