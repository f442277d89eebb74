//! Packages of chaiNNer: what the app needs besides what an installer needs. Other wheels are not asked for it.

use serde_json::Value;

use super::binary::ModuleName;
use super::file_name::canonical;
use super::information::{self, EntryPoint, PACKAGES};
use super::subject::{Subject, inside};
use crate::check::Findings;
use crate::codes::Code;

pub(super) fn check(subject: &Subject, findings: &mut Findings) {
    let Some(module) = module(subject).filter(|_| subject.is_package && subject.dist_info.is_some()) else { return };
    check_name(subject, findings);
    // One that cannot be read has been told.
    if let Some(points) = entry_points(subject) {
        check_entry_point(subject, &module, &points, findings);
    }
    check_files(subject, &module, findings);
    check_schema(subject, &format!("{module}/schema.json"), findings);
}

/// Whether the wheel announces itself as a node package, or holds the schema of one.
pub(super) fn is_package(subject: &Subject) -> bool {
    let is_announced = entry_points(subject).is_some_and(|points| !points.is_empty());
    let schema = module(subject).and_then(|module| schema(subject, &format!("{module}/schema.json")));
    is_announced || schema.is_some_and(|schema| schema.get("nodes").is_some() && schema.get("categories").is_some())
}

/// Where a node package has its schema.
pub(super) fn schema_path(subject: &Subject) -> Option<String> {
    Some(format!("{}/schema.json", module(subject)?))
}

fn module(subject: &Subject) -> Option<String> {
    Some(canonical(&subject.name.as_ref()?.distribution).replace('-', "_"))
}

/// The entry points of the app; `None` if the file cannot be read.
fn entry_points(subject: &Subject) -> Option<Vec<EntryPoint>> {
    let text = subject.information_text("entry_points.txt").unwrap_or_default();
    let points = information::entry_points(text).ok()?;
    Some(points.into_iter().filter(|point| point.group == PACKAGES).collect())
}

fn schema(subject: &Subject, path: &str) -> Option<Value> {
    serde_json::from_slice(subject.contents(path)?).ok()
}

/// The app looks installed packages up by the very text of `Name`.
fn check_name(subject: &Subject, findings: &mut Findings) {
    let Some(name) = subject.metadata.as_ref().and_then(|metadata| metadata.first("Name")) else { return };
    let expected = canonical(name);
    if name != expected {
        findings
            .error(
                Code::WheelCanonicalName,
                format!(
                    "`Name` of METADATA is `{name}`: chaiNNer, which compares names as they are, looks for `{expected}`"
                ),
            )
            .at(inside(&subject.information("METADATA").unwrap_or_default()))
            .help(format!("write `Name: {expected}`"));
    }
}

fn check_entry_point(subject: &Subject, module: &str, points: &[EntryPoint], findings: &mut Findings) {
    let place = inside(&subject.information("entry_points.txt").unwrap_or_default());
    let help = format!("write `{module} = {module}` below `[{PACKAGES}]`");
    match points {
        [] => {
            findings
                .error(Code::WheelPackageEntryPoint, format!("no entry point of `{PACKAGES}` names the package"))
                .at(&place)
                .help(help);
        }
        points => {
            for point in points.iter().filter(|point| point.module != module || !point.object.is_empty()) {
                findings
                    .error(
                        Code::WheelPackageEntryPoint,
                        format!(
                            "the entry point `{}` names `{}`: the package is the module `{module}`",
                            point.name, point.module
                        ),
                    )
                    .at(&place)
                    .help(help.clone());
            }
        }
    }
}

