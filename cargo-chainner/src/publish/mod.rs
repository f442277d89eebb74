//! `publish`: judges all that is to be published, then lays it into an index of plain files or leaves the upload to `uv` or `twine`.
//!
//! | file | noun |
//! |---|---|
//! | `artefact.rs` | a wheel or a source distribution |
//! | `sdist.rs` | what a source distribution holds |
//! | `preflight.rs` | the checks before the first byte |
//! | `destination.rs` | where to |
//! | `directory.rs` | publishing into a directory |
//! | `uploader.rs` | the program that uploads |

mod artefact;
mod destination;
mod directory;
mod preflight;
mod sdist;
mod uploader;

use std::path::Path;

use anyhow::Result;
use serde_json::json;

use crate::{build::size, cli::PublishArgs, codes::Exit, error::Stopped, shell::Shell};

pub(crate) use artefact::{Artefact, Kind, built, read_all};
use destination::Destination;
pub use uploader::Program;

/// Publishes what the command line names, or what was built of the package.
///
/// # Errors
/// There is nothing to publish, something of it is not sound (nothing was written or sent), the index refuses it, or the upload broke
/// off.
pub fn run(args: &PublishArgs, manifest: Option<&Path>, shell: &Shell) -> Result<()> {
    let destination = Destination::parse(&args.to)?;
    let artefacts = match args.dist.as_slice() {
        [] => built(args.package.package.as_deref(), manifest)?,
        named => read_all(named)?,
    };
    let preflight = preflight::judge(&artefacts, matches!(destination, Destination::Pypi));
    preflight.tell(shell)?;
    if !preflight.is_sound() {
        return Err(Stopped(Exit::Rejected).into());
    }
    match &destination {
        Destination::Directory(root) => directory::publish(root, &artefacts, args, shell),
        Destination::Pypi | Destination::Url(_) => uploader::publish(&destination, &artefacts, args, shell),
    }
}

/// What happens, or happened, to a file.
fn report(artefact: &Artefact, action: &str, to: &str, is_dry: bool, shell: &Shell) -> Result<()> {
    let Artefact { file_name, sha256, bytes, .. } = artefact;
    let bytes = bytes.len() as u64;
    let keys = || json!({"file": file_name, "path": artefact.path, "action": action, "to": to, "sha256": sha256, "size": bytes, "dry_run": is_dry});
    let text = format!("{action:<9} {file_name} ({}, sha256 {sha256})\n", size(bytes));
    Ok(shell.result("chainner-published", keys, text)?)
}
