//! Cargo.toml, rewritten to stand alone: what it inherits from a workspace is written out, and paths lead to where the crates are
//! in the archive.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};
use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, TableLike, Value};

use super::{LOCAL_CRATES, canonical, local_crate::Workspace, read_text};
use crate::{codes::Code, error::Failure};

/// Tables of dependencies, in a manifest and below each of its targets.
const DEPENDENCIES: &[&str] =
    &["dependencies", "dev-dependencies", "build-dependencies", "dev_dependencies", "build_dependencies"];

/// The first of them are not followed in crates whose tests are not in the archive.
const DEV_DEPENDENCIES: &[&str] = &["dev-dependencies", "dev_dependencies"];

/// A manifest that inherits nothing; its paths are those of this machine.
#[derive(Debug)]
pub(super) struct Resolved {
    /// Name of the crate.
    pub(super) name: String,
    /// The manifest.
    pub(super) document: DocumentMut,
    /// Directories of the crates that it names by path, sorted.
    pub(super) paths: Vec<PathBuf>,
    /// Files outside of the crate that it speaks of, by the names it now has for them.
    pub(super) inherited: BTreeMap<String, PathBuf>,
}

/// Reads a manifest.
pub(super) fn parse(path: &Path, text: &str) -> Result<DocumentMut> {
    text.parse().map_err(|error| {
        Failure::new(Code::SdistManifest, format!("`{}` is not TOML: {error}", path.display()))
            .help("run `cargo check`, which shows the place")
            .into()
    })
}

/// The manifest of a crate, with what it inherits from its workspace written out.
pub(super) fn resolved(directory: &Path, workspace: &Workspace, is_package: bool) -> Result<Resolved> {
    let path = directory.join("Cargo.toml");
    let mut document = parse(&path, &read_text(&path)?)?;
    let shared = workspace.document.get("workspace");
    let mut inherited = BTreeMap::new();
    inherit_package(&mut document, directory, workspace, &mut inherited)?;

    if !is_package {
        for key in ["test", "bench", "example", "lints"].iter().chain(DEV_DEPENDENCIES) {
            document.remove(key);
        }
        for table in targets(&mut document) {
            DEV_DEPENDENCIES.iter().for_each(|key| _ = table.remove(key));
        }
    }
    let mut paths = Vec::new();
    each_dependency(&mut document, &mut |name, item| {
        let dependency = dependency(name, item, directory, workspace)?;
        if let Some(path) = dependency.as_inline_table().and_then(|table| table.get("path")).and_then(Value::as_str) {
            paths.push(PathBuf::from(path));
        }
        *item = Item::Value(undecorated(dependency));
        Ok(())
    })?;

    if is_package {
        let shared_lints = shared.and_then(|shared| shared.get("lints"));
        if document.get("lints").is_some_and(inherits) {
            document.insert("lints", shared_lints.cloned().unwrap_or_default());
        }
        // Only those of the workspace count.
        for key in ["profile", "patch", "replace"] {
            document.remove(key);
            if let Some(item) = workspace.document.get(key) {
                document.insert(key, item.clone());
            }
        }
        each_patch(&mut document, &mut |item| {
            if let Some(path) = item.as_table_like().and_then(|table| table.get("path")).and_then(Item::as_str) {
                let path = canonical(&workspace.directory.join(path))?;
                paths.push(path.clone());
                set_path(item, &text(&path)?);
            }
            Ok(())
        })?;
        // At the end, wherever an earlier one stood.
        document.remove("workspace");
        document.insert("workspace", Item::Table(own_workspace(workspace)));
    } else {
        ["workspace", "profile", "patch", "replace"].iter().for_each(|key| _ = document.remove(key));
        // It inherits nothing, also where the archive is unpacked inside of a workspace.
        document.insert("workspace", Item::Table(Table::new()));
    }
    let name = document.get("package").and_then(|package| package.get("name")).and_then(Item::as_str);
    let name = name.with_context(|| format!("`{}` names no package", path.display()))?.to_owned();
    paths.sort();
    paths.dedup();
    Ok(Resolved { name, document, paths, inherited })
}

