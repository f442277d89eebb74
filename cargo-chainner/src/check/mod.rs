//! `check`: what would make the app refuse the package, and what is plainly wrong. One family of rules a file.

mod category;
mod choice;
mod color;
mod condition;
mod finding;
#[cfg(test)]
mod fixture;
mod icon;
mod input;
mod layout;
mod node;
mod output;
mod package;
mod registration;
mod shape;
mod subject;
mod type_name;

use std::path::Path;

use anyhow::Result;

use crate::{
    cli::CheckArgs,
    codes::{Code, Exit},
    describe::Described,
    edge,
    error::Stopped,
    project,
    shell::{Level, Shell},
};

pub use finding::{Finding, Findings};
pub use subject::{ManifestFacts, Subject};

/// The families of rules, in the order in which they speak.
const RULES: &[fn(Subject<'_>, &mut Findings)] = &[
    shape::check,
    registration::check,
    package::check,
    category::check,
    node::check,
    input::check,
    choice::check,
    type_name::check,
    condition::check,
    layout::check,
    output::check,
];

/// Checks the chosen packages and tells what was found.
///
/// # Errors
/// There are errors among the findings, or a package cannot be described.
pub fn run(args: &CheckArgs, manifest: Option<&Path>, shell: &Shell) -> Result<()> {
    let packages = project::chosen(&args.packages, manifest, &args.cargo)?;
    let several = packages.len() > 1;
    let mut exit = None;
    for package in packages {
        let result = Described::new(package, &args.cargo, shell).and_then(|described| {
            let findings = told(&described, shell);
            let nodes = described.description.nodes.len();
            let nodes = format!("{nodes} {}", if nodes == 1 { "node" } else { "nodes" });
            let package = &described.package;
            let version = &package.package.version;
            let summary = format!("{} v{version}: {nodes}, {}", package.name(), counts(&findings));
            if findings.count(Level::Error) > 0 {
                shell.message(Level::Error, None, &summary, &[], None);
                return Err(Stopped(Exit::Rejected).into());
            }
            shell.status("Checked", summary);
            Ok(())
        });
        match result {
            Err(error) if several => exit = Some(exit.unwrap_or(0).max(edge::tell(error, shell))),
            result => result?,
        }
    }
    match exit {
        None => Ok(()),
        Some(code) if code == Exit::Rejected.code() => Err(Stopped(Exit::Rejected).into()),
        Some(_) => Err(Stopped(Exit::Failure).into()),
    }
}

/// Checks a package that is to be built.
///
/// # Errors
/// There are errors among the findings; they have been told.
pub fn require(described: &Described, shell: &Shell) -> Result<()> {
    if told(described, shell).count(Level::Error) > 0 { Err(Stopped(Exit::Rejected).into()) } else { Ok(()) }
}

fn told(described: &Described, shell: &Shell) -> Findings {
    let manifest = ManifestFacts::of(described);
    let subject =
        Subject { description: &described.description, sources: &described.package.sources, manifest: &manifest };
    let findings = findings(subject);
    for finding in &findings.0 {
        let Finding { level, code, message, places, help } = finding;
        shell.message(*level, Some(*code), message, places, help.as_deref());
    }
    findings
}

/// What the rules find, errors first.
pub fn findings(subject: Subject<'_>) -> Findings {
    let mut findings = Findings::default();
    for fault in &subject.description.faults {
        // A package may have been compiled with a newer SDK than this tool.
        let code = Code::from_id(&fault.code).unwrap_or(Code::Failed);
        let finding = findings.error(code, fault.message.clone()).help(fault.help.clone());
        finding.places = fault.places.clone();
    }
    for rule in RULES {
        rule(subject, &mut findings);
    }
    findings.0.sort_by_key(|finding| finding.level);
    findings
}

/// `1 error, 2 warnings`, and the notes if there are any.
fn counts(findings: &Findings) -> String {
    let count = |level, word: &str| match findings.count(level) {
        1 => format!("1 {word}"),
        count => format!("{count} {word}s"),
    };
    let counts = format!("{}, {}", count(Level::Error, "error"), count(Level::Warning, "warning"));
    match findings.count(Level::Note) {
        0 => counts,
        _ => format!("{counts}, {} (shown with -v)", count(Level::Note, "note")),
    }
}

#[cfg(test)]
mod tests {
    use chainner_sdk::library::{Fault, Place};

    use super::*;
    use fixture::{Fixture, errors};

    #[test]
    fn faults_that_the_library_tells_are_passed_on() {
        let place = Place { file: "src/lib.rs".to_owned(), line: 7, column: 1 };
        for code in [
            Code::PackageTwice,
            Code::DuplicateNodeId,
            Code::DuplicateFunction,
            Code::UnlistedCategory,
            Code::DefaultText,
        ] {
            let mut fixture = Fixture::sound();
            fixture.description.faults.push(Fault {
                code: code.id().to_owned(),
                message: "wrong".to_owned(),
                help: "right".to_owned(),
                places: vec![place.clone()],
            });
            assert_eq!(errors(&fixture), [code]);
            assert_eq!(fixture.findings().0[0].places, std::slice::from_ref(&place));
        }
    }

    #[test]
    fn errors_come_before_warnings_and_notes() {
        let mut fixture = Fixture::sound();
        fixture.schema_at("/package")["icon"] = "MdNothing".into();
        fixture.schema_at("/nodes/0/inputs/1")["description"] = serde_json::Value::Null;
        fixture.schema_at("/nodes/0/outputs/0")["label"] = "".into();
        let levels: Vec<Level> = fixture.findings().0.iter().map(|finding| finding.level).collect();
        assert_eq!(levels, [Level::Error, Level::Warning, Level::Note]);
        assert_eq!(counts(&fixture.findings()), "1 error, 1 warning, 1 note (shown with -v)");
    }
}
