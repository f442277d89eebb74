//! What the wheels need, fetched by pip for each system of the site.

use std::{collections::BTreeSet, fs, path::Path};

use anyhow::Result;

use crate::{codes::Code, error::Failure, pip::Pip, publish::Artefact, shell::Shell, verify::canonical};

use super::{Part, Platform};

/// What the wheels require, but of each other; requirements of extras are nobody's until asked for.
pub(super) fn of(parts: &[Part]) -> Vec<String> {
    let own: BTreeSet<&str> = parts.iter().map(|part| part.name.as_str()).collect();
    let mut requirements = BTreeSet::new();
    for part in parts {
        for text in part.headers().all("Requires-Dist") {
            let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || "-_.".contains(c))).unwrap_or(text.len());
            let is_extra = text.split_once(';').is_some_and(|(_, marker)| marker.contains("extra"));
            if !is_extra && !own.contains(canonical(&text[..end]).as_str()) {
                requirements.insert(text.to_owned());
            }
        }
    }
    requirements.into_iter().collect()
}

/// Fetches what fits the requirements, and what that needs in turn. The bundle's own wheels are not fetched.
pub(super) fn fetch(
    requirements: &[String],
    platforms: &[Platform],
    python: &str,
    own: &[Part],
    shell: &Shell,
) -> Result<Vec<Part>> {
    let all = requirements.join(", ");
    let Some(pip) = Pip::find() else {
        return Err(Failure::new(
            Code::BundleDependency,
            format!("the wheels require {all}, and there is no pip to fetch that"),
        )
        .help("install Python with pip, or let `PYTHON` name an interpreter that has it")
        .into());
    };
    shell.status("Fetching", &all);
    let place = tempfile::tempdir()?;
    // Wheels of the bundle may require each other.
    let links = place.path().join("own");
    fs::create_dir(&links)?;
    for part in own {
        fs::write(links.join(&part.file_name), &part.bytes)?;
    }
    for platform in systems(platforms) {
        let words = words(requirements, platform, python, &links);
        pip.run(&words, place.path(), shell).map_err(|said| {
            let system = platform.map(|platform| format!(" for {}", platform.word())).unwrap_or_default();
            Failure::new(Code::BundleDependency, format!("pip cannot fetch {all}{system} with Python {python}:\n{said}"))
                .help("fetching needs a network, or a directory with the wheels: `PIP_NO_INDEX=1 PIP_FIND_LINKS=DIR cargo chainner bundle …`")
        })?;
    }
    let fetched = downloaded(&place.path().join("download"))?;
    let names: BTreeSet<&str> = own.iter().map(|part| part.name.as_str()).collect();
    Ok(fetched.into_iter().filter(|part| !names.contains(part.name.as_str())).collect())
}

/// Each system once; without any, that of pip's own interpreter.
pub(super) fn systems(platforms: &[Platform]) -> Vec<Option<Platform>> {
    if platforms.is_empty() { vec![None] } else { platforms.iter().copied().map(Some).collect() }
}

/// What pip is told to do.
pub(super) fn words(requirements: &[String], platform: Option<Platform>, python: &str, links: &Path) -> Vec<String> {
    let mut words: Vec<String> =
        ["download", "--only-binary", ":all:", "--retries", "1", "--dest", "download", "--find-links"]
            .map(str::to_owned)
            .to_vec();
    words.push(links.to_string_lossy().into_owned());
    words.extend(["--python-version".to_owned(), python.to_owned(), "--implementation".to_owned(), "cp".to_owned()]);
    for abi in [format!("cp{}", python.replace('.', "")), "abi3".to_owned(), "none".to_owned()] {
        words.extend(["--abi".to_owned(), abi]);
    }
    for tag in platform.map(Platform::pip_tags).unwrap_or_default() {
        words.extend(["--platform".to_owned(), tag]);
    }
    words.push("--".to_owned());
    words.extend(requirements.iter().cloned());
    words
}

/// The wheels in a directory, by their names.
pub(super) fn downloaded(directory: &Path) -> Result<Vec<Part>> {
    let mut paths: Vec<_> = fs::read_dir(directory).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let mut parts = Vec::new();
    for path in paths {
        parts.extend(Part::of(Artefact::read(&path)?));
    }
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requirements_are_those_that_the_bundle_does_not_hold() {
        let part = |name: &str, metadata: &str| Part {
            name: name.to_owned(),
            version: "1".to_owned(),
            file_name: String::new(),
            bytes: Vec::new(),
            metadata: metadata.into(),
            platforms: Vec::new(),
        };
        let lab =
            "Requires-Dist: Studio_Nodes>=1\nRequires-Dist: numpy>=1.24\nRequires-Dist: pytest; extra == 'test'\n";
        let parts = [part("film-lab", lab), part("studio-nodes", "Requires-Dist: numpy>=1.24\n")];
        assert_eq!(of(&parts), ["numpy>=1.24"]);
    }
}