/// The files of a package are there, and no others.
fn check_files(subject: &Subject, module: &str, findings: &mut Findings) {
    let at = |file: &str| format!("{module}/{file}");
    let required = ["__init__.py", "schema.json", "__init__.pyi", "py.typed"];
    for file in required.into_iter().filter(|file| !subject.has(&at(file))) {
        let message = format!("`{}` is missing", at(file));
        let finding = match file {
            "__init__.py" | "schema.json" => findings.error(Code::WheelPackageFile, message),
            _ => findings.warning(Code::WheelPackageFile, message),
        };
        finding.help("build the wheel with `cargo chainner build`");
    }
    let is_extension = |path: &str| {
        path.strip_prefix(module)
            .and_then(|rest| rest.strip_prefix('/'))
            .is_some_and(|file| !file.contains('/') && ModuleName::of(file).is_some_and(|name| name.stem == "_native"))
    };
    // A wheel for all systems only shows the nodes.
    let is_pure = subject.name.as_ref().is_some_and(|name| name.platforms == ["any"]);
    if !is_pure && !subject.members.iter().any(|member| is_extension(&member.path)) {
        findings
            .error(Code::WheelPackageFile, format!("the extension module `{}` is missing", at("_native.abi3.so")))
            .help("build the wheel with `cargo chainner build`");
    }
    let information = ["METADATA", "WHEEL", "RECORD", "entry_points.txt", "RECORD.jws", "RECORD.p7s"];
    let information = information.map(|file| subject.information(file).unwrap_or_default());
    let directories = ["licenses/", "sboms/"].map(|directory| subject.information(directory).unwrap_or_default());
    let data = subject.dist_info.as_deref().and_then(|name| name.strip_suffix("dist-info")).unwrap_or_default();
    let data = format!("{data}data/");
    for member in &subject.members {
        let path = member.path.as_str();
        let is_known = required.iter().any(|file| path == at(file))
            || is_extension(path)
            || information.iter().any(|file| file == path)
            || path.starts_with(&data)
            || directories.iter().any(|directory| path.starts_with(directory.as_str()));
        if !is_known && !super::junk::is_junk(path) {
            findings.warning(Code::WheelStray, format!("`{path}` is no file of a node package")).at(inside(path)).help(
                format!("leave it out, it may hide or overwrite files of others; what is needed lies in `{module}/`"),
            );
        }
        if !is_known && !super::archive::is_portable_path(path) {
            findings
                .warning(Code::WheelPath, format!("`{}` cannot be written on every system", path.escape_debug()))
                .at(inside(path))
                .help("rename the file");
        }
    }
}

/// `schema.json` is what the app reads, and asks for the same packages as METADATA.
fn check_schema(subject: &Subject, path: &str, findings: &mut Findings) {
    if subject.contents(path).is_none() {
        return;
    }
    let place = inside(path);
    let help = "build the wheel with `cargo chainner build`, which writes it";
    let Some(schema) = schema(subject, path) else {
        findings.error(Code::WheelSchema, format!("`{path}` is not JSON")).at(&place).help(help);
        return;
    };
    let is_shape = schema.get("package").is_some_and(Value::is_object)
        && ["categories", "nodes"].iter().all(|key| schema.get(key).is_some_and(Value::is_array));
    if !is_shape {
        findings
            .error(
                Code::WheelSchema,
                format!("`{path}` is not `{{\"package\": {{…}}, \"categories\": […], \"nodes\": […]}}`"),
            )
            .at(&place)
            .help(help);
        return;
    }
    let Some(metadata) = &subject.metadata else { return };
    let required: Vec<String> = metadata.all("Requires-Dist").into_iter().map(requirement_name).collect();
    let dependencies = schema["package"]["dependencies"].as_array().map(Vec::as_slice).unwrap_or_default();
    for name in dependencies.iter().filter_map(|dependency| dependency["pypiName"].as_str()) {
        if !required.contains(&canonical(name)) {
            findings
                .error(Code::WheelSchema, format!("`{path}` asks for `{name}`, METADATA does not"))
                .at(&place)
                .help(format!("add `Requires-Dist: {name}` to METADATA, or build the wheel anew"));
        }
    }
}

fn requirement_name(text: &str) -> String {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || "-_.".contains(c))).unwrap_or(text.len());
    canonical(&text[..end])
}
