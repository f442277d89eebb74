//! `bench`: what nodes cost, and whether that is more than it was.
//!
//! | file | noun |
//! |---|---|
//! | `size.rs` | sizes of images |
//! | `plan.rs` | what a node is called with |
//! | `figures.rs` | what many times come to |
//! | `machine.rs` | what the times depend on |
//! | `baseline.rs` | measurements in a file |
//! | `verdict.rs` | whether a node got slower |
//! | `report.rs` | what is told |
//!
//! The nodes are called by the process that calls them for `test`, see `test/worker.rs`.

mod baseline;
mod figures;
mod machine;
mod plan;
mod report;
mod size;
mod verdict;

use std::{path::Path, time::Duration};

use anyhow::Result;
use chainner_sdk::library::NodeDescription;

use crate::{
    cli::BenchArgs,
    codes::{Code, Exit},
    describe::Described,
    error::{Failure, Stopped, did_you_mean},
    files,
    project::{self, listed},
    shell::{Level, Shell},
    test::{
        process::{Caller, End},
        worker::{Effort, Task},
    },
};

use self::{
    baseline::Baseline,
    figures::Figures,
    machine::Machine,
    plan::{Plan, Subject},
    report::Row,
    size::USUAL,
    verdict::Verdict,
};

pub use size::Size;
pub use verdict::ratio;

/// Seconds that the calls of one node with one size take together.
const SECONDS: f64 = 1.0;
const QUICK_SECONDS: f64 = 0.15;
/// How often what seems slower is measured again, in turn with the others that do.
const ROUNDS: usize = 3;

/// Measures the chosen nodes.
///
/// # Errors
/// A node got slower than allowed, which has been told; nothing could be measured; the baseline is none; or a package cannot be
/// compiled or asked.
pub fn run(args: &BenchArgs, manifest: Option<&Path>, shell: &Shell) -> Result<()> {
    // Before anything is compiled for minutes.
    let baseline = args.baseline.as_deref().map(Baseline::read).transpose()?;
    let machine = Machine::this(args.cargo.debug);
    if let Some(baseline) = &baseline {
        for other in baseline.machine.differences(&machine) {
            let path = args.baseline.as_deref().unwrap_or(Path::new("")).display();
            let message = format!("`{path}` was made {other}: the times cannot be compared well");
            let help = "make a baseline here: `cargo chainner bench --save FILE`";
            shell.message(Level::Warning, Some(Code::BenchMachine), &message, &[], Some(help));
        }
    }
    let packages = project::chosen(&args.packages, manifest, &args.cargo)?;
    let described: Vec<Described> =
        packages.into_iter().map(|package| Described::new(package, &args.cargo, shell)).collect::<Result<_>>()?;
    let wanted = chosen(&described, &args.node)?;

    let mut rows = Vec::new();
    for (package, nodes) in described.iter().zip(&wanted) {
        let bench = Bench::new(package, args, shell)?;
        for node in nodes {
            bench.node(node, &mut rows)?;
        }
    }
    if let Some(baseline) = &baseline {
        let limit = args.fail_over.unwrap_or(verdict::USUAL);
        again(&described, &mut rows, baseline, limit, args, shell)?;
        rows.iter_mut().for_each(|row| row.compare(baseline, limit));
    }
    if let Some(path) = &args.save {
        files::write(path, baseline::text(&machine, &rows).as_bytes())?;
        shell.status("Saved", path.display());
    }
    report::tell(&rows, &machine, baseline.is_some(), shell)?;
    judge(&rows, args, shell)
}

/// Measures what seems slower once more, all of it in turn, so that what else the machine does hits no node alone.
fn again(
    described: &[Described],
    rows: &mut [Row],
    baseline: &Baseline,
    limit: f64,
    args: &BenchArgs,
    shell: &Shell,
) -> Result<()> {
    for _ in 0..ROUNDS {
        let slow: Vec<usize> = (0..rows.len()).filter(|&index| rows[index].is_slower(baseline, limit)).collect();
        if slow.is_empty() {
            return Ok(());
        }
        for index in slow {
            let row = &mut rows[index];
            shell.status("Again", format_args!("{} {}, which seems slower", row.node.id, row.size_text()));
            let Some(package) = described.iter().find(|package| package.package.name() == row.package) else {
                continue;
            };
            if let Ok(figures) = Bench::new(package, args, shell)?.figures(&row.node, &row.subject)? {
                row.merge(&figures);
            }
        }
    }
    Ok(())
}

