//! The edge of the tool: the command line in, an exit code out, and every failure told.

use std::{env, process::ExitCode};

use anyhow::Result;
use clap::Parser;

use crate::{
    build, check, child,
    cli::{self, Cli, Command},
    codes::{Code, Exit},
    diff,
    error::{Failure, Stopped},
    explain, new, port, run, schema, sdist,
    shell::{Level, Shell},
    verify,
};

/// Runs the tool on the arguments of the process.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse_from(cli::arguments(env::args_os().collect())) {
        Ok(cli) => cli,
        Err(error) => return ExitCode::from(told_by_clap(&error)),
    };
    let shell = Shell::new(cli.global.verbosity(), cli.global.color);
    let exit = match execute(&cli, &shell) {
        Ok(()) => Exit::Success.code(),
        Err(error) => tell(error, &shell),
    };
    shell.point_to_explanations();
    ExitCode::from(exit)
}

fn execute(cli: &Cli, shell: &Shell) -> Result<()> {
    let manifest = cli.global.manifest_path.as_deref();
    match &cli.command {
        Command::New(args) => new::run(args, shell),
        Command::Port(args) => port::run(args, shell),
        Command::Run(args) => run::run(args, manifest, shell),
        Command::Diff(args) => diff::run(args, manifest, shell),
        Command::Schema(args) => schema::run(args, manifest, shell),
        Command::Library { reply } => child::run(reply),
        Command::Build(args) => build::run(args, manifest, shell),
        Command::Sdist(args) => sdist::run(args, manifest, shell),
        Command::Check(args) => check::run(args, manifest, shell),
        Command::Explain(args) => explain::run(args),
        Command::Verify(args) => verify::run(args, shell),
    }
}

/// Tells a failure, and with which code the tool ends.
pub(crate) fn tell(error: anyhow::Error, shell: &Shell) -> u8 {
    if let Some(Stopped(exit)) = error.downcast_ref() {
        return exit.code();
    }
    if let Some(error) = error.downcast_ref::<clap::Error>() {
        return told_by_clap(error);
    }
    let failure = error.downcast::<Failure>().unwrap_or_else(|error| Failure::new(Code::Failed, format!("{error:#}")));
    shell.message(Level::Error, Some(failure.code), &failure.message, &failure.places, failure.help.as_deref());
    failure.code.exit().code()
}

fn told_by_clap(error: &clap::Error) -> u8 {
    // Help and version go to stdout, usage errors to stderr; that nobody reads them is no reason to fail.
    let _ = error.print();
    if error.use_stderr() { Exit::Usage.code() } else { Exit::Success.code() }
}
