//! `build`: the wheels and `schema.json` of packages.

mod plan;

use std::{
    collections::BTreeSet,
    env,
    path::{Path, PathBuf},
};

use anyhow::Result;
use cargo_metadata::PackageId;
use plan::Plan;
use serde_json::json;

use crate::{
    check,
    cli::{BuildArgs, CargoOptions},
    codes::{Code, Exit},
    compile::{self, Target},
    describe::Described,
    edge,
    error::{Failure, Stopped},
    files, manifest,
    project::{self, NodePackage, listed},
    sbom, schema,
    shell::{Level, Shell},
    wheel::{Extension, LocalPaths, Timestamp, Wheel, WheelError, WrittenWheel},
};

/// Builds the chosen packages. Of several, a failing one does not keep the others from being built.
///
/// # Errors
/// A package cannot be built; of several, that has been said.
pub fn run(args: &BuildArgs, manifest: Option<&Path>, shell: &Shell) -> Result<()> {
    let packages = project::chosen(&args.packages, manifest, &args.cargo)?;
    let out = match &args.out {
        Some(out) => out.clone(),
        None => from_here(&project::root(manifest, &args.cargo)?.join("dist")),
    };
    if let [package] = packages.as_slice() {
        return build(package, &out, &out, args, shell);
    }
    let mut failed = Vec::new();
    for package in &packages {
        let schema = out.join(package.module());
        if let Err(error) = build(package, &out, &schema, args, shell) {
            edge::tell(error, shell);
            failed.push(package.name());
        }
    }
    if failed.is_empty() {
        shell.status("Finished", format_args!("{} packages", packages.len()));
        return Ok(());
    }
    let message = format!("{} of {} packages failed: {}", failed.len(), packages.len(), listed(&failed));
    shell.message(Level::Error, None, &message, &[], None);
    Err(Stopped(Exit::Failure).into())
}

/// Builds one package: the wheels into `out`, `schema.json` into `schema_directory`. Nothing is written before everything is
/// compiled and checked.
fn build(package: &NodePackage, out: &Path, schema_directory: &Path, args: &BuildArgs, shell: &Shell) -> Result<()> {
    // What Cargo.toml gets wrong, and what is not installed, is told before minutes are spent on compiling.
    let metadata = manifest::metadata(package).map_err(in_words)?;
    let timestamp =
        Timestamp::from_source_date_epoch(manifest::source_date_epoch().as_deref()).map_err(wheel_failure)?;
    let plan = Plan::new(args, package)?;
    let options = &args.cargo;

    let mut described = None;
    let mut libraries = Vec::new();
    for (target, linker) in &plan.targets {
        if described.is_none() && *target.triple() != *Target::host()?.triple() {
            described = Some(checked(Described::new(package.clone(), options, shell)?, shell)?);
        }
        if plan.targets.len() > 1 {
            shell.status("Building", format_args!("{} for {}", package.name(), target.triple()));
        }
        let built = compile::library_for(package, target, linker, options, shell)?;
        if described.is_none() {
            described = Some(checked(describe(package, &built.library, options, shell)?, shell)?);
        }
        libraries.push((target, built));
    }
    let described = match described {
        Some(described) => described,
        None => checked(Described::new(package.clone(), options, shell)?, shell)?,
    };

    let local_paths = match options.debug {
        // Debug builds are for this machine.
        true => LocalPaths::default(),
        false => {
            let mut paths = compile::local_paths(package);
            paths.push(compile::directory(package, options)?);
            LocalPaths::new(paths.iter().map(|path| path.as_os_str().as_encoded_bytes()))
        }
    };
    let schema = schema::canonical(&described.description.schema)?;
    let nodes = described.description.nodes.len();
    let wheel = |extension: Option<Extension>, sbom: Option<Vec<u8>>| Wheel {
        metadata: metadata.clone(),
        description: described.description.clone(),
        schema: schema.clone(),
        extension,
        sbom,
        local_paths: local_paths.clone(),
        timestamp,
    };
    let sbom = |target: Option<&Target>, packages: &BTreeSet<PackageId>| -> Result<Option<Vec<u8>>> {
        if !plan.sbom {
            return Ok(None);
        }
        sbom::cyclonedx(package, &metadata, target, packages, options).map(Some)
    };
    let mut wheels = Vec::new();
    for (target, built) in &libraries {
        let extension = Extension::read(&built.library, target.architecture()).map_err(wheel_failure)?;
        wheels.push(wheel(Some(extension), sbom(Some(target), &built.packages)?));
    }
    if plan.schema_only {
        wheels.push(wheel(None, sbom(None, &BTreeSet::new())?));
    }
    let profile = if options.debug { ", debug" } else { "" };
    let mut written_wheels = Vec::new();
    for wheel in wheels {
        let written = wheel.write(out).map_err(wheel_failure)?;
        shell.status(
            "Packaged",
            format_args!(
                "{} ({}, {nodes} {}{profile}, sha256 {})",
                written.path.file_name().unwrap_or_default().to_string_lossy(),
                size(written.size),
                plural(nodes),
                written.sha256
            ),
        );
        written_wheels.push(written);
    }
    let schema_file = place(&schema, schema_directory, "schema.json")?;
    for written in written_wheels {
        let WrittenWheel { path, size, sha256, tags } = &written;
        let keys = || json!({"path": path, "sha256": sha256, "size": size, "tags": tags, "nodes": nodes});
        shell.result("chainner-artifact", keys, format_args!("{}\n", path.display()))?;
    }
    let keys = || json!({"path": schema_file});
    Ok(shell.result("chainner-artifact", keys, format_args!("{}\n", schema_file.display()))?)
}

