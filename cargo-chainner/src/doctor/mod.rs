//! `doctor`: what on this machine, and in this project, keeps packages from being built, published or shown, and what to do.
//!
//! | file | noun |
//! |---|---|
//! | `examination.rs` | what was found, line by line |
//! | `program.rs` | programs of this machine |
//! | `rust.rs` | the compiler, its targets and linkers |
//! | `settings.rs` | settings of cargo and pyo3 |
//! | `project.rs` | the project here |
//! | `python.rs` | interpreters, and the environments of the app |

mod examination;
mod program;
mod project;
mod python;
mod rust;
mod settings;

use std::path::Path;

use anyhow::Result;
use serde_json::json;

use crate::{
    cli::DoctorArgs,
    codes::Exit,
    error::Stopped,
    shell::{MessageFormat, Shell},
};

pub use examination::{Examination, Line, State};
pub(crate) use python::{interpreter_of_app, likely as likely_interpreters};

/// Examines the machine and prints what was found on stdout, to be pasted into a report.
///
/// # Errors
/// Something keeps packages from being built or shown.
pub fn run(args: &DoctorArgs, manifest: Option<&Path>, shell: &Shell) -> Result<()> {
    let examination = examine(args, manifest);
    for line in &examination.lines {
        if let Some(code) = line.code {
            shell.has_told(code);
        }
        let keys = || {
            json!({
                "level": line.state.level(),
                "state": line.state.word(),
                "id": line.code.map(crate::codes::Code::id),
                "subject": line.subject,
                "message": line.found,
                "help": line.help,
            })
        };
        if shell.format() == MessageFormat::Json || line.state != State::Note || !args.brief {
            shell.result("chainner-doctor", keys, line)?;
        }
    }
    shell.status("Examined", examination.counts());
    match examination.count(State::Fail) {
        0 => Ok(()),
        _ => Err(Stopped(Exit::Failure).into()),
    }
}

/// Looks at everything.
pub fn examine(args: &DoctorArgs, manifest: Option<&Path>) -> Examination {
    let mut examination = Examination::default();
    examination.ok("tool", format!("cargo-chainner {} on {}", env!("CARGO_PKG_VERSION"), std::env::consts::OS));
    rust::examine(&mut examination);
    settings::examine(manifest, &mut examination);
    project::examine(manifest, &mut examination);
    python::examine(&args.python, &mut examination);
    examination
}
