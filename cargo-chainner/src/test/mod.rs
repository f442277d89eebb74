//! `test`: the package's own tests, then every node called with cases made of its declaration, then the wheel in a clean environment.
//!
//! `plan` makes the cases of a node, `process` runs them in a process of its own (`worker` is that process), `judge` says what is
//! wrong with what came of them, `shrink` looks for the smallest case that shows it, `report` tells.

mod allow;
pub(crate) mod case;
mod compare;
mod judge;
mod measure;
mod memory;
pub(crate) mod outcome;
mod plan;
pub(crate) mod process;
pub(crate) mod recipe;
mod report;
mod sandbox;
mod shrink;
mod wheel;
pub mod worker;

use std::{
    collections::BTreeMap,
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result};
use chainner_sdk::library::NodeDescription;
use serde_json::json;

use crate::{
    cli::TestArgs,
    codes::{Code, Exit},
    describe::Described,
    edge,
    error::{Failure, Stopped},
    project::{self, NodePackage},
    run,
    shell::{Level, Shell, Verbosity},
};

use self::{
    allow::Allowed,
    case::Case,
    judge::{Judge, Verdict},
    process::{Caller, End},
    report::{Finding, Reporter},
    worker::Task,
};

/// Tests the chosen packages.
///
/// # Errors
/// Something was found, which has been told; or a package cannot be compiled or asked.
pub fn run(args: &TestArgs, manifest: Option<&Path>, shell: &Shell) -> Result<()> {
    let packages = project::chosen(&args.packages, manifest, &args.cargo)?;
    let several = packages.len() > 1;
    let mut exit = Exit::Success;
    for package in packages {
        let named = match args.packages.package.as_slice() {
            // Perhaps a path, which its name would not lead to.
            [named] => named.clone(),
            _ => package.name().to_owned(),
        };
        match test(package, named, args, shell) {
            Ok(true) => {}
            Ok(false) if exit == Exit::Success => exit = Exit::Rejected,
            Ok(false) => {}
            Err(error) if several => {
                edge::tell(error, shell);
                exit = Exit::Failure;
            }
            Err(error) => return Err(error),
        }
    }
    if exit == Exit::Success { Ok(()) } else { Err(Stopped(exit).into()) }
}

/// Tests a package; whether it passes.
fn test(package: NodePackage, named: String, args: &TestArgs, shell: &Shell) -> Result<bool> {
    let only_a_case = args.case.is_some();
    let allowed = Allowed::of(&package)?;
    if !args.no_cargo && !only_a_case {
        cargo_test(&package, args, shell)?;
    }
    let described = Described::new(package, &args.cargo, shell)?;
    let nodes = chosen(&described, &args.node)?;
    // Without optimisation, honest work takes its time.
    let limit = args.time_limit.unwrap_or(if args.cargo.debug { 60.0 } else { 10.0 });
    let limit = Duration::from_secs_f64(limit);
    let caller = Caller::new(&described, limit)?;
    let reporter = Reporter { shell, package: named };
    let schema = &described.description.schema;
    let mut summary = Summary::default();
    let mut judges = Vec::new();
    for node in &nodes {
        match Judge::new(schema, node) {
            Ok(judge) => judges.push(judge),
            Err(error) => {
                let message = format!("the types of node `{}` are not sound: {error}", node.function);
                return Err(Failure::new(Code::TypeMistake, message).help("`cargo chainner check` shows where").into());
            }
        }
    }
    let tester = Tester { caller: &caller, reporter: &reporter, allowed: &allowed, args, shell };
    for (node, judge) in nodes.iter().zip(&judges) {
        tester.node(node, judge, &mut summary)?;
    }
    if !args.no_wheel && !only_a_case {
        let judged: Vec<(&NodeDescription, &Judge<'_>)> = nodes.iter().copied().zip(&judges).collect();
        tester.wheel(&described, &judged, &mut summary)?;
    }
    let tested: Vec<&str> = nodes.iter().flat_map(|node| [node.id.as_str(), node.function.as_str()]).collect();
    if !only_a_case {
        allowed.tell_unused(&tested, shell);
    }
    let Summary { cases, errors, warnings } = summary;
    let package = &described.package;
    let text = format!(
        "{} v{}: {} in {}, {}, {}",
        package.name(),
        package.package.version,
        counted(nodes.len(), "node"),
        counted(cases, "case"),
        counted(errors, "error"),
        counted(warnings, "warning"),
    );
    match errors {
        0 => shell.status("Tested", text),
        _ => shell.message(Level::Error, None, &text, &[], None),
    }
    let keys = || {
        json!({
            "package": package.name(), "nodes": nodes.len(), "cases": cases, "errors": errors, "warnings": warnings,
        })
    };
    shell.result("chainner-tested", keys, "")?;
    Ok(errors == 0)
}

fn counted(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

/// Leaves out findings that only follow from others.
fn consequences(found: &mut BTreeMap<(Code, String), Finding>) {
    let has = |found: &BTreeMap<(Code, String), Finding>, code| found.keys().any(|(other, _)| *other == code);
    // What differs from call to call differs between threads, too, and by chance not in all calls.
    if has(found, Code::TestNotRepeatable) {
        found.retain(|(code, _), _| *code != Code::TestThreads);
    }
    // A wrong size may happen to be the right one, turned.
    let wrong: Vec<String> =
        found.keys().filter(|(code, _)| *code == Code::TestType).map(|(_, subject)| subject.clone()).collect();
    found.retain(|(code, subject), _| *code != Code::TestTransposed || !wrong.contains(subject));
}

/// The nodes of these functions or ids; all if none is named.
fn chosen<'a>(described: &'a Described, wanted: &[String]) -> Result<Vec<&'a NodeDescription>> {
    let all = &described.description.nodes;
    match wanted {
        [] => Ok(all.iter().collect()),
        wanted => Ok(wanted.iter().map(|name| run::find(&described.description, name)).collect::<Result<_, _>>()?),
    }
}

