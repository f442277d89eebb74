//! `run`: any node as a command-line program.

pub mod arguments;
pub mod attend;
pub(crate) mod conveyor;
pub mod picture;
pub mod report;

use std::{ffi::OsString, path::Path};

use anyhow::Result;
use chainner_sdk::library::{Description, NodeDescription};
use clap::error::{ContextKind, ContextValue};
use serde_json::json;

use crate::{
    child::Call,
    cli::RunArgs,
    codes::Code,
    describe::Described,
    error::{Failure, did_you_mean},
    host, project,
    shell::{self, MessageFormat, Shell, Verbosity},
};

/// Runs a node, or lists the nodes when none is named.
///
/// # Errors
/// There is no such node, a value is not one the input takes, a picture cannot be read or written, or the node fails.
pub fn run(args: &RunArgs, manifest: Option<&Path>, shell: &Shell) -> Result<()> {
    let package = project::one(args.package.package.as_deref(), manifest, &args.cargo)?;
    let described = Described::new(package, &args.cargo, shell)?;
    let Some((name, rest)) = args.command.split_first() else {
        return list(&described.description, shell);
    };
    let node = find(&described.description, &name.to_string_lossy())?;
    call(&described, node, rest, shell)
}

fn call(described: &Described, node: &NodeDescription, words: &[OsString], shell: &Shell) -> Result<()> {
    let matches = match arguments::command(node).try_get_matches_from(words) {
        Ok(matches) => matches,
        Err(error) => match misplaced(node, &error) {
            Some(failure) => return Err(failure.into()),
            // The edge of the tool prints clap's own messages, help among them.
            None => return Err(error.into()),
        },
    };
    let request = arguments::Request::new(node, &matches)?;
    let progress = (shell.verbosity() > Verbosity::Quiet).then(|| node.function.clone());
    let call = Call { progress, ..request.call.clone() };
    let called = host::call(&described.package, &described.library, call)?;
    shell.text(report::summary(node, &called));
    shell.result("chainner-run", || report::keys(node, &called), report::values(node, &called))?;
    conveyor::failed(&called.items).map_or(Ok(()), |failure| Err(failure.into()))
}

/// Prints the nodes of a package.
fn list(description: &Description, shell: &Shell) -> Result<()> {
    if shell.format() != MessageFormat::Json {
        return Ok(shell::data(report::list(description).as_bytes())?);
    }
    for node in &description.nodes {
        let keys = json!({"id": node.id, "function": node.function, "name": node.name, "docs": node.docs});
        shell.record("chainner-node", keys)?;
    }
    Ok(())
}

/// An option of `run` that stands behind the node.
fn misplaced(node: &NodeDescription, error: &clap::Error) -> Option<Failure> {
    const OWN: &[&str] =
        &["-p", "--package", "--debug", "--offline", "--locked", "--frozen", "--target-dir", "-q", "-v", "--color"];
    let Some(ContextValue::String(option)) = error.get(ContextKind::InvalidArg) else { return None };
    let option = OWN.iter().find(|own| *own == option)?;
    let message = format!("`{option}` is an option of `run`, not of node {}", node.function);
    let help = format!("write it before the node: `cargo chainner run {option} … {}`", node.function);
    Some(Failure::new(Code::UnknownOption, message).help(help))
}

/// The node of this function name or id.
pub(crate) fn find<'a>(description: &'a Description, wanted: &str) -> Result<&'a NodeDescription, Failure> {
    let nodes = &description.nodes;
    if wanted.starts_with('-') {
        return Err(Failure::new(Code::UnknownOption, format!("`run` has no option `{wanted}`"))
            .help("options of the node stand behind its name: `cargo chainner run NODE --help` lists them"));
    }
    if let Some(node) = nodes.iter().find(|node| node.function == wanted || node.id == wanted) {
        return Ok(node);
    }
    // `blur-fast` for `blur_fast`, and the name as the app shows it.
    let same = |node: &&NodeDescription| node.function == wanted.replace('-', "_") || node.name == wanted;
    if let Some(node) = nodes.iter().find(same) {
        return Ok(node);
    }
    let known = nodes.iter().flat_map(|node| [node.function.as_str(), node.id.as_str()]);
    let help = match did_you_mean(wanted, known) {
        Some(name) => format!("did you mean `{name}`?"),
        None => {
            let names: Vec<&str> = nodes.iter().map(|node| node.function.as_str()).collect();
            format!("the package has {}", crate::project::listed(&names))
        }
    };
    let message = format!("package `{}` has no node `{wanted}`", description.package);
    Err(Failure::new(Code::UnknownNode, message).help(help))
}
