//! What a source distribution holds (source distribution format, PEP 625, PEP 643).

use std::{
    io::{self, Read as _},
    path::Component,
};

use flate2::read::MultiGzDecoder;
use tar::{Archive, EntryType};

use crate::{
    check::Findings,
    codes::Code,
    verify::{self, Headers, canonical, distribution_of, normal_version},
};

/// Most that is unpacked, in bytes.
const LIMIT: u64 = 1 << 30;
/// Largest PKG-INFO that is read, in bytes.
const METADATA_LIMIT: u64 = 16 << 20;

/// The archive, read once.
#[derive(Debug, Default)]
struct Contents {
    /// Paths of files below the root, or as they stand where they are not below it.
    files: Vec<String>,
    /// Paths that lead elsewhere, links out of the archive, devices.
    strays: Vec<String>,
    metadata: Option<Vec<u8>>,
}

/// PKG-INFO, if it can be read.
pub(super) fn metadata(file_name: &str, bytes: &[u8]) -> Option<Vec<u8>> {
    read(file_name.strip_suffix(".tar.gz")?, bytes).ok()?.metadata
}

fn read(stem: &str, bytes: &[u8]) -> io::Result<Contents> {
    let mut contents = Contents::default();
    let mut archive = Archive::new(MultiGzDecoder::new(bytes).take(LIMIT));
    for entry in archive.entries()? {
        let mut entry = entry?;
        let path = entry.path()?.into_owned();
        let shown = path.to_string_lossy().replace('\\', "/");
        let is_below = path.components().all(|part| matches!(part, Component::Normal(_)))
            && path.components().next() == Some(Component::Normal(stem.as_ref()));
        let is_known = matches!(
            entry.header().entry_type(),
            EntryType::Regular | EntryType::Directory | EntryType::Symlink | EntryType::Link | EntryType::GNUSparse
        );
        if entry.header().entry_type() == EntryType::XGlobalHeader {
            continue;
        }
        if !is_below || !is_known {
            contents.strays.push(shown);
            continue;
        }
        if entry.header().entry_type() == EntryType::Directory {
            continue;
        }
        let file = shown.strip_prefix(stem).unwrap_or(&shown).trim_start_matches('/').to_owned();
        if file == "PKG-INFO" {
            let mut metadata = Vec::new();
            entry.by_ref().take(METADATA_LIMIT).read_to_end(&mut metadata)?;
            contents.metadata = Some(metadata);
        }
        contents.files.push(file);
    }
    // The end of the archive is as good as its beginning.
    let mut rest = archive.into_inner();
    io::copy(&mut rest, &mut io::sink())?;
    Ok(contents)
}