/// The text of a resolved manifest whose crate is at `place` in the archive.
pub(super) fn relocated(mut document: DocumentMut, place: &str, places: &BTreeMap<PathBuf, String>) -> Result<String> {
    let up = "../".repeat(place.split('/').filter(|part| !part.is_empty()).count());
    let mut relocate = |item: &mut Item| -> Result<()> {
        let Some(path) = item.as_table_like().and_then(|table| table.get("path")).and_then(Item::as_str) else {
            return Ok(());
        };
        let target = places.get(Path::new(path)).with_context(|| format!("`{path}` is not in the archive"))?;
        let path = format!("{up}{target}");
        set_path(item, if path.is_empty() { "." } else { path.trim_end_matches('/') });
        Ok(())
    };
    each_dependency(&mut document, &mut |_, item| relocate(item))?;
    each_patch(&mut document, &mut relocate)?;
    Ok(document.to_string())
}

/// The workspace of the archive is the package alone, resolved and compiled as in its own workspace.
fn own_workspace(workspace: &Workspace) -> Table {
    let shared = workspace.document.get("workspace");
    let explicit = shared.and_then(|shared| shared.get("resolver")).and_then(Item::as_str);
    let root = workspace.document.get("package");
    let edition = root.and_then(|package| package.get("edition")).and_then(Item::as_str);
    let inherited = shared.and_then(|shared| shared.get("package")?.get("edition")?.as_str());
    let resolver = explicit.unwrap_or(match edition.or(inherited.filter(|_| root.is_some())) {
        Some("2024") => "3",
        Some("2021") => "2",
        _ => "1",
    });
    let mut table = Table::new();
    table.insert("resolver", toml_edit::value(resolver));
    table.insert("exclude", toml_edit::value(Array::from_iter([LOCAL_CRATES])));
    table
}

/// Writes out the keys of `[package]` that the workspace gives.
fn inherit_package(
    document: &mut DocumentMut,
    directory: &Path,
    workspace: &Workspace,
    inherited: &mut BTreeMap<String, PathBuf>,
) -> Result<()> {
    let Some(package) = document.get_mut("package").and_then(Item::as_table_like_mut) else { return Ok(()) };
    package.remove("workspace");
    let shared = workspace.document.get("workspace").and_then(|shared| shared.get("package"));
    let keys: Vec<String> = package.iter().map(|(key, _)| key.to_owned()).collect();
    for key in keys {
        let is_inherited = package.get(&key).is_some_and(inherits);
        if is_inherited {
            let item = shared.and_then(|shared| shared.get(&key)).cloned().ok_or_else(|| missing("package", &key))?;
            package.insert(&key, item);
        }
        // A file of the workspace, or one outside of the crate, lies beside the manifest in the archive.
        if ["readme", "license-file"].contains(&key.as_str())
            && let Some(named) = package.get(&key).and_then(Item::as_str).map(str::to_owned)
        {
            let base = if is_inherited { &workspace.directory } else { directory };
            let path = base.join(&named);
            if path.is_file() && !canonical(&path)?.starts_with(directory) {
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                package.insert(&key, toml_edit::value(name.clone()));
                inherited.insert(name, path);
            } else if is_inherited && let Ok(own) = canonical(&path)?.strip_prefix(directory) {
                package.insert(&key, toml_edit::value(super::slashed(own)));
            }
        }
    }
    Ok(())
}

/// A dependency as it would be without a workspace. Its path is that of this machine.
fn dependency(name: &str, item: &Item, directory: &Path, workspace: &Workspace) -> Result<Value> {
    let own = item.clone().into_value().map_err(|_| missing("dependencies", name))?;
    if !inherits(item) {
        return located(own, directory);
    }
    let shared = workspace.document.get("workspace");
    let base = shared
        .and_then(|shared| shared.get("dependencies")?.get(name))
        .and_then(|item| item.clone().into_value().ok())
        .ok_or_else(|| missing("dependencies", name))?;
    let Value::InlineTable(mut base) = located(as_table(base), &workspace.directory)? else {
        return Err(missing("dependencies", name));
    };
    for (key, value) in own.as_inline_table().into_iter().flatten() {
        match key {
            "workspace" => {}
            // Features add up, all else is the crate's own word.
            "features" => {
                let mut features = base.get("features").and_then(Value::as_array).cloned().unwrap_or_default();
                features.extend(value.as_array().into_iter().flatten().cloned());
                base.insert("features", Value::Array(features));
            }
            // `default-features = false` of a member counts only if the workspace says it, too.
            "default-features" | "default_features" if value.as_bool() == Some(true) => {
                base.remove("default_features");
                base.insert("default-features", true.into());
            }
            "default-features" | "default_features" => {}
            key => _ = base.insert(key, value.clone()),
        }
    }
    Ok(Value::InlineTable(base))
}

