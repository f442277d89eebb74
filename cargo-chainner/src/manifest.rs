//! What Cargo.toml says about a package, as far as it goes into the wheel.

use std::{env, fs, path::Path};

use anyhow::{Context as _, Result};

use crate::{
    error::Failure,
    project::NodePackage,
    wheel::{LicenseFile, Metadata, PackageName, PythonVersion},
};

/// Beginnings of the names of licence files, as PEP 639 lists them.
const LICENSE_NAMES: &[&str] = &["LICENSE", "LICENCE", "COPYING", "NOTICE"];

/// The metadata of a package's wheel.
///
/// # Errors
/// Name or version cannot be expressed in Python, or a file that Cargo.toml names cannot be read.
pub fn metadata(node_package: &NodePackage) -> Result<Metadata> {
    let package = &node_package.package;
    let name = PackageName::from_crate(&package.name)?;
    let version = PythonVersion::from_cargo(&package.version)?;
    let readme = match &package.readme {
        Some(readme) => {
            let path = node_package.directory().join(readme);
            Some(fs::read_to_string(&path).map_err(|error| Failure::unreadable(&path, &error))?)
        }
        None => None,
    };
    Ok(Metadata {
        summary: package.description.clone(),
        keywords: package.keywords.clone(),
        authors: package.authors.clone(),
        license: package.license.clone(),
        license_files: license_files(node_package)?,
        homepage: package.homepage.clone(),
        repository: package.repository.clone(),
        documentation: package.documentation.clone(),
        readme,
        ..Metadata::new(name, version)
    })
}

/// The licence files of the package; those of the workspace if it has none.
fn license_files(package: &NodePackage) -> Result<Vec<LicenseFile>> {
    if let Some(file) = &package.package.license_file {
        let path = package.directory().join(file);
        let name = path.file_name().context("`license-file` names no file")?.to_string_lossy().into_owned();
        return Ok(vec![read(&path, name)?]);
    }
    let own = license_files_in(package.directory())?;
    if own.is_empty() { license_files_in(&package.workspace) } else { Ok(own) }
}

fn license_files_in(directory: &Path) -> Result<Vec<LicenseFile>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(directory).map_err(|error| Failure::unreadable(directory, &error))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if LICENSE_NAMES.iter().any(|beginning| name.to_uppercase().starts_with(beginning)) && entry.path().is_file() {
            files.push(read(&entry.path(), name)?);
        }
    }
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(files)
}

fn read(path: &Path, name: String) -> Result<LicenseFile> {
    let contents = fs::read(path).map_err(|error| Failure::unreadable(path, &error))?;
    Ok(LicenseFile { path: name, contents })
}

/// `SOURCE_DATE_EPOCH`, if it is set.
pub fn source_date_epoch() -> Option<String> {
    env::var("SOURCE_DATE_EPOCH").ok()
}