/// What is wrong with a source distribution. `pypi` adds the rules of an upload to PyPI.
pub(super) fn findings(file_name: &str, bytes: &[u8], pypi: bool) -> Findings {
    let mut findings = Findings::default();
    let stem = file_name.strip_suffix(".tar.gz").unwrap_or(file_name);
    let mut error = |message: String, help: &str| {
        findings.error(Code::PublishSdist, message).help(help);
    };
    let (name, version) = distribution_of(file_name).unwrap_or_default();
    let normal = format!(
        "{}-{}",
        canonical(name).replace('-', "_"),
        normal_version(version).unwrap_or_else(|| version.to_owned())
    );
    if stem != normal {
        error(
            format!("the file is not named in the normal form, `{normal}.tar.gz`"),
            "build it anew instead of renaming it",
        );
    }
    if normal_version(version).is_none() {
        error(format!("`{version}` is no version of PEP 440"), "write e.g. `1.0.0a1` for `1.0.0-alpha.1`");
    }
    let contents = match read(stem, bytes) {
        Ok(contents) => contents,
        Err(reason) => {
            error(format!("it cannot be unpacked: {reason}"), "build it anew");
            return findings;
        }
    };
    if let Some(stray) = contents.strays.first() {
        error(
            format!("`{}` lies outside of the directory `{stem}`, or is no file", stray.escape_debug()),
            "a source distribution is one directory, named after the file",
        );
    }
    if !contents.files.iter().any(|file| file == "pyproject.toml") {
        error(
            "it holds no `pyproject.toml`".to_owned(),
            "pip cannot build without one: `cargo chainner new` writes it",
        );
    }
    let Some(metadata) = &contents.metadata else {
        error("it holds no PKG-INFO".to_owned(), "build it anew, with the tool that `pyproject.toml` names");
        return findings;
    };
    let headers = Headers::parse(&String::from_utf8_lossy(metadata));
    for (field, found, expected) in [
        ("Name", headers.first("Name").map(canonical), canonical(name)),
        ("Version", headers.first("Version").and_then(normal_version), normal_version(version).unwrap_or_default()),
    ] {
        let found = found.unwrap_or_default();
        if found != expected {
            error(
                format!("`{field}` of PKG-INFO is `{found}`, the file name says `{expected}`"),
                "build it anew instead of renaming it",
            );
        }
    }
    let mut of_metadata = verify::metadata_findings(stem, metadata, contents.files, pypi);
    for finding in &mut of_metadata.0 {
        finding.message = finding.message.replace("METADATA", "PKG-INFO");
        for place in &mut finding.places {
            place.file = format!("{stem}/PKG-INFO");
        }
    }
    findings.0.extend(of_metadata.0);
    findings
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::{Compression, write::GzEncoder};

    use super::*;

    const NAME: &str = "film_lab-0.1.0.tar.gz";
    const METADATA: &str =
        "Metadata-Version: 2.4\nName: film-lab\nVersion: 0.1.0\nLicense-Expression: MIT\nLicense-File: LICENSE\n";

    fn packed(files: &[(&str, &str)]) -> Vec<u8> {
        let mut tar = tar::Builder::new(Vec::new());
        for (path, text) in files {
            let mut header = tar::Header::new_gnu();
            header.set_size(text.len() as u64);
            // Set as it stands, also where it leads elsewhere.
            header.as_old_mut().name[..path.len()].copy_from_slice(path.as_bytes());
            header.set_mode(0o644);
            header.set_cksum();
            tar.append(&header, text.as_bytes()).unwrap();
        }
        let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
        gzip.write_all(&tar.into_inner().unwrap()).unwrap();
        gzip.finish().unwrap()
    }

    fn found(files: &[(&str, &str)]) -> Vec<String> {
        findings(NAME, &packed(files), true)
            .0
            .into_iter()
            .map(|finding| format!("{} {}", finding.code, finding.message))
            .collect()
    }

    #[test]
    fn a_sound_one_is_taken_and_broken_ones_are_told() {
        let (info, project, license) = (
            ("film_lab-0.1.0/PKG-INFO", METADATA),
            ("film_lab-0.1.0/pyproject.toml", ""),
            ("film_lab-0.1.0/LICENSE", "MIT"),
        );
        assert_eq!(found(&[info, project, license]), [""; 0]);
        assert_eq!(metadata(NAME, &packed(&[info])).as_deref(), Some(METADATA.as_bytes()));
        let told = |files: &[(&str, &str)], part: &str| {
            let found = found(files);
            assert!(found.iter().any(|one| one.contains(part)), "{found:?}");
        };
        told(&[info, project], "CH0448");
        told(&[info, license], "CH0906 it holds no `pyproject.toml`");
        told(&[project, license], "CH0906 it holds no PKG-INFO");
        told(&[info, project, license, ("film_lab-0.1.0/../x", "")], "lies outside");
        let other = METADATA.replace("0.1.0", "0.2.0");
        told(&[("film_lab-0.1.0/PKG-INFO", &other), project, license], "`Version` of PKG-INFO is `0.2.0`");
        let cut = packed(&[info, project, license]);
        let cut = findings(NAME, &cut[..cut.len() - 20], true);
        assert!(cut.0[0].message.contains("cannot be unpacked"), "{cut:?}");
        let renamed = findings("Film-Lab-0.1.0.tar.gz", &packed(&[info]), true);
        assert!(renamed.0[0].message.contains("`film_lab-0.1.0.tar.gz`"), "{renamed:?}");
    }
}
