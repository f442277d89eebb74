//! The list of what is in a wheel's library (PEP 770, CycloneDX 1.5): the crates that cargo compiled for it, and nothing of this
//! machine or of the time.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use anyhow::{Context as _, Result};
use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package, PackageId, TargetKind};
use serde_json::{Map, Value, json};
use toml_edit::DocumentMut;

use crate::{cli::CargoOptions, compile::Target, error::Failure, project::NodePackage, schema, wheel};

/// The document about a library that was compiled of these packages.
///
/// # Errors
/// Cargo does not tell about the packages.
pub fn cyclonedx(
    package: &NodePackage,
    metadata: &wheel::Metadata,
    target: Option<&Target>,
    compiled: &BTreeSet<PackageId>,
    options: &CargoOptions,
) -> Result<Vec<u8>> {
    let (name, version) = (metadata.name.distribution(), metadata.version.as_str());
    let own = format!("pkg:pypi/{name}@{version}");
    let mut main = Map::from_iter([
        ("type".to_owned(), json!("library")),
        ("bom-ref".to_owned(), json!(own)),
        ("name".to_owned(), json!(name)),
        ("version".to_owned(), json!(version)),
        ("purl".to_owned(), json!(own)),
    ]);
    add_facts(&mut main, &package.package);
    let (components, dependencies) = match target {
        Some(target) => graph(package, &own, target, compiled, options)?,
        None => (Vec::new(), vec![json!({"ref": own, "dependsOn": []})]),
    };
    let document = json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.5.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "tools": {"components": [{
                "type": "application",
                "name": env!("CARGO_PKG_NAME"),
                "version": env!("CARGO_PKG_VERSION"),
            }]},
            "component": main,
        },
        "components": components,
        "dependencies": dependencies,
    });
    schema::canonical(&document)
}

/// The components but the package itself, and who depends on whom, sorted.
fn graph(
    package: &NodePackage,
    own: &str,
    target: &Target,
    compiled: &BTreeSet<PackageId>,
    options: &CargoOptions,
) -> Result<(Vec<Value>, Vec<Value>)> {
    let metadata = resolved(package, target, options)?;
    let checksums = checksums(&package.workspace.join("Cargo.lock"))?;
    let known: BTreeMap<&PackageId, &Package> =
        metadata.packages.iter().filter(|one| compiled.contains(&one.id)).map(|one| (&one.id, one)).collect();
    let reference = |one: &Package| match one.id == package.package.id {
        true => own.to_owned(),
        false => purl(one),
    };
    let mut edges: BTreeMap<&PackageId, Vec<&PackageId>> = BTreeMap::new();
    for node in metadata.resolve.as_ref().map(|resolve| resolve.nodes.as_slice()).unwrap_or_default() {
        let normal = node.deps.iter().filter(|one| {
            known.contains_key(&one.pkg) && one.dep_kinds.iter().any(|kind| kind.kind == DependencyKind::Normal)
        });
        edges.insert(&node.id, normal.map(|one| &one.pkg).collect());
    }
    let linked = linked(&package.package.id, &known, &edges);

    let mut components = BTreeMap::new();
    let mut dependencies = BTreeMap::new();
    for (id, one) in &known {
        let depends_on: BTreeSet<String> =
            edges.get(id).into_iter().flatten().filter_map(|id| known.get(id)).map(|one| reference(one)).collect();
        dependencies.insert(reference(one), json!({"ref": reference(one), "dependsOn": depends_on}));
        if one.id == package.package.id {
            continue;
        }
        let mut component = Map::from_iter([
            ("type".to_owned(), json!("library")),
            ("bom-ref".to_owned(), json!(purl(one))),
            ("name".to_owned(), json!(one.name)),
            ("version".to_owned(), json!(one.version.to_string())),
            ("purl".to_owned(), json!(purl(one))),
            // Macros and build scripts ran, and are not in the library.
            ("scope".to_owned(), json!(if linked.contains(id) { "required" } else { "excluded" })),
        ]);
        if let Some(checksum) = checksums.get(&(one.name.to_string(), one.version.to_string())) {
            component.insert("hashes".to_owned(), json!([{"alg": "SHA-256", "content": checksum}]));
        }
        add_facts(&mut component, one);
        components.insert(purl(one), Value::Object(component));
    }
    Ok((components.into_values().collect(), dependencies.into_values().collect()))
}

