//! `ci`: writes the workflow of a CI system for a package, and tells when it no longer fits.
//!
//! | file | noun |
//! |---|---|
//! | `plan.rs` | what a workflow is to do |
//! | `target.rs` | systems to build for |
//! | `pin.rs` | what the workflows use of others |
//! | `github.yml`, `gitlab.yml`, `render.rs` | the text of a workflow |
//! | `document.rs` | a workflow as a tree |
//! | `check.rs` | what does not fit |

mod check;
mod document;
mod pin;
mod plan;
mod render;
mod target;

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Result;
use serde_json::json;

use crate::{
    cli::{CiCheckArgs, CiCommand, CiInitArgs},
    codes::{Code, Exit},
    error::{Failure, Stopped},
    files,
    shell::{Level, MessageFormat, Shell},
};

pub use plan::{Arguments, Provider};
use plan::{Ground, Plan};

/// What the comment with the arguments begins with.
const MARK: &str = "# chainner-ci: ";

/// Writes or checks a workflow.
///
/// # Errors
/// Those of [`init`]; there is no workflow, or it does not fit.
pub fn run(command: &CiCommand, manifest: Option<&Path>, shell: &Shell) -> Result<()> {
    match command {
        CiCommand::Init(args) => init(args, manifest, shell),
        CiCommand::Check(args) => check(args, manifest, shell),
    }
}

/// Writes a workflow for the packages of the workspace.
///
/// # Errors
/// There are no packages, the arguments cannot stand in a workflow, or another file is in the way.
pub fn init(args: &CiInitArgs, manifest: Option<&Path>, shell: &Shell) -> Result<()> {
    args.workflow.check()?;
    let ground = Ground::new(manifest)?;
    let text = render::text(&ground.plan(args.workflow.clone()));
    let file = ground.repository.join(args.workflow.provider.file());
    if args.print {
        return Ok(shell.result("chainner-file", || json!({"path": file, "text": text}), &text)?);
    }
    let shown = args.workflow.provider.file();
    match fs::read_to_string(&file) {
        Ok(there) if there == text => shell.status("Unchanged", shown),
        Ok(_) if !args.force => {
            return Err(Failure::new(Code::CiExists, format!("`{}` is there already", file.display()))
                .help("add `--force` to write over it, or `--print` to compare")
                .into());
        }
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            return Err(Failure::unreadable(&file, &error).into());
        }
        _ => {
            files::write(&file, text.as_bytes())?;
            shell.status("Wrote", file.display());
        }
    }
    shell.text(format_args!("\n{}", next(&args.workflow)));
    Ok(shell.result("chainner-file", || json!({"path": file}), format_args!("{}\n", file.display()))?)
}

/// Writes the workflow of a new package.
///
/// # Errors
/// Those of [`init`].
pub fn write(workflow: Arguments, manifest: &Path, shell: &Shell) -> Result<()> {
    init(&CiInitArgs { workflow, force: false, print: false }, Some(manifest), shell)
}

/// What is left to be done by hand, once.
fn next(arguments: &Arguments) -> String {
    let commit = "Next: commit Cargo.lock and the workflow. A tag such as `v0.1.0` publishes; before the first one,\n";
    let by_hand = match (arguments.provider, arguments.is_pypi()) {
        (Provider::Github, true) => {
            "    add a trusted publisher on PyPI (https://pypi.org/manage/account/publishing/):\n    this repository, workflow \
             `package.yml`, environment `pypi`"
        }
        (Provider::Gitlab, true) => {
            "    add a trusted publisher on PyPI (https://pypi.org/manage/account/publishing/):\n    this project, file \
             `.gitlab-ci.yml`, environment `pypi`"
        }
        (Provider::Github, false) => {
            "    store the token of the index as the secret `INDEX_TOKEN` of the environment `index`"
        }
        (Provider::Gitlab, false) if arguments.to.starts_with("${CI_") => {
            "    nothing is left to do: the registry of the project takes the token of the job"
        }
        (Provider::Gitlab, false) => "    store the token of the index as the protected, masked variable `INDEX_TOKEN`",
    };
    format!("{commit}{by_hand}")
}

/// Tells whether the workflows fit the packages.
///
/// # Errors
/// There is none, or one does not fit.
fn check(args: &CiCheckArgs, manifest: Option<&Path>, shell: &Shell) -> Result<()> {
    let ground = Ground::new(manifest)?;
    let workflows = workflows(args.file.as_deref(), &ground)?;
    let mut fits = true;
    for Workflow { file, text, plan } in &workflows {
        let shown = file.strip_prefix(&ground.repository).unwrap_or(file).display().to_string();
        let findings = check::findings(&shown, text, plan);
        for finding in &findings.0 {
            match shell.format() {
                MessageFormat::Json => shell.record("chainner-check", finding.message().json())?,
                MessageFormat::Human | MessageFormat::Short => shell.tell(finding.message()),
            }
        }
        match findings.count(Level::Error) {
            0 => shell.status("Checked", format_args!("{shown}: {}", findings.counts())),
            _ => {
                fits = false;
                shell.status("Checked", format_args!("{shown}: {}, it does not fit", findings.counts()));
            }
        }
    }
    if fits { Ok(()) } else { Err(Stopped(Exit::Failure).into()) }
}

/// A workflow that this tool wrote.
struct Workflow {
    file: PathBuf,
    text: String,
    plan: Plan,
}

/// The workflow in a file, or those in their usual places.
fn workflows(given: Option<&Path>, ground: &Ground) -> Result<Vec<Workflow>> {
    let usual = [Provider::Github, Provider::Gitlab].map(|provider| ground.repository.join(provider.file()));
    let files: Vec<PathBuf> = match given {
        Some(file) => vec![file.to_owned()],
        None => usual.into_iter().filter(|file| file.is_file()).collect(),
    };
    let mut workflows = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).map_err(|error| Failure::unreadable(&file, &error))?;
        match text.lines().find_map(|line| line.strip_prefix(MARK)) {
            Some(comment) => {
                let arguments = Arguments::of_comment(comment).filter(|arguments| arguments.check().is_ok());
                let arguments = arguments.ok_or_else(|| {
                    Failure::new(
                        Code::CiSyntax,
                        format!("the comment `{MARK}{comment}` of `{}` was changed", file.display()),
                    )
                    .help("make the workflow anew: `cargo chainner ci init github --force`")
                })?;
                let plan = ground.plan(arguments);
                workflows.push(Workflow { file, text, plan });
            }
            None if given.is_some() => {
                return Err(missing(format!("`{}` was not written by this tool", file.display())).into());
            }
            None => {}
        }
    }
    if workflows.is_empty() {
        return Err(missing(format!("`{}` has no workflow of this tool", ground.repository.display())).into());
    }
    Ok(workflows)
}

fn missing(message: String) -> Failure {
    Failure::new(Code::CiMissing, message).help("write one: `cargo chainner ci init github`, or `gitlab`")
}
