//! Where a schema comes from: a `schema.json`, a wheel, a package directory, or the newest wheel of an index.

use std::{
    fmt, fs,
    io::{Cursor, Read as _},
    path::{Path, PathBuf},
};

use anyhow::Result;
use semver::Version;
use serde_json::Value;
use zip::ZipArchive;

use crate::{
    cli::CargoOptions,
    codes::Code,
    describe::Described,
    error::{Failure, did_you_mean},
    project::{self, NodePackage},
    shell::Shell,
};

use super::index::{Index, Wanted};

/// What a user writes to name a schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// `index:NAME` or `index:NAME@VERSION`.
    Index(Wanted),
    /// A package directory, which is compiled.
    Package(PathBuf),
    /// A `schema.json` or a wheel.
    File(PathBuf),
    /// The package of the current directory.
    Here,
}

/// A schema, with what is known about the package it is of.
#[derive(Debug, Clone, PartialEq)]
pub struct Edition {
    /// `{package, categories, nodes}`.
    pub schema: Value,
    /// The version number, if it is known.
    pub version: Option<Version>,
    /// How messages call it.
    pub origin: String,
}

/// What is needed to read a source.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    /// Where wheels are published.
    pub index: Option<&'a str>,
    /// The manifest that stands for the package of the current directory.
    pub manifest: Option<&'a Path>,
    /// How packages are compiled.
    pub cargo: &'a CargoOptions,
    /// Where is told what is done.
    pub shell: &'a Shell,
}

impl Source {
    /// Reads what the user wrote.
    ///
    /// # Errors
    /// There is no such file or directory, or the version is none.
    pub fn parse(text: &str) -> Result<Self, Failure> {
        if let Some(wanted) = text.strip_prefix("index:") {
            return Ok(Self::Index(Wanted::parse(wanted)?));
        }
        let path = PathBuf::from(text);
        if path.is_file() {
            return Ok(if path.ends_with("Cargo.toml") { Self::Package(parent(&path)) } else { Self::File(path) });
        }
        if path.is_dir() {
            if path.join("Cargo.toml").is_file() {
                return Ok(Self::Package(path));
            }
            let message = format!("the directory `{text}` holds no package");
            return Err(Failure::new(Code::DiffSource, message)
                .help("give a `schema.json`, a wheel, a directory with a `Cargo.toml`, or `index:NAME`"));
        }
        Err(Failure::new(Code::DiffSource, format!("there is no file or directory `{text}`")).help(hint(&path)))
    }
}

fn parent(path: &Path) -> PathBuf {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned()
}