/// The packages whose code is in the library: those that can be reached without passing through a macro.
fn linked<'a>(
    root: &'a PackageId,
    known: &BTreeMap<&PackageId, &Package>,
    edges: &BTreeMap<&PackageId, Vec<&'a PackageId>>,
) -> BTreeSet<&'a PackageId> {
    let is_macro = |id: &PackageId| {
        let targets = known.get(id).map(|one| one.targets.as_slice()).unwrap_or_default();
        targets.iter().any(|target| target.kind.contains(&TargetKind::ProcMacro))
    };
    let mut reached = BTreeSet::new();
    let mut pending = vec![root];
    while let Some(id) = pending.pop() {
        if !is_macro(id) && reached.insert(id) {
            pending.extend(edges.get(id).into_iter().flatten().copied());
        }
    }
    reached
}

fn resolved(package: &NodePackage, target: &Target, options: &CargoOptions) -> Result<Metadata> {
    let mut command = MetadataCommand::new();
    command.manifest_path(&package.package.manifest_path);
    let mut words = vec![
        "--filter-platform".to_owned(),
        target.triple().to_owned(),
        "--features".to_owned(),
        format!("{}/python", package.sdk),
    ];
    // What was just compiled is at hand; nothing may be resolved anew.
    words.push(if options.offline || options.frozen { "--frozen" } else { "--locked" }.to_owned());
    command.other_options(words);
    command.exec().context("cargo does not tell what the library was made of")
}

/// Licence and addresses, as far as the format takes them.
fn add_facts(component: &mut Map<String, Value>, package: &Package) {
    if let Some(description) = package.description.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        let line = description.split_whitespace().collect::<Vec<_>>().join(" ");
        component.insert("description".to_owned(), json!(line));
    }
    if let Some(license) = package.license.as_deref().and_then(|text| wheel::license_expression(text).ok()) {
        component.insert("licenses".to_owned(), json!([{"expression": license}]));
    }
    let is_address = |url: &&String| url.starts_with("https://") || url.starts_with("http://");
    let addresses =
        [("website", &package.homepage), ("documentation", &package.documentation), ("vcs", &package.repository)];
    let references: Vec<Value> = addresses
        .into_iter()
        .filter_map(|(kind, url)| Some(json!({"type": kind, "url": url.as_ref().filter(is_address)?})))
        .collect();
    if !references.is_empty() {
        component.insert("externalReferences".to_owned(), json!(references));
    }
}

/// The package as a package URL: `pkg:cargo/serde@1.0.229`; of a git repository with the commit.
fn purl(package: &Package) -> String {
    let base = format!("pkg:cargo/{}@{}", package.name, package.version.to_string().replace('+', "%2B"));
    match package.source.as_ref().and_then(|source| source.repr.strip_prefix("git+")) {
        Some(git) => {
            let (url, commit) = git.split_once('#').unwrap_or((git, ""));
            let url = url.split('?').next().unwrap_or_default();
            let encoded: String = format!("git+{url}@{commit}")
                .bytes()
                .map(|byte| match byte {
                    b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b':' | b'/' => {
                        char::from(byte).to_string()
                    }
                    byte => format!("%{byte:02X}"),
                })
                .collect();
            format!("{base}?vcs_url={encoded}")
        }
        None => base,
    }
}

/// The SHA-256 of the packages that come from a registry, by name and version.
fn checksums(lock: &Path) -> Result<BTreeMap<(String, String), String>> {
    let text = fs::read_to_string(lock).map_err(|error| Failure::unreadable(lock, &error))?;
    let document: DocumentMut = text.parse().with_context(|| format!("`{}` is not TOML", lock.display()))?;
    let tables = document.get("package").and_then(|packages| packages.as_array_of_tables());
    Ok(tables
        .into_iter()
        .flatten()
        .filter_map(|table| {
            let text = |key: &str| table.get(key)?.as_str().map(str::to_owned);
            Some(((text("name")?, text("version")?), text("checksum")?))
        })
        .collect())
}
