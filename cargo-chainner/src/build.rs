//! `build`: the wheel and `schema.json` of packages.

use std::{
    env,
    path::{Path, PathBuf},
};

use anyhow::Result;
use serde_json::json;

use crate::{
    check,
    cli::{BuildArgs, CargoOptions},
    codes::{Code, Exit},
    compile::{self, Half},
    describe::Described,
    edge,
    error::{Failure, Stopped},
    files, manifest,
    project::{self, NodePackage, listed},
    schema,
    shell::{Level, Shell},
    wheel::{Extension, LocalPaths, Timestamp, Wheel, WheelError},
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
        return build(package, &out, &out, &args.cargo, shell);
    }
    let mut failed = Vec::new();
    for package in &packages {
        let schema = out.join(package.module());
        if let Err(error) = build(package, &out, &schema, &args.cargo, shell) {
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

/// Builds one package: the wheel into `out`, `schema.json` into `schema_directory`.
fn build(
    package: &NodePackage,
    out: &Path,
    schema_directory: &Path,
    options: &CargoOptions,
    shell: &Shell,
) -> Result<()> {
    // What Cargo.toml gets wrong is told before minutes are spent on compiling.
    let metadata = manifest::metadata(package).map_err(in_words)?;
    let timestamp =
        Timestamp::from_source_date_epoch(manifest::source_date_epoch().as_deref()).map_err(wheel_failure)?;

    let described = Described::new(package.clone(), options, shell)?;
    check::require(&described, shell)?;
    shell.status("Checked", format_args!("{} v{}", package.name(), package.package.version));

    let library = compile::library(package, Half::Python, options, shell)?;
    let local_paths = match options.debug {
        // Debug builds are for this machine.
        true => LocalPaths::default(),
        false => LocalPaths::new(compile::local_paths(package).iter().map(|path| path.as_os_str().as_encoded_bytes())),
    };
    let schema = schema::canonical(&described.description.schema)?;
    let nodes = described.description.nodes.len();
    let wheel = Wheel {
        metadata,
        description: described.description,
        schema: schema.clone(),
        extension: Extension::read(&library, None).map_err(wheel_failure)?,
        local_paths,
        timestamp,
    };
    let written = wheel.write(out).map_err(wheel_failure)?;
    let schema_file = place(&schema, schema_directory, "schema.json")?;

    let file_name = written.path.file_name().unwrap_or_default().to_string_lossy();
    let profile = if options.debug { ", debug" } else { "" };
    shell.status(
        "Packaged",
        format_args!(
            "{file_name} ({}, {nodes} {}{profile}, sha256 {})",
            size(written.size),
            plural(nodes),
            written.sha256
        ),
    );
    let wheel = || json!({"path": written.path, "sha256": written.sha256, "size": written.size, "nodes": nodes});
    shell.result("chainner-artifact", wheel, format_args!("{}\n", written.path.display()))?;
    Ok(shell.result(
        "chainner-artifact",
        || json!({"path": schema_file}),
        format_args!("{}\n", schema_file.display()),
    )?)
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
fn place(contents: &[u8], directory: &Path, name: &str) -> Result<PathBuf> {
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