/// `cargo test` of the package.
fn cargo_test(package: &NodePackage, args: &TestArgs, shell: &Shell) -> Result<()> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.arg("test").arg("--manifest-path").arg(package.package.manifest_path.as_std_path());
    for (is, flag) in [
        (args.cargo.locked, "--locked"),
        (args.cargo.offline, "--offline"),
        (args.cargo.frozen, "--frozen"),
        (shell.verbosity() == Verbosity::Quiet, "--quiet"),
    ] {
        command.args(is.then_some(flag));
    }
    if let Some(target) = &args.cargo.target_dir {
        command.arg("--target-dir").arg(target);
    }
    if let Some(jobs) = &args.cargo.jobs {
        command.args(["--jobs", jobs]);
    }
    // What the tests print is for people; stdout is for data.
    command.arg("--color").arg(shell.color().as_str()).stdout(std::io::stderr()).stdin(Stdio::null());
    shell.status("Running", format_args!("cargo test of {}", package.name()));
    let status = command.status().context("cannot run `cargo`; is it installed and on the PATH?")?;
    if status.success() { Ok(()) } else { Err(Stopped(Exit::Cargo).into()) }
}

/// Time after which the other cases of a node are left out.
const PATIENCE: Duration = Duration::from_secs(20);

#[derive(Debug, Default)]
struct Summary {
    cases: usize,
    errors: usize,
    warnings: usize,
}

struct Tester<'a> {
    caller: &'a Caller<'a>,
    reporter: &'a Reporter<'a>,
    allowed: &'a Allowed,
    args: &'a TestArgs,
    shell: &'a Shell,
}

