//! Publishing into a directory, which is, or becomes, an index of plain files.

use std::path::Path;

use anyhow::Result;

use crate::{
    cli::PublishArgs,
    codes::Code,
    error::Failure,
    index::{Addition, Directory, Standing},
    shell::{Level, Shell},
};

use super::{Artefact, Kind, report};

/// Adds the files to the index, all or none of them.
pub(super) fn publish(root: &Path, artefacts: &[Artefact], args: &PublishArgs, shell: &Shell) -> Result<()> {
    let index = Directory::open(root)?;
    let name = artefacts.first().map_or("", |artefact| artefact.distribution.as_str());
    let page = index.page(name)?;
    let mut standings = Vec::new();
    for artefact in artefacts {
        standings.push(index.standing(&page, &artefact.file_name, &artefact.sha256)?);
    }
    let mut taken = Vec::new();
    for (artefact, standing) in artefacts.iter().zip(&standings) {
        if let Standing::Other(hash) = standing {
            let hash = hash.as_deref().unwrap_or("unknown");
            taken.push((artefact, format!("{} (there sha256 {hash}, here {})", artefact.file_name, artefact.sha256)));
        }
    }
    if let Some((first, _)) = taken.first() {
        let files: Vec<&str> = taken.iter().map(|(_, text)| text.as_str()).collect();
        let message = format!(
            "{} {} is already published, with other contents: {}",
            first.distribution,
            first.version,
            files.join("; ")
        );
        if !args.skip_existing {
            return Err(Failure::new(Code::PublishTaken, message)
                .help("raise `version` in Cargo.toml and build anew; `--skip-existing` leaves those files as they are")
                .into());
        }
        shell.message(Level::Warning, Some(Code::PublishTaken), &message, &[], Some("the index keeps what it has"));
    }
    let additions: Vec<Addition<'_>> = artefacts
        .iter()
        .zip(&standings)
        .filter(|(_, standing)| !matches!(standing, Standing::Other(_)))
        .map(|(artefact, _)| Addition {
            name: &artefact.file_name,
            contents: &artefact.bytes,
            requires_python: artefact.headers().first("Requires-Python").map(str::to_owned),
            metadata: artefact.metadata.as_deref().filter(|_| artefact.kind == Kind::Wheel),
        })
        .collect();
    let writes = if additions.is_empty() { Vec::new() } else { index.plan(name, &additions)? };

    let directory = index.project(name);
    for write in &writes {
        if args.dry_run {
            shell.status("Would write", write.path.display());
        } else {
            write.apply()?;
            shell.detail("Wrote", write.path.display());
        }
    }
    for (artefact, standing) in artefacts.iter().zip(&standings) {
        let action = match standing {
            Standing::New => "new",
            Standing::Same => "unchanged",
            Standing::Other(_) => "skipped",
        };
        let to = directory.join(&artefact.file_name);
        report(artefact, action, &to.to_string_lossy(), args.dry_run, shell)?;
    }
    let version = artefacts.first().map_or("", |artefact| artefact.version.as_str());
    let count = standings.iter().filter(|standing| **standing == Standing::New).count();
    match (writes.is_empty(), args.dry_run) {
        (true, _) => {
            shell.status("Unchanged", format_args!("{name} {version} is already published in {}", root.display()))
        }
        (_, true) => shell.status("Finished", "dry run: nothing was written"),
        (_, false) => {
            shell.status(
                "Published",
                format_args!("{name} {version} to {}, {count} of {} files new", root.display(), artefacts.len()),
            );
        }
    }
    Ok(())
}
