//! What lies in a bundle beside its wheels: an index, hashes, a list of parts, and a README.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use serde_json::json;

use crate::{
    index::{File, Page, Projects, sha256},
    schema,
    wheel::archive::Entry,
};

use super::{Part, Platform, SDK};

/// All files of the bundle, sorted by their paths.
///
/// # Errors
/// The list of parts cannot be written.
pub(super) fn entries(
    names: &BTreeSet<String>,
    parts: &[Part],
    platforms: &[Platform],
    python: &str,
) -> Result<Vec<Entry>> {
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for part in parts {
        files.insert(part.file_name.clone(), part.bytes.clone());
    }
    let mut projects: BTreeMap<&str, Vec<File>> = BTreeMap::new();
    for part in parts {
        projects.entry(&part.name).or_default().push(listed(part));
    }
    for (name, links) in &projects {
        let page = Page { name: (*name).to_owned(), files: links.clone() };
        files.insert(format!("simple/{name}/index.html"), page.to_html().into_bytes());
        files.insert(format!("simple/{name}/index.json"), page.to_json().into_bytes());
    }
    let list = Projects(projects.keys().map(|name| (*name).to_owned()).collect());
    files.insert("simple/index.html".to_owned(), list.to_html().into_bytes());
    files.insert("simple/index.json".to_owned(), list.to_json().into_bytes());
    files.insert("bundle.cdx.json".to_owned(), list_of_parts(names, parts)?);
    files.insert("README.txt".to_owned(), readme(names, parts, platforms, python).into_bytes());
    let sums: String = files.iter().map(|(path, contents)| format!("{}  {path}\n", sha256(contents))).collect();
    files.insert("SHA256SUMS".to_owned(), sums.into_bytes());
    Ok(files.into_iter().map(|(path, contents)| Entry { path, executable: false, contents }).collect())
}

/// A wheel as the index lists it: it lies at the top, where `--find-links` looks.
fn listed(part: &Part) -> File {
    File {
        name: part.file_name.clone(),
        url: format!("../../{}", part.file_name),
        sha256: Some(sha256(&part.bytes)),
        requires_python: part.headers().first("Requires-Python").map(str::to_owned),
        metadata: None,
        size: Some(part.bytes.len() as u64),
        yanked: None,
    }
}

/// The wheels with their versions and hashes, as a CycloneDX document without time and place.
fn list_of_parts(names: &BTreeSet<String>, parts: &[Part]) -> Result<Vec<u8>> {
    let components: Vec<_> = parts
        .iter()
        .map(|part| {
            json!({
                "type": "library",
                "bom-ref": part.file_name,
                "name": part.name,
                "version": part.version,
                "purl": format!("pkg:pypi/{}@{}?file_name={}", part.name, part.version.replace('+', "%2B"), part.file_name),
                "scope": if names.contains(&part.name) { "required" } else { "optional" },
                "hashes": [{"alg": "SHA-256", "content": sha256(&part.bytes)}],
            })
        })
        .collect();
    let tool = json!({"type": "application", "name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION")});
    schema::canonical(&json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.5.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"tools": {"components": [tool]}},
        "components": components,
    }))
}

fn readme(names: &BTreeSet<String>, parts: &[Part], platforms: &[Platform], python: &str) -> String {
    let named: BTreeSet<String> = parts
        .iter()
        .filter(|part| names.contains(&part.name))
        .map(|part| format!("{} {}", part.name, part.version))
        .collect();
    let title = named.into_iter().collect::<Vec<_>>().join(", ");
    let has_sdk = parts.iter().any(|part| part.name == SDK);
    let mut wanted: Vec<&str> = names.iter().map(String::as_str).collect();
    if has_sdk && !names.contains(SDK) {
        wanted.push(SDK);
    }
    let systems: Vec<String> = platforms.iter().map(|platform| platform.word()).collect();
    let systems = if systems.is_empty() { "all systems".to_owned() } else { systems.join(", ") };
    let missing = match has_sdk {
        true => String::new(),
        false => format!("\nThe bundle is without {SDK}: the second command needs it installed already.\n"),
    };
    let files: String = parts.iter().map(|part| format!("    {}\n", part.file_name)).collect();
    format!(
        "{title}\n\n\
         For {systems}, with Python {python}. In this directory, with the Python that chaiNNer runs in:\n\n    \
         python -m pip install --no-index --find-links . {}\n    \
         python -m {} link\n{missing}\n\
         The first installs without network, the second makes chaiNNer show installed packages, after a restart.\n\n\
         SHA256SUMS has the hash of each file (sha256sum -c SHA256SUMS), bundle.cdx.json the list of parts, and simple/\n\
         is an index that any web server can serve (pip install --index-url http://HOST/simple/ …).\n\n{files}",
        wanted.join(" "),
        SDK.replace('-', "_"),
    )
}