/// Makes the path of a dependency the one of this machine.
fn located(mut dependency: Value, base: &Path) -> Result<Value> {
    if let Some(table) = dependency.as_inline_table_mut()
        && let Some(path) = table.get("path").and_then(Value::as_str)
    {
        let path = text(&canonical(&base.join(path))?)?;
        table.insert("path", path.into());
    }
    Ok(dependency)
}

/// The same without the comments and line breaks that stood around its parts.
fn undecorated(mut value: Value) -> Value {
    match &mut value {
        Value::InlineTable(table) => {
            table.iter_mut().for_each(|(_, part)| *part = undecorated(part.clone()));
            table.fmt();
        }
        Value::Array(array) => {
            array.iter_mut().for_each(|part| *part = undecorated(part.clone()));
            array.fmt();
            array.set_trailing("");
        }
        _ => {}
    }
    value.decor_mut().clear();
    value
}

fn as_table(dependency: Value) -> Value {
    match dependency {
        Value::InlineTable(table) => Value::InlineTable(table),
        version => Value::InlineTable(InlineTable::from_iter([("version", version)])),
    }
}

/// Whether an item says `workspace = true`.
fn inherits(item: &Item) -> bool {
    item.as_table_like().and_then(|table| table.get("workspace")).and_then(Item::as_bool) == Some(true)
}

fn set_path(item: &mut Item, path: &str) {
    if let Some(table) = item.as_table_like_mut() {
        table.insert("path", toml_edit::value(path));
    }
}

fn text(path: &Path) -> Result<String> {
    let text = path.to_str().with_context(|| format!("the path `{}` is not Unicode", path.display()))?;
    Ok(text.to_owned())
}

fn missing(table: &str, key: &str) -> anyhow::Error {
    let message =
        format!("`{key}` inherits from `[workspace.{table}]`, which has it not, or not in a form that can be read");
    Failure::new(Code::SdistManifest, message).help("run `cargo check`, which shows the place").into()
}

/// The tables below `[target.…]`.
fn targets(document: &mut DocumentMut) -> Vec<&mut dyn TableLike> {
    let targets = document.get_mut("target").and_then(Item::as_table_like_mut);
    let each = targets.into_iter().flat_map(|targets| targets.iter_mut());
    each.filter_map(|(_, target)| target.as_table_like_mut()).collect()
}

fn each_dependency(document: &mut DocumentMut, visit: &mut dyn FnMut(&str, &mut Item) -> Result<()>) -> Result<()> {
    let mut in_table = |table: &mut dyn TableLike| -> Result<()> {
        for key in DEPENDENCIES {
            let Some(dependencies) = table.get_mut(key).and_then(Item::as_table_like_mut) else { continue };
            for (name, item) in dependencies.iter_mut() {
                visit(name.get(), item)?;
            }
        }
        Ok(())
    };
    in_table(document.as_table_mut())?;
    for target in targets(document) {
        in_table(target)?;
    }
    Ok(())
}