impl Tester<'_> {
    fn node(&self, node: &NodeDescription, judge: &Judge<'_>, summary: &mut Summary) -> Result<()> {
        let begun = Instant::now();
        let cases = self.cases(node, judge)?;
        let mut found: BTreeMap<(Code, String), Finding> = BTreeMap::new();
        let (mut worked, mut last_error, mut called) = (false, None, 0);
        self.caller.run(node, &cases, &Task::default(), self.shell, |number, end| {
            match &end {
                End::Outcome(outcome) => match &outcome.statics {
                    Ok(_) => worked = true,
                    Err(failure) => last_error = Some(failure.message.clone()),
                },
                End::Skipped(why) => last_error = Some(why.clone()),
                End::Crash(_) | End::Hang(_) | End::Measured(_) => worked = true,
            }
            let mut seen = Vec::new();
            for verdict in judge.verdicts(&cases[number], &end) {
                let key = (verdict.code, verdict.subject.clone());
                // A sequence of a hundred wrong items is one wrong case.
                if seen.contains(&key) {
                    continue;
                }
                seen.push(key.clone());
                let finding =
                    found.entry(key).or_insert_with(|| Finding { verdict, case: cases[number].clone(), cases: 0 });
                finding.cases += 1;
            }
            called = number + 1;
            begun.elapsed() < PATIENCE
        })?;
        summary.cases += called;
        if !worked && !cases.is_empty() && found.is_empty() {
            let why = last_error.unwrap_or_else(|| "it gave no result".to_owned());
            let help = "test it by hand with values that it can work with, and allow this code in Cargo.toml; \
                        `cargo chainner explain CH0814` shows how";
            let message =
                format!("gave no result in any of {}, so nothing is known of it: {why}", counted(called, "case"));
            let verdict = Verdict { level: Level::Warning, ..Verdict::new(Code::TestNothing, message, help) };
            let finding = Finding { verdict, case: cases[0].clone(), cases: 1 };
            found.insert((Code::TestNothing, String::new()), finding);
        }
        consequences(&mut found);
        let took = begun.elapsed().as_secs_f64();
        let left = match cases.len() - called {
            0 => String::new(),
            left => format!(", {left} left out"),
        };
        let line = format!("{}: {} in {took:.1} s{left}", node.id, counted(called, "case"));
        self.shell.status("Called", line);
        for finding in found.into_values() {
            self.tell(node, Some(judge), finding, summary)?;
        }
        Ok(())
    }

    /// The cases that are asked for.
    fn cases(&self, node: &NodeDescription, judge: &Judge<'_>) -> Result<Vec<Case>> {
        let mut cases = plan::cases(node, self.args.seed, self.args.cases);
        match self.args.case.as_deref().map(str::trim) {
            None => {
                cases.retain(|case| judge.is_bearable(case));
                Ok(cases)
            }
            Some(text) => match text.parse::<usize>() {
                Ok(number) if number < cases.len() => Ok(vec![cases.swap_remove(number)]),
                Ok(number) => {
                    let message = format!("there is no case {number} of node {}", node.function);
                    let help = format!("cases are numbered 0 to {}", cases.len() - 1);
                    Err(Failure::new(Code::TestCase, message).help(help).into())
                }
                Err(_) => Ok(vec![Case::read(text, node)?]),
            },
        }
    }

    fn tell(
        &self,
        node: &NodeDescription,
        judge: Option<&Judge<'_>>,
        mut finding: Finding,
        summary: &mut Summary,
    ) -> Result<()> {
        let code = finding.verdict.code;
        if let Some(reason) = self.allowed.reason(&node.id, &node.function, code) {
            self.shell.detail("Allowed", format_args!("{code} of {}: {reason}", node.id));
            return Ok(());
        }
        if let Some(judge) = judge.filter(|_| code != Code::TestNothing && self.args.case.is_none()) {
            let start = (finding.case.clone(), finding.verdict.clone());
            (finding.case, finding.verdict) = shrink::smallest(self.caller, judge, node, start, self.shell)?;
        }
        match report::fails(&finding) {
            true => summary.errors += 1,
            false => summary.warnings += 1,
        }
        self.reporter.tell(node, &finding)
    }

    /// The wheel in a clean environment.
    fn wheel(
        &self,
        described: &Described,
        nodes: &[(&NodeDescription, &Judge<'_>)],
        summary: &mut Summary,
    ) -> Result<()> {
        let Some(python) = wheel::interpreter() else {
            self.shell.status("Skipped", "the wheel: no CPython 3.10 or newer with `venv` is at hand");
            return Ok(());
        };
        if self.args.cargo.offline || self.args.cargo.frozen {
            self.shell.status("Skipped", "the wheel: numpy cannot be installed offline");
            return Ok(());
        }
        self.shell
            .status("Installing", format_args!("the wheel of {} into a clean environment", described.package.name()));
        let installed = wheel::install(&python, self.caller, described, &self.args.cargo, self.shell)?;
        let Some(installed) = installed else {
            self.shell
                .status("Skipped", "the calls in Python: pip cannot install numpy; the wheel itself can be imported");
            return Ok(());
        };
        let mut found: BTreeMap<String, Finding> = BTreeMap::new();
        let module = described.package.module();
        let cases = wheel::call(&installed, self.caller, nodes, &module, self.shell, |node, case, verdict| {
            let finding = found.entry(node.id.clone());
            finding.or_insert_with(|| Finding { verdict, case: case.clone(), cases: 0 }).cases += 1;
        })?;
        summary.cases += cases;
        self.shell
            .status("Called", format_args!("{} in Python: {}", counted(nodes.len(), "node"), counted(cases, "case")));
        for (node, _) in nodes {
            if let Some(finding) = found.remove(&node.id) {
                self.tell(node, None, finding, summary)?;
            }
        }
        Ok(())
    }
}