/// A file of nearly that name, or what can be given.
fn hint(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let entries = fs::read_dir(parent(path)).into_iter().flatten().flatten();
    let names: Vec<String> = entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    match did_you_mean(&name, names.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{}`?", path.with_file_name(near).display()),
        None => "give a `schema.json`, a wheel, a package directory, or `index:NAME`".to_owned(),
    }
}

impl Reader<'_> {
    /// Reads a schema.
    ///
    /// # Errors
    /// The source holds none, or the package cannot be compiled.
    pub fn read(&self, source: &Source) -> Result<Edition> {
        match source {
            Source::File(path) => Ok(file(path)?),
            Source::Index(wanted) => {
                let index = Index::open(self.index)?;
                let wheel = index.newest(wanted)?;
                Ok(read(index.read(&wheel)?, wheel.file_name(), wheel.file_name())?)
            }
            Source::Package(_) | Source::Here => {
                let Described { package, description, .. } = self.described(source)?;
                let version = package.package.version.clone();
                let origin = format!("{} v{version} (package)", package.name());
                Ok(Edition { schema: description.schema, version: Some(version), origin })
            }
        }
    }

    /// Compiles the package that a source is.
    ///
    /// # Errors
    /// It is none, or cannot be compiled.
    pub(super) fn described(&self, source: &Source) -> Result<Described> {
        let package: NodePackage = match source {
            Source::Package(directory) => {
                // A path, also where a package of the workspace has that name.
                let directory = Path::new(".").join(directory);
                project::one(Some(&directory.to_string_lossy()), self.manifest, self.cargo)?
            }
            Source::Here => project::one(None, self.manifest, self.cargo)?,
            Source::Index(_) | Source::File(_) => {
                let message = "`--fix` writes into the sources of a package, and NEW is none";
                let failure = Failure::new(Code::FixTarget, message);
                return Err(failure.help("give the directory of the package, or leave NEW out where it is").into());
            }
        };
        Described::new(package, self.cargo, self.shell)
    }
}

/// Reads a `schema.json` or a wheel; its first bytes say which.
fn file(path: &Path) -> Result<Edition, Failure> {
    let unreadable =
        |error: &dyn fmt::Display| Failure::new(Code::DiffSource, format!("cannot read `{}`: {error}", path.display()));
    let bytes = fs::read(path).map_err(|error| unreadable(&error))?;
    read(bytes, &path.file_name().unwrap_or_default().to_string_lossy(), &path.display().to_string())
}

/// The schema in a file, which messages about it call `shown`.
fn read(bytes: Vec<u8>, name: &str, shown: &str) -> Result<Edition, Failure> {
    let origin = name.to_owned();
    let edition = if bytes.starts_with(b"PK") {
        wheel(bytes, origin)
    } else {
        schema(&bytes).map(|schema| Edition { schema, version: None, origin })
    };
    edition.map_err(|reason| {
        Failure::new(Code::NotASchema, format!("`{shown}` {reason}"))
            .help("`cargo chainner build` and `cargo chainner schema` make what can be compared")
    })
}

/// The schema of a JSON text, or what is wrong with it.
fn schema(bytes: &[u8]) -> Result<Value, String> {
    let schema: Value = serde_json::from_slice(bytes).map_err(|error| format!("is no JSON: {error}"))?;
    let nodes = schema["nodes"].as_array().ok_or("is no schema: it has no list `nodes`")?;
    match nodes.iter().position(|node| !node["schemaId"].is_string()) {
        Some(index) => Err(format!("is no schema: its node {index} has no `schemaId`")),
        None => Ok(schema),
    }
}

fn wheel(bytes: Vec<u8>, origin: String) -> Result<Edition, String> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| format!("is no wheel: {error}"))?;
    let names: Vec<String> = archive.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect();
    let mut read = |wanted: &dyn Fn(&str, &str) -> bool, what: &str| {
        let is_it = |name: &&String| matches!(name.split('/').collect::<Vec<_>>()[..], [directory, file] if wanted(directory, file));
        let name = names.iter().find(is_it).ok_or(format!("is no wheel of a node package: it holds no `{what}`"))?;
        let mut contents = Vec::new();
        let mut entry = archive.by_name(name).map_err(|error| error.to_string())?;
        entry.read_to_end(&mut contents).map_err(|error| format!("cannot be unpacked: {error}"))?;
        Ok::<_, String>(contents)
    };
    let metadata = read(&|directory, file| directory.ends_with(".dist-info") && file == "METADATA", "METADATA")?;
    let schema = schema(&read(&|_, file| file == "schema.json", "schema.json")?)?;
    let metadata = String::from_utf8_lossy(&metadata);
    let header = metadata.lines().take_while(|line| !line.is_empty());
    let version = header.filter_map(|line| line.strip_prefix("Version: ")).find_map(|text| python_version(text.trim()));
    Ok(Edition { schema, version, origin })
}

/// Python's spelling of a version, as cargo spells it: `0.1.0a1` is `0.1.0-alpha.1`.
pub(super) fn python_version(text: &str) -> Option<Version> {
    let end = text.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(text.len());
    let (release, rest) = text.split_at(end);
    let mut numbers = release.trim_end_matches('.').split('.').map(|number| number.parse::<u64>().ok());
    let mut next = || numbers.next().unwrap_or(Some(0));
    let mut version = Version::new(next()?, next()?, next()?);
    let suffix = [("rc", "rc"), ("a", "alpha"), ("b", "beta"), ("dev", "dev")];
    let suffix = suffix.iter().find_map(|(python, cargo)| Some(format!("{cargo}.{}", rest.strip_prefix(python)?)));
    match suffix {
        Some(suffix) => version.pre = suffix.parse().ok()?,
        None if rest.is_empty() => {}
        None => return None,
    }
    Some(version)
}

#[cfg(test)]
pub(super) mod tests {
    use std::io::Write as _;

    use serde_json::json;
    use zip::{ZipWriter, write::SimpleFileOptions};

    use super::*;

    /// Writes a wheel that holds as much as is read of it.
    pub(in crate::diff) fn write_wheel(path: &Path, version: &str, schema: &Value) {
        let mut wheel = ZipWriter::new(fs::File::create(path).unwrap());
        for (name, text) in [
            ("film_lab/schema.json", schema.to_string()),
            ("film_lab/data/schema.json", "{}".to_owned()),
            ("film_lab-1.dist-info/METADATA", format!("Name: film-lab\nVersion: {version}\n\nVersion: 9.9.9\n")),
        ] {
            wheel.start_file(name, SimpleFileOptions::default()).unwrap();
            wheel.write_all(text.as_bytes()).unwrap();
        }
        wheel.finish().unwrap();
    }

    #[test]
    fn python_s_versions_are_cargo_s_again() {
        for (python, cargo) in [
            ("0.1.0", "0.1.0"),
            ("1.2", "1.2.0"),
            ("0.1.0a1", "0.1.0-alpha.1"),
            ("1.0.0.dev3", "1.0.0-dev.3"),
            ("1.0.0rc2", "1.0.0-rc.2"),
        ] {
            assert_eq!(python_version(python).unwrap().to_string(), cargo);
        }
        assert_eq!(python_version("1.0.post1"), None);
        assert_eq!(python_version("x"), None);
    }

    #[test]
    fn schemas_and_wheels_are_told_by_their_bytes() {
        let directory = tempfile::tempdir().unwrap();
        let schema = json!({"package": {"id": "film_lab"}, "categories": [], "nodes": []});
        let json = directory.path().join("schema.json");
        fs::write(&json, schema.to_string()).unwrap();
        let edition = file(&json).unwrap();
        assert_eq!((edition.schema, edition.version, edition.origin.as_str()), (schema.clone(), None, "schema.json"));

        let wheel = directory.path().join("any.name");
        write_wheel(&wheel, "0.2.0rc1", &schema);
        let edition = file(&wheel).unwrap();
        assert_eq!((edition.schema, edition.version), (schema, Some("0.2.0-rc.1".parse().unwrap())));
    }

    #[test]
    fn what_holds_no_schema_is_refused_with_its_name() {
        let directory = tempfile::tempdir().unwrap();
        for (text, reason) in [
            (&b"{"[..], "is no JSON"),
            (b"[]", "no list `nodes`"),
            (b"{\"nodes\": [{}]}", "node 0 has no `schemaId`"),
            (b"PK and no more", "is no wheel"),
        ] {
            let path = directory.path().join("input");
            fs::write(&path, text).unwrap();
            let failure = file(&path).unwrap_err();
            assert_eq!(failure.code, Code::NotASchema);
            assert!(failure.message.contains(reason) && failure.message.contains("input`"), "{failure}");
        }
    }

    #[test]
    fn a_file_of_nearly_that_name_is_proposed() {
        let directory = tempfile::tempdir().unwrap();
        fs::write(directory.path().join("schema.json"), "").unwrap();
        let failure = Source::parse(directory.path().join("shema.json").to_str().unwrap()).unwrap_err();
        assert_eq!(failure.code, Code::DiffSource);
        assert!(failure.help.unwrap().ends_with("/schema.json`?"));
        let failure = Source::parse(directory.path().to_str().unwrap()).unwrap_err();
        assert_eq!(failure.code, Code::DiffSource);
    }
}
