//! The command: which schemas, what is told, and how it ends.

use std::{fs, path::Path};

use anyhow::{Context as _, Result};
use chainner_sdk::library::Place;
use serde_json::{Value, json};

use crate::{
    cli::{CheckArgs, MessageFormat},
    codes::{Code, Exit},
    describe::Described,
    edge,
    error::{Failure, Stopped},
    project,
    shell::{self, Level, Message, Shell},
};

use super::{Finding, Findings, ManifestFacts, Origin, Package, Subject, across, findings};

/// Checks the chosen packages, or schemas of files, and tells what was found.
///
/// # Errors
/// There are errors among the findings, or a package cannot be described, or a file holds no schema.
pub fn run(args: &CheckArgs, manifest: Option<&Path>, shell: &Shell) -> Result<()> {
    match args.schema.as_slice() {
        [] => packages(args, manifest, shell),
        files => schemas(files, args.message_format, shell),
    }
}

/// Checks a package that is to be built.
///
/// # Errors
/// There are errors among the findings; they have been told.
pub fn require(described: &Described, shell: &Shell) -> Result<()> {
    let manifest = ManifestFacts::of(described);
    let findings = findings(subject(described, &manifest));
    tell(&findings, MessageFormat::Human, shell)?;
    if findings.count(Level::Error) > 0 { Err(Stopped(Exit::Rejected).into()) } else { Ok(()) }
}

fn subject<'a>(described: &'a Described, manifest: &'a ManifestFacts) -> Subject<'a> {
    let sources = &described.package.sources;
    Subject::of_package(Package { description: &described.description, sources, manifest })
}

fn packages(args: &CheckArgs, manifest: Option<&Path>, shell: &Shell) -> Result<()> {
    let packages = project::chosen(&args.packages, manifest, &args.cargo)?;
    let several = packages.len() > 1;
    let mut exit = None;
    let mut described = Vec::new();
    for package in packages {
        match Described::new(package, &args.cargo, shell) {
            Ok(package) => {
                let facts = ManifestFacts::of(&package);
                described.push((package, facts));
            }
            Err(error) if several => exit = Some(exit.unwrap_or(0).max(edge::tell(error, shell))),
            Err(error) => return Err(error),
        }
    }
    let subjects: Vec<(String, Subject<'_>)> = described
        .iter()
        .map(|(described, facts)| {
            let package = &described.package;
            (format!("{} v{}", package.name(), package.package.version), subject(described, facts))
        })
        .collect();
    let rejected = judge(&subjects, args.message_format, shell)?;
    match exit {
        None if rejected => Err(Stopped(Exit::Rejected).into()),
        None => Ok(()),
        Some(_) => Err(Stopped(Exit::Failure).into()),
    }
}

fn schemas(files: &[std::path::PathBuf], format: MessageFormat, shell: &Shell) -> Result<()> {
    let mut schemas = Vec::new();
    for file in files {
        schemas.push((file.display().to_string(), read(file)?));
    }
    let subjects: Vec<(String, Subject<'_>)> =
        schemas.iter().map(|(file, schema)| (file.clone(), Subject { schema, origin: Origin::File(file) })).collect();
    if judge(&subjects, format, shell)? { Err(Stopped(Exit::Rejected).into()) } else { Ok(()) }
}

/// Reads the schema of a file.
fn read(file: &Path) -> Result<Value> {
    let text = fs::read_to_string(file).with_context(|| format!("cannot read `{}`", file.display()))?;
    let place = |line: usize, column: usize| Place {
        file: file.display().to_string(),
        line: line.try_into().unwrap_or(0),
        column: column.try_into().unwrap_or(0),
    };
    let refused = |message: String, place: Place| {
        let failure = Failure::new(Code::SchemaFile, message);
        Failure { places: vec![place], ..failure }
            .help("give a schema.json of a package, or what the app answers to `/nodes`")
    };
    let schema: Value = serde_json::from_str(&text)
        .map_err(|error| refused(format!("this is no JSON: {error}"), place(error.line(), error.column())))?;
    match schema["nodes"].is_array() {
        true => Ok(schema),
        false => Err(refused("this JSON is no schema: it has no list of `nodes`".to_owned(), place(0, 0)).into()),
    }
}

/// Tells what is wrong with schemas, and beside each other; whether there are errors.
fn judge(subjects: &[(String, Subject<'_>)], format: MessageFormat, shell: &Shell) -> Result<bool> {
    let mut rejected = false;
    for (name, subject) in subjects {
        let findings = findings(*subject);
        tell(&findings, format, shell)?;
        let nodes = subject.nodes().count();
        let summary = format!("{name}: {nodes} {}, {}", if nodes == 1 { "node" } else { "nodes" }, findings.counts());
        rejected |= summarize(&findings, &summary, shell);
    }
    if subjects.len() > 1 {
        let all: Vec<Subject<'_>> = subjects.iter().map(|(_, subject)| *subject).collect();
        let findings = across(&all);
        tell(&findings, format, shell)?;
        let summary = format!("{} beside each other: {}", all.len(), findings.counts());
        rejected |= summarize(&findings, &summary, shell);
    }
    if format == MessageFormat::Json {
        line(&json!({"reason": "chainner-finished", "v": 1, "success": !rejected}))?;
    }
    Ok(rejected)
}

fn summarize(findings: &Findings, summary: &str, shell: &Shell) -> bool {
    let rejected = findings.count(Level::Error) > 0;
    match rejected {
        true => shell.message(Level::Error, None, summary, &[], None),
        false => shell.status("Checked", summary),
    }
    rejected
}

fn tell(findings: &Findings, format: MessageFormat, shell: &Shell) -> Result<()> {
    for finding in &findings.0 {
        let Finding { level, code, message, places, excerpt, help } = finding;
        match format {
            MessageFormat::Human => shell.tell(Message {
                level: *level,
                code: Some(*code),
                text: message,
                places,
                excerpt: excerpt.as_deref(),
                help: help.as_deref(),
            }),
            MessageFormat::Json => line(&json!({
                "reason": "chainner-check",
                "v": 1,
                "code": code.id(),
                "level": level.word(),
                "message": message,
                "places": places,
                "excerpt": excerpt,
                "help": help,
            }))?,
        }
    }
    Ok(())
}

/// One JSON object in a line of stdout.
fn line(json: &Value) -> Result<()> {
    Ok(shell::data(format!("{json}\n").as_bytes())?)
}
