//! `docs`: a package as a site of plain HTML, made of the compiled package, and whether such a site is still true.
//!
//! | file | noun |
//! |---|---|
//! | `book.rs` | the package in the order of the app |
//! | `site.rs` | the files of a site |
//! | `overview.rs`, `page.rs`, `tables.rs`, `frame.rs` | the first page, the page of a node and its tables, what all pages share |
//! | `card/` | the picture of a node as the app draws it |
//! | `trial.rs` | what a node makes of what it is given |
//! | `given.rs`, `sample.rs`, `example.rs` | what it is given, the samples, what the author says of it |
//! | `command_line.rs` | the node as it is typed |
//! | `condition.rs`, `words.rs` | conditions, types and ranges in words |
//! | `markdown.rs`, `markup.rs` | documentation comments as HTML, HTML and SVG that are well-formed |
//! | `link.rs` | links that lead nowhere |
//! | `out.rs` | the directory of a site |

mod book;
mod card;
mod command_line;
mod condition;
mod example;
#[cfg(test)]
mod fixture;
mod frame;
mod given;
mod link;
mod markdown;
mod markup;
mod out;
mod overview;
mod page;
mod sample;
mod site;
mod tables;
mod trial;
mod words;

use std::path::{Path, PathBuf};

use anyhow::Result;
use serde_json::{Value, json};

use crate::{
    cli::DocsArgs,
    codes::{Code, Exit},
    describe::Described,
    error::{Failure, Stopped},
    project,
    shell::{Level, MessageFormat, Shell},
};

use book::Book;
use example::Examples;
use out::Out;
use site::Site;
use trial::{Bench, Shown, Trial};

/// Writes the site of a package, or with `--check` tells whether the one that is there is what the package would give now.
///
/// # Errors
/// The package cannot be described, a node panics, the directory is not ours, or the site is stale.
pub fn run(args: &DocsArgs, manifest: Option<&Path>, shell: &Shell) -> Result<()> {
    let package = project::one(args.package.package.as_deref(), manifest, &args.cargo)?;
    let directory = args.out.clone().unwrap_or_else(|| default_directory(&package));
    // What would be refused in the end is refused before anything is compiled.
    let out = Out::open(&directory, package.name())?;
    if args.check && out.before.is_none() {
        let message = format!("there is no site of package `{}` in `{}`", package.name(), directory.display());
        return Err(Failure::new(Code::DocsStale, message).help(again(args)).into());
    }
    let described = Described::new(package, &args.cargo, shell)?;
    let book = Book::new(&described.description, described.package.package.version.to_string())?;
    let pictures = match &out.before {
        Some(before) if args.check => before.pictures,
        _ => !args.no_images,
    };
    let examples = Examples::of(&described.package, &book)?;
    let bench = if pictures { Some(Bench::new(&described, &examples)?) } else { None };
    let trials = match &bench {
        Some(bench) => tried(&book, bench, shell)?,
        None => Vec::new(),
    };
    let site = Site::of(&book, &trials, bench.as_ref())?;
    lost_links(&book, shell);
    if let Some(dead) = link::dead(&site).first() {
        // Links of authors are looked at where they are written; the others are ours.
        let message = format!("the page `{}` has a link that leads nowhere: `{}`", dead.page, dead.target);
        return Err(Failure::new(Code::Bug, message).help("report this line to those who make the tool").into());
    }
    if args.check {
        return compare(args, &directory, &out, &site, shell);
    }
    let written = out.write(&site, pictures)?;
    for path in &written.kept {
        let message = format!("`{path}` is no longer made, and has been changed: it is left as it is");
        let help = "remove it, or move it out of the site";
        shell.message(Level::Warning, Some(Code::DocsPlace), &message, &[], Some(help));
    }
    let shown = trials.iter().filter(|trial| matches!(trial, Trial::Shown(_))).count();
    let index = directory.join("index.html");
    let summary =
        format!("{}, {shown} of {} nodes with results", frame::counted(site.pages(), "page"), book.nodes.len());
    let changes = format!("{} written, {} removed", frame::counted(written.changed, "file"), written.removed);
    shell.status("Documented", format_args!("{summary}; {changes}"));
    records(&book, &trials, shell)?;
    let keys = || {
        json!({
            "package": book.package,
            "path": directory,
            "index": index,
            "pages": site.pages(),
            "files": site.files().count(),
            "changed": written.changed,
            "removed": written.removed,
        })
    };
    Ok(shell.result("chainner-docs", keys, format_args!("{}\n", index.display()))?)
}