/// What is told at the end, and whether it is well.
fn judge(rows: &[Row], args: &BenchArgs, shell: &Shell) -> Result<()> {
    if rows.iter().all(|row| row.result.is_err()) {
        let message = "no node could be measured".to_owned();
        let help = "the table tells why; `cargo chainner run NODE` calls one by hand";
        return Err(Failure::new(Code::BenchNothing, message).help(help).into());
    }
    let Some(limit) = args.fail_over else { return Ok(()) };
    let mut is_well = true;
    for row in rows {
        let place = std::slice::from_ref(&row.node.place);
        let what = format!("node `{}` {}", row.node.function, row.size_text());
        match (&row.verdict, &row.result) {
            (Some(Verdict::Slower(ratio)), _) => {
                let message = format!("{what} takes {ratio:.2} times as long as in the baseline, allowed is {limit}");
                let help = "look at what changed since; if it is meant to be, save a new baseline: \
                            `cargo chainner bench --save FILE`";
                shell.message(Level::Error, Some(Code::BenchSlower), &message, place, Some(help));
                is_well = false;
            }
            (Some(Verdict::Gone), Err(why)) => {
                let message = format!("{what} is in the baseline, and cannot be measured now: {why}");
                let help = format!("call it by hand: `cargo chainner test --node {}`", row.node.id);
                shell.message(Level::Error, Some(Code::BenchGone), &message, place, Some(&help));
                is_well = false;
            }
            _ => {}
        }
    }
    if is_well { Ok(()) } else { Err(Stopped(Exit::Failure).into()) }
}

/// For each package, the nodes of these functions or ids; all if none is named.
fn chosen<'a>(described: &'a [Described], wanted: &[String]) -> Result<Vec<Vec<&'a NodeDescription>>> {
    let all = || described.iter().flat_map(|package| &package.description.nodes);
    let names = |node: &NodeDescription, name: &str| node.function == name || node.id == name;
    for name in wanted {
        if !all().any(|node| names(node, name)) {
            let known = all().flat_map(|node| [node.function.as_str(), node.id.as_str()]);
            let help = match did_you_mean(name, known) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("there are {}", listed(&all().map(|node| node.function.as_str()).collect::<Vec<_>>())),
            };
            return Err(Failure::new(Code::UnknownNode, format!("there is no node `{name}`")).help(help).into());
        }
    }
    let is_wanted = |node: &&NodeDescription| wanted.is_empty() || wanted.iter().any(|name| names(node, name));
    Ok(described.iter().map(|package| package.description.nodes.iter().filter(is_wanted).collect()).collect())
}

/// Measures the nodes of a package.
struct Bench<'a> {
    described: &'a Described,
    caller: Caller<'a>,
    args: &'a BenchArgs,
    shell: &'a Shell,
}

impl<'a> Bench<'a> {
    fn new(described: &'a Described, args: &'a BenchArgs, shell: &'a Shell) -> Result<Self> {
        let caller = Caller::new(described, Duration::from_secs_f64(args.time_limit))?;
        Ok(Self { described, caller, args, shell })
    }

    fn node(&self, node: &NodeDescription, rows: &mut Vec<Row>) -> Result<()> {
        let sizes = match (self.args.size.as_slice(), self.args.quick) {
            ([], true) => &USUAL[..1],
            ([], false) => &USUAL[..],
            (sizes, _) => sizes,
        };
        let package = &self.described.package;
        let mut add = |subject: Subject, result: Result<Figures, String>| {
            let row = Row::new(package.name(), &package.package.version.to_string(), node, subject, result);
            match &row.result {
                Ok(figures) => {
                    let time = report::duration(figures.median);
                    self.shell.status("Measured", format_args!("{} {}: {time}", node.id, row.size_text()));
                }
                Err(why) => self.shell.status("Skipped", format_args!("{} {}: {why}", node.id, row.size_text())),
            }
            rows.push(row);
        };
        match Plan::of(node, sizes) {
            Plan::Skip(why) => add(Subject::default(), Err(why)),
            Plan::Measure(subjects) => {
                for subject in subjects {
                    let figures = self.figures(node, &subject)?;
                    add(subject, figures);
                }
            }
        }
        Ok(())
    }

    /// What calls of a node cost, or why that is not known. Each time in a process of its own, so that its memory tells.
    fn figures(&self, node: &NodeDescription, subject: &Subject) -> Result<Result<Figures, String>> {
        let seconds = if self.args.quick { QUICK_SECONDS } else { SECONDS };
        let effort = Effort { seconds, warm_up: subject.warm_up.clone() };
        let mut result = Err("it ended without a word".to_owned());
        self.caller.run(node, std::slice::from_ref(&subject.case), &Task::Measure(effort), self.shell, |_, end| {
            result = match end {
                End::Measured(measurement) => Figures::of(&measurement).ok_or_else(|| "it took no time".to_owned()),
                End::Outcome(_) => Err("it was not measured".to_owned()),
                End::Crash(death) => Err(format!("it ended its process ({death})")),
                End::Hang(limit) => Err(format!("it was still at work after {} s", limit.as_secs_f64())),
                End::Skipped(why) => Err(why),
            };
            true
        })?;
        Ok(result)
    }
}
