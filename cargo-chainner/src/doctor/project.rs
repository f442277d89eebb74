//! The project here, if there is one.

use std::{fs, path::Path};

use cargo_metadata::DependencyKind;
use toml::Table;

use crate::{
    cli::{CargoOptions, Packages},
    codes::Code,
    error::Failure,
    project::{self, NodePackage},
};

use super::{examination::Examination, rust, settings};

pub(super) fn examine(manifest: Option<&Path>, examination: &mut Examination) {
    let all = Packages { package: Vec::new(), all: true };
    let packages = match project::chosen(&all, manifest, &CargoOptions::default()) {
        Ok(packages) => packages,
        Err(error) => {
            let failure = Failure::from_any(error);
            let help = failure.help.unwrap_or_else(|| "correct what the message names".to_owned());
            return match failure.code {
                Code::NoProject | Code::NotANodePackage if manifest.is_none() => {
                    examination.note(failure.code, "project", failure.message, help);
                }
                code => examination.fail(code, "project", failure.message, help),
            };
        }
    };
    for package in &packages {
        self::package(package, examination);
    }
    if let Some(first) = packages.first() {
        workspace(&first.workspace, examination);
    }
}

fn package(package: &NodePackage, examination: &mut Examination) {
    let name = package.name();
    let before = examination.lines.len();
    for dependency in package.package.dependencies.iter().filter(|one| one.kind != DependencyKind::Development) {
        if dependency.name == "chainner-sdk" && dependency.features.iter().any(|feature| feature == "python") {
            examination.warn(
                Code::PythonFeature,
                "package",
                format!("`{name}` switches on the feature `python` of chainner-sdk: `cargo test` then needs Python"),
                "take it out; `build` switches it on for the wheel only",
            );
        }
        if ["pyo3", "numpy"].contains(&dependency.name.as_str()) {
            examination.warn(
                Code::PythonFeature,
                "package",
                format!("`{name}` depends on {} itself: the version has to stay that of chainner-sdk", dependency.name),
                format!("do without, if you can: `cargo remove {}`", dependency.name),
            );
        }
    }
    let own = package.package.rust_version.as_ref();
    let compiler = super::program::answer("rustc", &["-V"]).and_then(|said| rust::version(&said));
    if let (Some(own), Some(compiler)) = (own, compiler)
        && !rust::is_enough(&compiler, own)
    {
        let found = format!("`{name}` needs Rust {own}, and the compiler is {compiler}");
        examination.fail(Code::RustMissing, "package", found, "run `rustup update`");
    }
    if examination.lines.len() == before {
        let nodes = package.sources.nodes.len();
        let s = if nodes == 1 { "" } else { "s" };
        examination.ok("package", format!("{name} {}, {nodes} node{s} in its sources", package.package.version));
    }
}

fn workspace(root: &Path, examination: &mut Examination) {
    if !root.join("Cargo.lock").is_file() {
        examination.note(
            Code::NotInstalled,
            "Cargo.lock",
            "there is none yet: `--locked`, which workflows use, needs it",
            "run `cargo generate-lockfile`, and commit it",
        );
    }
    if let Some(manifest) = fs::read_to_string(root.join("Cargo.toml")).ok().and_then(|text| text.parse::<Table>().ok())
    {
        settings::aborts("Cargo.toml", &manifest, examination);
    }
    // A file of its own: that a directory may be written to is for the system to say.
    if let Err(error) = tempfile::tempfile_in(root) {
        examination.fail(
            Code::Unwritable,
            "directory",
            format!("`{}` cannot be written to: {error}", root.display()),
            "look who owns it; `--out` and `--target-dir` name others",
        );
    }
}
