//! The edge of the tool: the command line in, an exit code out, and every failure told.

use std::{any::Any, env, panic, process::ExitCode, sync::Mutex};

use anyhow::Result;
use clap::Parser;
use serde_json::json;

use crate::{
    bench, build, bundle, check, child, ci,
    cli::{self, Cli, Command},
    codes::{Code, Exit},
    completions, dev, diff, docs, doctor,
    error::{Failure, Stopped},
    explain, metadata, new, port, publish, run, schema, sdist,
    shell::{Level, MessageFormat, Shell},
    test, verify,
};

/// Runs the tool on the arguments of the process.
pub fn main() -> ExitCode {
    let arguments = cli::arguments(env::args_os().collect());
    let early = cli::Early::of(&arguments);
    let (shell, code) = match Cli::try_parse_from(arguments) {
        Ok(cli) => {
            let format = match cli.command {
                // The options of a node are read when the node is known.
                Command::Run(_) => early.format,
                _ => cli.global.message_format,
            };
            let shell = Shell::new(cli.global.verbosity(), cli.global.color).with_format(format);
            let code = run_command(&cli, &shell);
            if matches!(cli.command, Command::Library { .. } | Command::Cases { .. } | Command::Development(_)) {
                return ExitCode::from(code);
            }
            (shell, code)
        }
        Err(error) => {
            let shell = Shell::new(early.verbosity, early.color).with_format(early.format);
            let code = told_by_clap(&error, &shell);
            (shell, code)
        }
    };
    shell.point_to_explanations();
    if shell.format() == MessageFormat::Json {
        // Who does not read it has the exit code.
        let _ = shell.record("chainner-finished", json!({"success": code == 0, "exit": code}));
    }
    ExitCode::from(code)
}

fn run_command(cli: &Cli, shell: &Shell) -> u8 {
    let done = match &cli.command {
        // What the package does to this process is for its parent to see.
        Command::Library { reply } => child::run(reply),
        Command::Cases { reply } => test::worker::run(reply),
        _ => caught(|| execute(cli, shell)).unwrap_or_else(|failure| Err(failure.into())),
    };
    match done {
        Ok(()) => Exit::Success.code(),
        Err(error) => tell(error, shell),
    }
}

fn execute(cli: &Cli, shell: &Shell) -> Result<()> {
    let manifest = cli.global.manifest_path.as_deref();
    match &cli.command {
        Command::New(args) => new::run(args, shell),
        Command::Port(args) => port::run(args, shell),
        Command::Run(args) => run::run(args, manifest, shell),
        Command::Diff(args) => diff::run(args, manifest, shell),
        Command::Docs(args) => docs::run(args, manifest, shell),
        Command::Schema(args) => schema::run(args, manifest, shell),
        Command::Metadata(args) => metadata::run(args, manifest, shell),
        Command::Library { reply } => child::run(reply),
        Command::Build(args) => build::run(args, manifest, shell),
        Command::Sdist(args) => sdist::run(args, manifest, shell),
        Command::Check(args) => check::run(args, manifest, shell),
        Command::Explain(args) => explain::run(args, shell),
        Command::Test(args) => test::run(args, manifest, shell),
        Command::Dev(args) => dev::run(args, manifest, shell),
        Command::Development(args) => dev::worker::run(args, manifest, shell),
        Command::Cases { reply } => test::worker::run(reply),
        Command::Bench(args) => bench::run(args, manifest, shell),
        Command::Verify(args) => verify::run(args, shell),
        Command::Publish(args) => publish::run(args, manifest, shell),
        Command::Bundle(args) => bundle::run(args, manifest, shell),
        Command::Completions(args) => completions::run(args, shell),
        Command::Man(args) => completions::man(args, shell),
        Command::Nodes => completions::nodes(manifest, shell),
        Command::Doctor(args) => doctor::run(args, manifest, shell),
        Command::Ci(command) => ci::run(command, manifest, shell),
    }
}

/// Runs the tool's own code; a panic in it is a failure like others.
fn caught<T>(work: impl FnOnce() -> T) -> Result<T, Failure> {
    static PLACE: Mutex<String> = Mutex::new(String::new());
    panic::set_hook(Box::new(|info| {
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        *PLACE.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = place;
    }));
    // What the panic leaves half done is not used again: the tool only tells of it and ends.
    panic::catch_unwind(panic::AssertUnwindSafe(work)).map_err(|payload| {
        let place = PLACE.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        bug(payload.as_ref(), &place)
    })
}

fn bug(payload: &(dyn Any + Send), place: &str) -> Failure {
    let text = payload.downcast_ref::<String>().map(String::as_str).or_else(|| payload.downcast_ref::<&str>().copied());
    let version = env!("CARGO_PKG_VERSION");
    let message = format!("cargo-chainner {version} stumbled at {place}: {}", text.unwrap_or("no message"));
    Failure::new(Code::Bug, message).help("report this line and the command to those who make the tool")
}

/// Tells a failure, and with which code the tool ends.
pub(crate) fn tell(error: anyhow::Error, shell: &Shell) -> u8 {
    if let Some(Stopped(exit)) = error.downcast_ref() {
        return exit.code();
    }
    if let Some(error) = error.downcast_ref::<clap::Error>() {
        return told_by_clap(error, shell);
    }
    let failure = Failure::from_any(error);
    shell.message(Level::Error, Some(failure.code), &failure.message, &failure.places, failure.help.as_deref());
    failure.code.exit().code()
}

/// Help and version go to stdout, usage errors to stderr as clap lays them out, with our code in front.
fn told_by_clap(error: &clap::Error, shell: &Shell) -> u8 {
    if !error.use_stderr() {
        return match shell.print(error.render()) {
            Ok(()) => Exit::Success.code(),
            Err(error) => tell(error.into(), shell),
        };
    }
    shell.usage(error, Code::Usage);
    Exit::Usage.code()
}
