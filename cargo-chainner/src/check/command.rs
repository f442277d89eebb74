//! The command: which schemas, what is told, and how it ends.

use std::{fs, path::Path};

use anyhow::Result;
use chainner_sdk::library::Place;
use serde_json::Value;

use crate::{
    cli::CheckArgs,
    codes::{Code, Exit},
    describe::Described,
    edge,
    error::{Failure, Stopped},
    project,
    shell::{Level, MessageFormat, Shell},
};

use super::{Findings, ManifestFacts, Origin, Package, Subject, across, findings, replacements};

/// Checks the chosen packages, or schemas of files, and tells what was found.
///
/// # Errors
/// There are errors among the findings, or a package cannot be described, or a file holds no schema.
pub fn run(args: &CheckArgs, manifest: Option<&Path>, shell: &Shell) -> Result<()> {
    match args.schema.as_slice() {
        [] => packages(args, manifest, shell),
        files => schemas(files, shell),
    }
}

/// Checks a package that is to be built.
///
/// # Errors
/// There are errors among the findings; they have been told.
pub fn require(described: &Described, shell: &Shell) -> Result<()> {
    let manifest = ManifestFacts::of(described);
    let findings = findings(subject(described, &manifest));
    tell(&findings, shell)?;
    if findings.count(Level::Error) > 0 { Err(Stopped(Exit::Rejected).into()) } else { Ok(()) }
}

fn subject<'a>(described: &'a Described, manifest: &'a ManifestFacts) -> Subject<'a> {
    let sources = &described.package.sources;
    Subject::of_package(Package { description: &described.description, sources, manifest })
}

fn packages(args: &CheckArgs, manifest: Option<&Path>, shell: &Shell) -> Result<()> {
    let app = args.app.as_deref().map(read).transpose()?;
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
    let rejected = judge(&subjects, app.as_ref(), shell)?;
    match exit {
        None if rejected => Err(Stopped(Exit::Rejected).into()),
        None => Ok(()),
        Some(_) => Err(Stopped(Exit::Failure).into()),
    }
}

fn schemas(files: &[std::path::PathBuf], shell: &Shell) -> Result<()> {
    let mut schemas = Vec::new();
    for file in files {
        schemas.push((file.display().to_string(), read(file)?));
    }
    let subjects: Vec<(String, Subject<'_>)> =
        schemas.iter().map(|(file, schema)| (file.clone(), Subject { schema, origin: Origin::File(file) })).collect();
    if judge(&subjects, None, shell)? { Err(Stopped(Exit::Rejected).into()) } else { Ok(()) }
}

/// Reads the schema of a file.
fn read(file: &Path) -> Result<Value> {
    let text = fs::read_to_string(file).map_err(|error| Failure::unreadable(file, &error))?;
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

/// Tells what is wrong with schemas, beside each other, and in place of nodes of an app; whether there are errors.
fn judge(subjects: &[(String, Subject<'_>)], app: Option<&Value>, shell: &Shell) -> Result<bool> {
    let mut rejected = false;
    for (name, subject) in subjects {
        let findings = findings(*subject);
        tell(&findings, shell)?;
        let nodes = subject.nodes().count();
        let summary = format!("{name}: {nodes} {}, {}", if nodes == 1 { "node" } else { "nodes" }, findings.counts());
        rejected |= summarize(&findings, &summary, shell);
    }
    let all: Vec<Subject<'_>> = subjects.iter().map(|(_, subject)| *subject).collect();
    tell(&replacements(&all, app), shell)?;
    if all.len() > 1 {
        let findings = across(&all);
        tell(&findings, shell)?;
        let summary = format!("{} beside each other: {}", all.len(), findings.counts());
        rejected |= summarize(&findings, &summary, shell);
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

fn tell(findings: &Findings, shell: &Shell) -> Result<()> {
    for finding in &findings.0 {
        let message = finding.message();
        match shell.format() {
            MessageFormat::Json => shell.record("chainner-check", message.json())?,
            MessageFormat::Human | MessageFormat::Short => shell.tell(message),
        }
    }
    Ok(())
}