/// What the compiled package says about itself. The half for Python is asked; where it cannot be, one without Python is compiled.
///
/// # Errors
/// Those of [`Described::new`].
pub(crate) fn describe(
    package: &NodePackage,
    library: &Path,
    options: &CargoOptions,
    shell: &Shell,
) -> Result<Described> {
    let directory = compile::directory(package, options)?;
    match Described::of_python_half(package.clone(), library, &directory) {
        Ok(described) => Ok(described),
        Err(error) => {
            shell.detail("Describing", format_args!("{} without Python: {error:#}", package.name()));
            Described::new(package.clone(), options, shell)
        }
    }
}

/// A package that the app takes; that it is one is told.
///
/// # Errors
/// It is none, which was told.
pub(crate) fn checked(described: Described, shell: &Shell) -> Result<Described> {
    check::require(&described, shell)?;
    shell.status("Checked", format_args!("{} v{}", described.package.name(), described.package.package.version));
    Ok(described)
}

fn plural(nodes: usize) -> &'static str {
    if nodes == 1 { "node" } else { "nodes" }
}

/// A number of bytes for a person.
pub(crate) fn size(bytes: u64) -> String {
    match bytes {
        bytes if bytes < 1024 => format!("{bytes} B"),
        bytes if bytes < 1024 * 1024 => format!("{} KiB", bytes.div_ceil(1024)),
        bytes => format!("{:.1} MiB", bytes as f64 / (1024.0 * 1024.0)),
    }
}

/// A path as one would type it.
pub(crate) fn from_here(path: &Path) -> PathBuf {
    let here = env::current_dir().unwrap_or_default();
    path.strip_prefix(here).unwrap_or(path).to_owned()
}

/// Writes a file beside its place, then gives it its name.
pub(crate) fn place(contents: &[u8], directory: &Path, name: &str) -> Result<PathBuf> {
    let path = directory.join(name);
    files::write(&path, contents)?;
    Ok(path)
}

/// The wheel's errors end with a line of help.
pub(crate) fn wheel_failure(error: WheelError) -> anyhow::Error {
    let text = error.to_string();
    match text.split_once("\nhelp: ") {
        Some((message, help)) => Failure::new(Code::Wheel, message).help(help).into(),
        None => Failure::new(Code::Wheel, text).into(),
    }
}

pub(crate) fn in_words(error: anyhow::Error) -> anyhow::Error {
    match error.downcast::<WheelError>() {
        Ok(error) => wheel_failure(error),
        Err(error) => error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_a_fitting_unit() {
        assert_eq!([12, 1025, 3 << 20].map(size), ["12 B", "2 KiB", "3.0 MiB"]);
    }

    #[test]
    fn the_help_of_a_wheel_error_stands_apart() {
        let error = Timestamp::from_source_date_epoch(Some("noon")).expect_err("no number");
        let failure: Failure = wheel_failure(error).downcast().expect("a failure");
        assert_eq!(failure.code, Code::Wheel);
        assert_eq!(failure.help.as_deref(), Some("correct or unset it"));
    }
}