fn each_patch(document: &mut DocumentMut, visit: &mut dyn FnMut(&mut Item) -> Result<()>) -> Result<()> {
    let sources = document.get_mut("patch").and_then(Item::as_table_like_mut);
    for (_, source) in sources.into_iter().flat_map(|sources| sources.iter_mut()) {
        for (_, item) in source.as_table_like_mut().into_iter().flat_map(|table| table.iter_mut()) {
            visit(item)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// A workspace with the files of two crates.
    fn workspace(root: &str, package: &str) -> (tempfile::TempDir, Workspace) {
        let directory = tempfile::tempdir().expect("a directory");
        let at = |file: &str| directory.path().join(file);
        for member in ["lab", "film grain"] {
            fs::create_dir_all(at(member)).expect("made");
            fs::write(at(member).join("Cargo.toml"), "[package]\nname = \"grain\"\n").expect("written");
        }
        fs::write(at("README.md"), "Lab\n").expect("written");
        fs::write(at("lab/Cargo.toml"), package).expect("written");
        let workspace = Workspace {
            directory: directory.path().canonicalize().expect("there"),
            document: parse(Path::new("Cargo.toml"), root).expect("TOML"),
        };
        (directory, workspace)
    }

    const ROOT: &str = "[workspace]\nresolver = \"2\"\n[workspace.package]\nversion = \"0.1.0\"\nreadme = \"README.md\"\n\
        [workspace.dependencies]\ngrain = { path = \"film grain\", version = \"0.1\", features = [\"fine\"] } # grain\nserde = \"1\" # serde\n\
        [workspace.lints.rust]\nmissing_docs = \"warn\"\n[profile.release]\nlto = true\n[patch.crates-io]\nother = { path = \"film grain\" }\n";

    const LAB: &str = "[package]\nname = \"lab\"\nversion.workspace = true\nreadme.workspace = true\nworkspace = \"..\"\n\
        [dependencies]\nserde = { workspace = true, optional = true }\n[dependencies.grain]\nworkspace = true\nfeatures = [\"coarse\"]\n\
        [target.'cfg(unix)'.dev-dependencies]\nown = { path = \"../film grain\", package = \"grain\" }\n[lints]\nworkspace = true\n\
        [profile.dev]\nopt-level = 3\n";

    #[test]
    fn what_a_workspace_gives_is_written_out_and_paths_stay_inside() {
        let (_directory, workspace) = workspace(ROOT, LAB);
        let resolved = resolved(&workspace.directory.join("lab"), &workspace, true).expect("resolved");
        let grain = workspace.directory.join("film grain");
        assert_eq!((resolved.name.as_str(), resolved.paths.as_slice()), ("lab", &[grain.clone()][..]));
        assert_eq!(
            resolved.inherited,
            BTreeMap::from([("README.md".to_owned(), workspace.directory.join("README.md"))])
        );
        let places = BTreeMap::from([(grain, "local-crates/grain".to_owned())]);
        let text = relocated(resolved.document, "", &places).expect("relocated");
        let read: DocumentMut = text.parse().expect("TOML");
        let value = |path: &[&str]| {
            let found = path.iter().try_fold(read.as_item(), |item, key| item.get(key));
            found.map(|item| item.to_string().trim().to_owned()).unwrap_or_default()
        };
        assert_eq!(value(&["package", "version"]), "\"0.1.0\"");
        assert_eq!(value(&["dependencies", "serde", "version"]), "\"1\"");
        assert_eq!(value(&["dependencies", "serde", "optional"]), "true");
        assert_eq!(value(&["dependencies", "grain", "path"]), "\"local-crates/grain\"");
        assert_eq!(value(&["dependencies", "grain", "features"]), "[\"fine\", \"coarse\"]");
        assert_eq!(value(&["target", "cfg(unix)", "dev-dependencies", "own", "path"]), "\"local-crates/grain\"");
        assert_eq!(value(&["patch", "crates-io", "other", "path"]), "\"local-crates/grain\"");
        assert_eq!(value(&["workspace", "resolver"]), "\"2\"");
        assert_eq!(value(&["profile", "release", "lto"]), "true");
        assert_eq!(value(&["lints", "rust", "missing_docs"]), "\"warn\"");
        assert!(read.get("profile").and_then(|profile| profile.get("dev")).is_none(), "{text}");
        assert!(!text.contains("workspace = true") && !text.contains("\"..\""), "{text}");
    }

    #[test]
    fn a_local_crate_leaves_its_tests_behind() {
        let (_directory, workspace) = workspace(ROOT, LAB);
        let directory = workspace.directory.join("lab");
        let resolved = resolved(&directory, &workspace, false).expect("resolved");
        let places = BTreeMap::from([(workspace.directory.join("film grain"), "local-crates/grain".to_owned())]);
        let text = relocated(resolved.document, "local-crates/lab", &places).expect("relocated");
        assert!(text.contains("path = \"../../local-crates/grain\""), "{text}");
        assert!(text.contains("[workspace]"), "{text}");
        for word in ["dev-dependencies", "lints", "profile", "patch"] {
            assert!(!text.contains(word), "{word}: {text}");
        }
    }

    #[test]
    fn what_the_workspace_does_not_give_is_told() {
        let (_directory, workspace) = workspace("[workspace]\n", LAB);
        let error = resolved(&workspace.directory.join("lab"), &workspace, true).expect_err("nothing to inherit");
        assert!(error.to_string().contains("`version` inherits from `[workspace.package]`"), "{error}");
    }
}
