//! The wheel of chainner-sdk, which shows the packages in the app: the one that is given, made of a checkout, or fetched.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Result;

use crate::{
    codes::Code,
    error::Failure,
    pip::Pip,
    project::NodePackage,
    publish::Artefact,
    shell::{Level, Shell},
    verify,
};

use super::{Part, Platform, SDK, requirement};

/// The wheel, and nothing with a warning if there is none to be had: sites that have it installed need no other.
pub(super) fn find(
    given: Option<&Path>,
    packages: &[NodePackage],
    platforms: &[Platform],
    python: &str,
    shell: &Shell,
) -> Result<Option<Part>> {
    if let Some(path) = given {
        return Ok(Some(read(path)?));
    }
    let place = tempfile::tempdir()?;
    fs::create_dir(place.path().join("download"))?;
    let said = match (Pip::find(), packages.iter().find_map(checkout)) {
        (None, _) => "there is no Python with pip".to_owned(),
        (Some(pip), Some(checkout)) => {
            shell.status("Building", format_args!("the wheel of {SDK}"));
            let mut words = vec!["wheel", "--no-deps", "--retries", "1", "--wheel-dir", "download"];
            // What builds it is fetched only if it is not there.
            words.extend(pip.has("hatchling").then_some("--no-build-isolation"));
            let checkout = checkout.to_string_lossy().into_owned();
            words.push(&checkout);
            pip.run(words, place.path(), shell).err().unwrap_or_default()
        }
        (Some(pip), None) => {
            shell.status("Fetching", SDK);
            let platform = requirement::systems(platforms).remove(0);
            let words = requirement::words(&[SDK.to_owned()], platform, python, place.path());
            pip.run(&words, place.path(), shell).err().unwrap_or_default()
        }
    };
    let made = requirement::downloaded(&place.path().join("download"))?.into_iter().find(|part| part.name == SDK);
    if made.is_none() {
        let last = said.lines().last().unwrap_or_default();
        let message = format!("the bundle is without {SDK}, which shows packages in the app: {last}");
        let help = "a site that has it needs no other; else give it with `--sdk-wheel FILE`";
        shell.message(Level::Warning, Some(Code::BundleDependency), &message, &[], Some(help));
    }
    Ok(made)
}

fn read(path: &Path) -> Result<Part, Failure> {
    let refuse = |message: String| {
        Failure::new(Code::BundleSdk, message)
            .help(format!("give the wheel of {SDK}, e.g. chainner_sdk-0.1.0-py3-none-any.whl"))
    };
    let artefact = Artefact::read(path)?;
    let errors = verify::findings(&artefact.file_name, &artefact.bytes, false).0;
    if let Some(error) = errors.iter().find(|finding| finding.level == Level::Error) {
        return Err(refuse(format!("`{}` is not sound: {}", path.display(), error.message)));
    }
    let name = artefact.distribution.clone();
    let part = Part::of(artefact).filter(|part| part.name == SDK);
    part.ok_or_else(|| refuse(format!("`{}` is a file of {name}, not the wheel of {SDK}", path.display())))
}

/// Directory of the Python half, in the checkout of chainner-sdk that a package depends on.
fn checkout(package: &NodePackage) -> Option<PathBuf> {
    let sdk = package.package.dependencies.iter().find(|dependency| dependency.name == SDK)?;
    let python = sdk.path.as_ref()?.parent()?.join("python");
    python.join("pyproject.toml").is_file().then(|| python.into_std_path_buf())
}