/// Below the target directory: nothing of the author's is there.
fn default_directory(package: &project::NodePackage) -> PathBuf {
    package.target_directory.join("chainner").join("docs").join(package.name())
}

/// Calls all nodes with samples.
fn tried(book: &Book<'_>, bench: &Bench<'_>, shell: &Shell) -> Result<Vec<Trial>> {
    shell.status("Running", format_args!("{} on samples", frame::counted(book.nodes.len(), "node")));
    let mut trials = Vec::new();
    let mut broken = 0;
    for node in &book.nodes {
        shell.detail("Running", node.id());
        let trial = bench.trial(node)?;
        let (name, place) = (&node.described.function, std::slice::from_ref(&node.described.place));
        match &trial {
            Trial::Shown(_) => {}
            Trial::Without(why) => shell.status("Left out", format_args!("results of `{name}`: {why}")),
            Trial::Broken(failure) => {
                broken += 1;
                let message = format!("node `{name}` broke down on samples: {}", failure.message);
                let help = format!("`cargo chainner test --node {name}` finds the smallest case that does it");
                shell.message(Level::Error, Some(failure.code), &message, place, Some(&help));
            }
        }
        trials.push(trial);
    }
    // A page cannot show what a node does that does nothing but panic.
    if broken > 0 { Err(Stopped(Exit::Failure).into()) } else { Ok(trials) }
}

fn lost_links(book: &Book<'_>, shell: &Shell) {
    for target in book.lost_links.borrow().iter() {
        let message = format!(
            "the documentation links to `{target}`, which is no page of the site: the text stays without the link"
        );
        let help = "link to a node by its function, e.g. `[grain]`, or to an address that begins with `https://`";
        shell.message(Level::Warning, Some(Code::DocsLink), &message, &[], Some(help));
    }
}

/// Tells what is not as it should be.
fn compare(args: &DocsArgs, directory: &Path, out: &Out, site: &Site, shell: &Shell) -> Result<()> {
    let differences = out.differences(site);
    for (path, state) in &differences {
        let keys = || json!({"path": directory.join(path), "file": path, "state": state.word()});
        shell.result("chainner-stale", keys, format_args!("{:<8}{path}\n", state.word()))?;
    }
    if differences.is_empty() {
        shell.status(
            "Compared",
            format_args!("{}: all as the package gives them", frame::counted(site.files().count(), "file")),
        );
        return Ok(());
    }
    let count = frame::counted(differences.len(), "file");
    let message = format!("the site in `{}` is not what the package gives now: {count}", directory.display());
    Err(Failure::new(Code::DocsStale, message).help(again(args)).into())
}

/// The command that makes the site anew.
fn again(args: &DocsArgs) -> String {
    let package = args.package.package.as_ref().map(|package| format!(" -p {package}")).unwrap_or_default();
    let out = args.out.as_ref().map(|out| format!(" --out {}", out.display())).unwrap_or_default();
    format!("make it anew: `cargo chainner docs{package}{out}`")
}

/// One line for each page of a node.
fn records(book: &Book<'_>, trials: &[Trial], shell: &Shell) -> Result<()> {
    if shell.format() != MessageFormat::Json {
        return Ok(());
    }
    for (index, node) in book.nodes.iter().enumerate() {
        let (shown, why) = match trials.get(index) {
            Some(Trial::Shown(shown)) => (outputs(shown), Value::Null),
            Some(Trial::Without(why)) => (json!([]), json!(why)),
            Some(Trial::Broken(failure)) => (json!([]), json!(failure.message)),
            None => (json!([]), Value::Null),
        };
        let keys =
            json!({"node": node.id(), "path": node.page(), "picture": node.card(), "results": shown, "left_out": why});
        shell.record("chainner-page", keys)?;
    }
    Ok(())
}

fn outputs(shown: &Shown) -> Value {
    shown.after.iter().map(|(label, _)| label.as_str()).collect()
}
