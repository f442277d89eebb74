//! What is told: lines for people, and for programs one JSON object each.

use std::{io, path::PathBuf};

use serde_json::{Value, json};

use crate::{
    project::NodePackage,
    shell::{MessageFormat, Shell},
};

use super::worker::Build;

/// What happens to a package while it is developed.
#[derive(Debug, Clone, Copy)]
pub(super) enum Event<'a> {
    /// Sources are watched, and environments know of it.
    Watching { environments: &'a [&'a str], directories: usize },
    /// Sources changed.
    Changed { files: &'a [PathBuf] },
    /// A build begins.
    Building { build: u64 },
    /// A build went well, and apps take it from now on.
    Built { build: &'a Build, seconds: f64, first: bool, schema_changed: bool },
    /// A build gave the same code as the last.
    Unchanged { build: u64, seconds: f64 },
    /// A build went wrong, which was told; apps stay with the last good one.
    Failed { build: u64, last: Option<u64> },
    /// An environment is gone, which was told.
    Lost { environment: &'a str },
    /// It ends.
    Stopped,
}

impl Event<'_> {
    /// Tells it.
    ///
    /// # Errors
    /// Stdout cannot be written to.
    pub(super) fn tell(self, package: &NodePackage, shell: &Shell) -> io::Result<()> {
        if let Some((verb, line)) = self.line(package) {
            shell.status(verb, line);
        }
        if let Event::Built { first: false, schema_changed: true, .. } = self {
            shell.status(
                "Restart",
                "chaiNNer to see the change; until then, nodes whose inputs or outputs became others run as before",
            );
        }
        self.record(shell)
    }

    /// Tells programs of it, without a line for people.
    ///
    /// # Errors
    /// Stdout cannot be written to.
    pub(super) fn record(self, shell: &Shell) -> io::Result<()> {
        match shell.format() {
            MessageFormat::Json => shell.record("chainner-dev", self.json()),
            MessageFormat::Human | MessageFormat::Short => Ok(()),
        }
    }

    fn line(self, package: &NodePackage) -> Option<(&'static str, String)> {
        let name = package.name();
        Some(match self {
            Event::Watching { directories, .. } => {
                let directories = counted(directories, "directory", "directories");
                ("Watching", format!("{name}, {directories}; Ctrl-C ends it"))
            }
            Event::Changed { files } => {
                let first = files.first().map(|file| package.shown(file)).unwrap_or_default();
                let more = match files.len() {
                    0 | 1 => String::new(),
                    count => format!(" and {} more", count - 1),
                };
                ("Changed", format!("{first}{more}"))
            }
            Event::Built { build, seconds, first, .. } => {
                let nodes = counted(build.nodes, "node", "nodes");
                let built = format!("{name} v{}, build {} in {seconds:.1} s, {nodes}", build.version, build.number);
                match first {
                    true => {
                        ("Ready", format!("{built}; chaiNNer shows it, after a restart if it did not show it before"))
                    }
                    false => ("Reloaded", format!("{built}; the next run uses it")),
                }
            }
            Event::Unchanged { build, .. } => ("Unchanged", format!("{name}, build {build} stays")),
            Event::Failed { last: Some(last), .. } => ("Waiting", format!("for a change; build {last} stays in use")),
            Event::Failed { last: None, .. } => ("Waiting", "for a change; nothing is built yet".to_owned()),
            Event::Stopped => ("Stopped", format!("{name}; apps that run keep the last build until they end")),
            Event::Building { .. } | Event::Lost { .. } => return None,
        })
    }

    fn json(self) -> Value {
        match self {
            Event::Watching { environments, directories } => {
                json!({"event": "watching", "environments": environments, "directories": directories})
            }
            Event::Changed { files } => json!({"event": "changed", "files": files}),
            Event::Building { build } => json!({"event": "building", "build": build}),
            Event::Built { build, seconds, schema_changed, .. } => {
                let Build { number, version, directory, nodes, .. } = build;
                json!({
                    "event": "built", "build": number, "version": version, "directory": directory, "nodes": nodes,
                    "seconds": seconds, "schema_changed": schema_changed,
                })
            }
            Event::Unchanged { build, seconds } => json!({"event": "unchanged", "build": build, "seconds": seconds}),
            Event::Failed { build, last } => json!({"event": "failed", "build": build, "last": last}),
            Event::Lost { environment } => json!({"event": "lost", "environment": environment}),
            Event::Stopped => json!({"event": "stopped"}),
        }
    }
}

/// A number and what it counts.
fn counted(number: usize, one: &str, several: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { several })
}
