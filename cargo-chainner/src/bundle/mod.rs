//! `bundle`: wheels and all they need in one file, for sites without network.
//!
//! | file | noun |
//! |---|---|
//! | `platform.rs` | systems of a site, and the wheels that run there |
//! | `requirement.rs` | what the wheels need, fetched by pip |
//! | `sdk.rs` | the wheel of chainner-sdk |
//! | `part.rs` | a wheel of the bundle |
//! | `contents.rs` | what lies in a bundle: index, hashes, list of parts, README |
//! | `out.rs` | the file or directory that is written |

mod contents;
mod out;
mod part;
mod platform;
mod requirement;
mod sdk;

use std::{collections::BTreeSet, path::Path};

use anyhow::Result;
use serde_json::json;

use crate::{
    build::{size, wheel_failure},
    cli::{BundleArgs, CargoOptions},
    codes::{Code, Exit},
    error::{Failure, Stopped},
    index::sha256,
    manifest, project,
    publish::{self, Artefact, Kind},
    shell::{Level, Shell},
    verify::{self, canonical},
    wheel::Timestamp,
};

use out::Out;
use part::Part;
pub use platform::{Platform, python_version};

/// Name of the distribution that shows packages in the app.
const SDK: &str = "chainner-sdk";

/// Makes a bundle.
///
/// # Errors
/// A wheel is not sound or not there, what it needs cannot be fetched, or the bundle cannot be written. Nothing is left then.
pub fn run(args: &BundleArgs, manifest: Option<&Path>, shell: &Shell) -> Result<()> {
    let out = Out::parse(&args.out)?;
    let time = Timestamp::from_source_date_epoch(manifest::source_date_epoch().as_deref()).map_err(wheel_failure)?;
    let (artefacts, packages) = match args.wheels.as_slice() {
        [] => {
            let packages = project::chosen(&args.packages, manifest, &CargoOptions::default())?;
            let mut artefacts = Vec::new();
            for package in &packages {
                let directory = package.directory().to_string_lossy().into_owned();
                artefacts.extend(publish::built(Some(&directory), manifest)?);
            }
            (artefacts, packages)
        }
        named => (publish::read_all(named)?, Vec::new()),
    };
    let wheels: Vec<Part> = artefacts.into_iter().filter_map(Part::of).collect();
    let parts = chosen(wheels, &args.platform)?;
    judge(&parts, shell)?;
    let platforms = match args.platform.as_slice() {
        [] => Platform::of(&parts),
        named => named.to_vec(),
    };

    let names: BTreeSet<String> = parts.iter().map(|part| part.name.clone()).collect();
    let mut all = parts;
    let requirements = requirement::of(&all);
    if !requirements.is_empty() {
        all.extend(requirement::fetch(&requirements, &platforms, &args.python_version, &all, shell)?);
    }
    if !all.iter().any(|part| part.name == SDK) {
        all.extend(sdk::find(args.sdk_wheel.as_deref(), &packages, &platforms, &args.python_version, shell)?);
    }
    all.sort_by(|one, other| one.file_name.cmp(&other.file_name));
    all.dedup_by(|one, other| one.file_name == other.file_name);

    let entries = contents::entries(&names, &all, &platforms, &args.python_version)?;
    let digest = out.write(entries, time)?;
    for part in &all {
        shell.detail("Added", format_args!("{} (sha256 {})", part.file_name, sha256(&part.bytes)));
    }
    let has_sdk = all.iter().any(|part| part.name == SDK);
    let bytes: u64 = all.iter().map(|part| part.bytes.len() as u64).sum();
    let count = all.len();
    let wheels = if count == 1 { "1 wheel".to_owned() } else { format!("{count} wheels") };
    let hash = digest.as_ref().map(|digest| format!(", sha256 {digest}")).unwrap_or_default();
    shell.status("Bundled", format_args!("{wheels}, {}{hash}", size(bytes)));
    let files: Vec<_> = all
        .iter()
        .map(|part| json!({"file": part.file_name, "sha256": sha256(&part.bytes), "size": part.bytes.len()}))
        .collect();
    let keys = || json!({"path": args.out, "sha256": digest, "sdk": has_sdk, "wheels": files});
    Ok(shell.result("chainner-bundle", keys, format_args!("{}\n", args.out.display()))?)
}

/// The wheels that run on the systems of the site: for each package, at least one for each.
fn chosen(wheels: Vec<Part>, platforms: &[Platform]) -> Result<Vec<Part>> {
    if wheels.is_empty() {
        return Err(Failure::new(Code::NothingToPublish, "there are no wheels to bundle")
            .help("run `cargo chainner build`")
            .into());
    }
    let names: BTreeSet<String> = wheels.iter().map(|wheel| wheel.name.clone()).collect();
    for name in &names {
        let of_name: Vec<&Part> = wheels.iter().filter(|wheel| wheel.name == *name).collect();
        let versions: BTreeSet<&str> = of_name.iter().map(|wheel| wheel.version.as_str()).collect();
        if versions.len() > 1 {
            let versions: Vec<&str> = versions.into_iter().collect();
            let message = format!("expected one version of {name}, got {}", versions.join(", "));
            return Err(Failure::new(Code::PublishMixture, message).help("name the wheels of one version").into());
        }
        // One without native code shows the nodes, and runs none.
        let has_native = of_name.iter().any(|wheel| !wheel.is_for_all());
        for platform in platforms {
            if !of_name.iter().any(|wheel| wheel.runs_on(*platform) && !(has_native && wheel.is_for_all())) {
                let files: Vec<&str> = of_name.iter().map(|wheel| wheel.file_name.as_str()).collect();
                let message = format!("{name} has no wheel for {}, only {}", platform.word(), files.join(", "));
                return Err(Failure::new(Code::BundlePlatform, message)
                    .help(format!("build it there or for it, or leave `{}` out of `--platform`", platform.word()))
                    .into());
            }
        }
    }
    let is_wanted = |wheel: &Part| platforms.is_empty() || platforms.iter().any(|platform| wheel.runs_on(*platform));
    Ok(wheels.into_iter().filter(is_wanted).collect())
}

/// The wheels are sound: what is found later, at a site without network, is found late.
fn judge(parts: &[Part], shell: &Shell) -> Result<()> {
    let mut is_sound = true;
    for part in parts {
        for mut finding in verify::findings(&part.file_name, &part.bytes, false).0 {
            is_sound &= finding.level != Level::Error;
            finding.message = format!("{}: {}", part.file_name, finding.message);
            shell.tell(finding.message());
        }
    }
    if is_sound { Ok(()) } else { Err(Stopped(Exit::Rejected).into()) }
}

impl Part {
    /// A wheel; nothing of a source distribution.
    fn of(artefact: Artefact) -> Option<Self> {
        (artefact.kind == Kind::Wheel).then(|| Self {
            platforms: artefact.platforms(),
            name: canonical(&artefact.distribution),
            version: artefact.version,
            file_name: artefact.file_name,
            bytes: artefact.bytes,
            metadata: artefact.metadata.unwrap_or_default(),
        })
    }
}
