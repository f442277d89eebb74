//! A wheel or a source distribution: the file, and what its name and its metadata say.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::Result;

use crate::{
    build::{from_here, wheel_failure},
    cli::CargoOptions,
    codes::Code,
    error::Failure,
    index::sha256,
    project,
    verify::{self, FileName, Headers, canonical, distribution_of, normal_version},
    wheel::{PackageName, PythonVersion},
};

use super::sdist;

/// What sort of file it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `.whl`
    Wheel,
    /// `.tar.gz`
    SourceDistribution,
}

/// A file to be published.
#[derive(Debug)]
pub(crate) struct Artefact {
    /// Where it is.
    pub(crate) path: PathBuf,
    /// Its name.
    pub(crate) file_name: String,
    /// What sort of file it is.
    pub(crate) kind: Kind,
    /// Its contents.
    pub(crate) bytes: Vec<u8>,
    /// Their SHA-256, in hexadecimal.
    pub(crate) sha256: String,
    /// The distribution that its name names, as PEP 503 compares it.
    pub(crate) distribution: String,
    /// The version that its name names, in the normal form if it has one.
    pub(crate) version: String,
    /// METADATA of the wheel, PKG-INFO of the source distribution; if it can be read.
    pub(crate) metadata: Option<Vec<u8>>,
    /// `schema.json` of the wheel of a node package.
    pub(crate) schema: Option<Vec<u8>>,
}

impl Artefact {
    /// Reads a file.
    ///
    /// # Errors
    /// It cannot be read, or its name is that of something else.
    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        let file_name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let kind = match &file_name {
            name if name.ends_with(".whl") => Kind::Wheel,
            name if name.ends_with(".tar.gz") => Kind::SourceDistribution,
            _ => return Err(Self::none(path)),
        };
        let (distribution, version) = distribution_of(&file_name).ok_or_else(|| Self::none(path))?;
        let (distribution, version) =
            (canonical(distribution), normal_version(version).unwrap_or_else(|| version.to_owned()));
        let bytes = fs::read(path).map_err(|error| Failure::unreadable(path, &error))?;
        let (metadata, schema) = match kind {
            Kind::Wheel => {
                let contents = verify::contents(&file_name, &bytes);
                (contents.metadata, contents.schema)
            }
            Kind::SourceDistribution => (sdist::metadata(&file_name, &bytes), None),
        };
        let sha256 = sha256(&bytes);
        Ok(Self { path: path.to_owned(), file_name, kind, bytes, sha256, distribution, version, metadata, schema })
    }

    fn none(path: &Path) -> Failure {
        let message = format!("`{}` is neither a wheel nor a source distribution", path.display());
        Failure::new(Code::NotADistribution, message).help("name files that end with `.whl` or `.tar.gz`")
    }

    /// The metadata, taken apart.
    pub(crate) fn headers(&self) -> Headers {
        Headers::parse(&String::from_utf8_lossy(self.metadata.as_deref().unwrap_or_default()))
    }

    /// The platform tags of a wheel; none of other files.
    pub(crate) fn platforms(&self) -> Vec<String> {
        FileName::parse(&self.file_name).map(|name| name.platforms).unwrap_or_default()
    }
}

/// Reads the files that the command line names, each once.
///
/// # Errors
/// One of them cannot be read, or is none.
pub(crate) fn read_all(paths: &[PathBuf]) -> Result<Vec<Artefact>> {
    let mut artefacts: Vec<Artefact> = Vec::new();
    for path in paths {
        if artefacts.iter().all(|artefact| artefact.path != *path) {
            artefacts.push(Artefact::read(path)?);
        }
    }
    artefacts.sort_by(|one, other| one.file_name.cmp(&other.file_name));
    Ok(artefacts)
}

/// What `build` has put into `dist` of a package's version.
///
/// # Errors
/// There is no package, or nothing of its version in `dist`.
pub(crate) fn built(package: Option<&str>, manifest: Option<&Path>) -> Result<Vec<Artefact>> {
    let options = CargoOptions::default();
    let package = project::one(package, manifest, &options)?;
    let directory = from_here(&package.workspace.join("dist"));
    let name = PackageName::from_crate(package.name()).map_err(wheel_failure)?;
    let version = PythonVersion::from_cargo(&package.package.version).map_err(wheel_failure)?;
    let mut paths = Vec::new();
    let mut others = Vec::new();
    for entry in fs::read_dir(env::current_dir()?.join(&directory)).into_iter().flatten().flatten() {
        let file = entry.file_name().to_string_lossy().into_owned();
        let Some((found, its_version)) = distribution_of(&file) else { continue };
        if canonical(found) != canonical(name.distribution()) {
            continue;
        }
        match normal_version(its_version).as_deref() == Some(version.as_str()) {
            true => paths.push(directory.join(file)),
            false => others.push(its_version.to_owned()),
        }
    }
    if paths.is_empty() {
        let message = format!("`{}` holds nothing of {} {version}", directory.display(), package.name());
        others.sort();
        others.dedup();
        let help = match others.as_slice() {
            [] => "run `cargo chainner build`, or name the files".to_owned(),
            others => format!("there is only {}: run `cargo chainner build`, or name the files", others.join(", ")),
        };
        return Err(Failure::new(Code::NothingToPublish, message).help(help).into());
    }
    read_all(&paths)
}
