//! Names of the file and of its `.dist-info` (binary distribution format; PEP 440 for versions, PEP 503 for names).

use super::subject::{Subject, inside};
use super::version;
use crate::check::Findings;
use crate::codes::Code;

/// The parts of a file name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FileName {
    /// As it stands, e.g. `film_lab`.
    pub(crate) distribution: String,
    /// As it stands, e.g. `0.1.0`.
    pub(crate) version: String,
    /// Python tags, e.g. `cp310`.
    pub(crate) pythons: Vec<String>,
    /// ABI tags, e.g. `abi3`.
    pub(crate) abis: Vec<String>,
    /// Platform tags, e.g. `manylinux_2_17_x86_64`.
    pub(crate) platforms: Vec<String>,
}

impl FileName {
    /// Takes the name apart, or says which rule it breaks.
    pub(crate) fn parse(name: &str) -> Result<Self, String> {
        let stem = name.strip_suffix(".whl").ok_or("it does not end with `.whl`")?;
        let parts: Vec<&str> = stem.split('-').collect();
        let (distribution, version, build, tags) = match parts.as_slice() {
            [distribution, version, tags @ ..] if tags.len() == 3 => (distribution, version, None, tags),
            [distribution, version, build, tags @ ..] if tags.len() == 3 => (distribution, version, Some(build), tags),
            _ => return Err("it has not 5 parts, or 6 with a build number, between its hyphens".to_owned()),
        };
        let is_name = distribution.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.".contains(&byte))
            && !distribution.contains("__")
            && distribution.starts_with(|first: char| first.is_ascii_alphanumeric())
            && distribution.ends_with(|last: char| last.is_ascii_alphanumeric());
        if !is_name {
            return Err(format!("`{distribution}` is not the name of a distribution, with `_` for `-`"));
        }
        if version::normal(version).is_none() {
            return Err(format!("`{version}` is not a version of PEP 440"));
        }
        if build.is_some_and(|build| !build.starts_with(|first: char| first.is_ascii_digit())) {
            return Err("its third part is a build number, which starts with a digit".to_owned());
        }
        let split = |tag: &str| tag.split('.').map(str::to_owned).collect::<Vec<_>>();
        let is_tag = |tag: &&str| {
            tag.split('.')
                .all(|one| !one.is_empty() && one.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'))
        };
        if let Some(tag) = tags.iter().find(|tag| !is_tag(tag)) {
            return Err(format!("`{tag}` is not a tag"));
        }
        Ok(Self {
            distribution: (*distribution).to_owned(),
            version: (*version).to_owned(),
            pythons: split(tags[0]),
            abis: split(tags[1]),
            platforms: split(tags[2]),
        })
    }

    /// All tags of the file name, sorted.
    pub(crate) fn tags(&self) -> Vec<String> {
        expanded(&format!("{}-{}-{}", self.pythons.join("."), self.abis.join("."), self.platforms.join(".")))
    }
}

/// Longest compressed set that is taken apart, in bytes: as long as the name of a file can be.
const TAG_LIMIT: usize = 255;

/// All tags that a compressed set stands for (PEP 425), sorted.
pub(super) fn expanded(compressed: &str) -> Vec<String> {
    if compressed.len() > TAG_LIMIT || compressed.split('-').count() != 3 {
        return vec![compressed.to_owned()];
    }
    let mut tags = vec![String::new()];
    for (index, part) in compressed.split('-').enumerate() {
        let hyphen = if index == 0 { "" } else { "-" };
        tags = tags.iter().flat_map(|tag| part.split('.').map(move |one| format!("{tag}{hyphen}{one}"))).collect();
    }
    tags.sort();
    tags.dedup();
    tags
}

/// The name of a distribution as PEP 503 compares it.
pub(crate) fn canonical(name: &str) -> String {
    let parts = name.split(['-', '_', '.']).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("-").to_ascii_lowercase()
}

/// Distribution and version in the name of a wheel or of a source distribution, as they stand there.
pub(crate) fn distribution_of(file_name: &str) -> Option<(&str, &str)> {
    if let Some(stem) = file_name.strip_suffix(".whl") {
        let mut parts = stem.split('-');
        return Some((parts.next()?, parts.next()?));
    }
    let stem = file_name.strip_suffix(".tar.gz").or_else(|| file_name.strip_suffix(".zip"))?;
    stem.rsplit_once('-')
}

/// The name of the file is one, and in its normal form, which older tools did not keep to.
pub(super) fn check_form(file_name: &str, is_strict: bool, findings: &mut Findings) {
    let name = match FileName::parse(file_name) {
        Ok(name) => name,
        Err(problem) => {
            findings.error(Code::WheelFileName, format!("`{file_name}` is not the name of a wheel: {problem}")).help(
                "wheels are named `{name}-{version}-{python}-{abi}-{platform}.whl`, without hyphens inside the parts",
            );
            return;
        }
    };
    let normal_name = canonical(&name.distribution).replace('-', "_");
    let normal_version = version::normal(&name.version).unwrap_or_default().replace('-', "_");
    for (found, normal) in [(&name.distribution, normal_name), (&name.version, normal_version)] {
        if *found != normal {
            let message = format!("`{found}` of the file name is not in its normal form, `{normal}`");
            let finding = match is_strict {
                true => findings.error(Code::WheelFileNameForm, message),
                false => findings.note(Code::WheelFileNameForm, message),
            };
            finding.help(format!(
                "write `{normal}` for `{found}`; `uv publish` leaves out files that are named otherwise"
            ));
        }
    }
}

/// File name, `.dist-info` and METADATA have one name and one version.
pub(super) fn check(subject: &Subject, findings: &mut Findings) {
    match subject.dist_infos().as_slice() {
        [] => {
            findings
                .error(Code::WheelDistInfo, "there is no `.dist-info` directory")
                .help("build the wheel anew; without it no installer takes the wheel");
        }
        [_] => {}
        several => {
            findings
                .error(
                    Code::WheelDistInfo,
                    format!("there are several `.dist-info` directories: {}", several.join(", ")),
                )
                .help("a wheel is one distribution: build one for each");
        }
    }
    let Some(name) = &subject.name else { return };
    if let Some(dist_info) = &subject.dist_info {
        check_dist_info(name, dist_info, subject.pypi, findings);
    }
    let Some(metadata) = &subject.metadata else { return };
    let place = inside(&subject.information("METADATA").unwrap_or_default());
    if let Some(found) = metadata.first("Name").filter(|found| canonical(found) != canonical(&name.distribution)) {
        findings
            .error(
                Code::WheelName,
                format!("`Name` of METADATA is `{found}`, the file name says `{}`", name.distribution),
            )
            .at(&place)
            .help("build the wheel anew instead of renaming it");
    }
    if let Some(found) = metadata.first("Version").filter(|found| !version::are_equal(found, &name.version)) {
        findings
            .error(
                Code::WheelVersion,
                format!("`Version` of METADATA is `{found}`, the file name says `{}`", name.version),
            )
            .at(&place)
            .help("build the wheel anew instead of renaming it");
    }
}

fn check_dist_info(name: &FileName, dist_info: &str, pypi: bool, findings: &mut Findings) {
    let expected = format!("{}-{}.dist-info", name.distribution, name.version);
    if dist_info == expected {
        return;
    }
    let stem = dist_info.strip_suffix(".dist-info").unwrap_or(dist_info);
    let is_equal = stem.split_once('-').is_some_and(|(distribution, found)| {
        !found.contains('-')
            && canonical(distribution) == canonical(&name.distribution)
            && version::are_equal(found, &name.version)
    });
    let message = format!("the directory `{dist_info}` is not named after the file: expected `{expected}`");
    // Spellings of one name are compared by all installers, but PyPI looks for the very name.
    let finding = match is_equal && !pypi {
        true => findings.warning(Code::WheelDistInfo, message),
        false => findings.error(Code::WheelDistInfo, message),
    };
    finding.at(inside(dist_info)).help("build the wheel anew instead of renaming it");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_apart() {
        let name = FileName::parse("six-1.17.0-2-py2.py3-none-any.whl").unwrap();
        assert_eq!((name.distribution.as_str(), name.version.as_str()), ("six", "1.17.0"));
        assert_eq!(name.tags(), ["py2-none-any", "py3-none-any"]);
        for bad in [
            "",
            "six.whl",
            "film-lab-0.1.0-cp310-abi3-any.whl",
            "six-1.0-x-py3-none-any.whl",
            "six-1.0-py3-none-.whl",
            "six-one-py3-none-any.whl",
            "six-1.0-py3-none-any.zip",
        ] {
            FileName::parse(bad).unwrap_err();
        }
    }

    #[test]
    fn names_are_compared_as_pep_503_does() {
        assert_eq!(canonical("Film__Lab.x"), "film-lab-x");
        assert_eq!(distribution_of("film_lab-0.1.0-cp310-abi3-win_amd64.whl"), Some(("film_lab", "0.1.0")));
        assert_eq!(distribution_of("film-lab-0.1.0.tar.gz"), Some(("film-lab", "0.1.0")));
        assert_eq!(distribution_of("film_lab-0.1.0.exe"), None);
    }
}
