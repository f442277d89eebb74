//! The program that uploads. It takes tokens from its own variables or the keyring; none goes through this tool.

use std::{
    env,
    ffi::OsString,
    fmt,
    io::{self, IsTerminal as _},
    path::PathBuf,
    process::{Command, Stdio},
};

use anyhow::Result;

use crate::{
    cli::PublishArgs,
    codes::Code,
    error::Failure,
    pip,
    shell::{ColorChoice, Shell, Verbosity},
};

use super::{Artefact, Kind, destination::Destination, report};

/// Where PyPI takes uploads, and where its files can be seen.
const PYPI_UPLOAD: &str = "https://upload.pypi.org/legacy/";
const PYPI_INDEX: &str = "https://pypi.org/simple/";

/// A program that uploads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Program {
    /// `uv publish`
    Uv,
    /// `twine upload`
    Twine,
}

impl Program {
    fn name(self) -> &'static str {
        match self {
            Self::Uv => "uv",
            Self::Twine => "twine",
        }
    }

    /// Variables that would lead it elsewhere than `--to` says.
    fn misleading(self) -> &'static [&'static str] {
        match self {
            Self::Uv => &["UV_PUBLISH_URL", "UV_PUBLISH_INDEX", "UV_PUBLISH_CHECK_URL"],
            Self::Twine => &["TWINE_REPOSITORY", "TWINE_REPOSITORY_URL"],
        }
    }
}

impl fmt::Display for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A program that is there.
#[derive(Debug)]
struct Uploader {
    program: Program,
    /// How it is started: by its name, or through an interpreter.
    words: Vec<OsString>,
}

impl Uploader {
    /// Finds the program, or the first of those that can do it.
    fn find(wanted: &[Program]) -> Result<Self, Failure> {
        for program in wanted {
            let name = program.name();
            let through = |python: PathBuf| vec![python.into_os_string(), "-m".into(), name.into()];
            let ways = [vec![OsString::from(name)]].into_iter().chain(pip::interpreters().into_iter().map(through));
            for words in ways {
                if pip::answers(Command::new(&words[0]).args(&words[1..]).arg("--version")) {
                    return Ok(Self { program: *program, words });
                }
            }
        }
        let names: Vec<String> = wanted.iter().map(|program| format!("`{program}`")).collect();
        let install: Vec<String> = wanted.iter().map(|program| format!("`pip install {program}`")).collect();
        Err(Failure::new(
            Code::NoUploader,
            format!("{} is neither in `PATH` nor a module of Python", names.join(" or ")),
        )
        .help(format!("install it: {}", install.join(" or "))))
    }

    /// The command that uploads files, and shows nothing of a token.
    fn command(
        &self,
        destination: &Destination,
        artefacts: &[&Artefact],
        args: &PublishArgs,
        shell: &Shell,
    ) -> Command {
        let mut command = Command::new(&self.words[0]);
        command.args(&self.words[1..]);
        let is_terminal = io::stderr().is_terminal() && io::stdin().is_terminal() && env::var_os("CI").is_none();
        let is_quiet = shell.verbosity() == Verbosity::Quiet;
        match self.program {
            Program::Uv => {
                command.arg("publish");
                command.args(is_quiet.then_some("--quiet")).args((!is_terminal).then_some("--no-progress"));
                command.args(["--color", shell.color().as_str()]);
                let (upload, index) = match destination {
                    Destination::Url(url) => (url.as_str(), args.check_url.as_deref()),
                    _ => (PYPI_UPLOAD, Some(args.check_url.as_deref().unwrap_or(PYPI_INDEX))),
                };
                command.args(["--publish-url", upload]);
                if let Some(index) = index.filter(|_| args.skip_existing) {
                    command.args(["--check-url", index]);
                }
            }
            Program::Twine => {
                command.arg("upload");
                command.args((!is_terminal).then_some("--non-interactive"));
                command.args((is_quiet || !is_terminal).then_some("--disable-progress-bar"));
                command.args(args.skip_existing.then_some("--skip-existing"));
                match destination {
                    Destination::Url(url) => command.args(["--repository-url", url.as_str()]),
                    // By its name, so that `.pypirc` counts.
                    _ => command.args(["--repository", "pypi"]),
                };
            }
        }
        command.arg("--").args(artefacts.iter().map(|artefact| &artefact.path));
        // Both would colour a pipe, too, when a variable says so.
        if shell.color() == ColorChoice::Never {
            command.env("NO_COLOR", "1");
        }
        for name in self.program.misleading() {
            command.env_remove(name);
        }
        command
    }
}

/// Uploads the files: wheels first, so that nobody is left with sources alone.
pub(super) fn publish(
    destination: &Destination,
    artefacts: &[Artefact],
    args: &PublishArgs,
    shell: &Shell,
) -> Result<()> {
    if let Some(url) = &args.check_url {
        // It goes to the command line of uv.
        Destination::parse_index(url)?;
    }
    // Of another index than PyPI, uv has to be told where to look for what is there; twine sees it by the answers.
    let is_blind = args.skip_existing && args.check_url.is_none() && *destination != Destination::Pypi;
    let wanted: &[Program] = match args.uploader {
        Some(Program::Uv) if is_blind => {
            return Err(Failure::new(
                Code::PublishDestination,
                "uv has to be told where the files of the index can be seen",
            )
            .help("add `--check-url https://…/simple`, or let twine upload: `--uploader twine`")
            .into());
        }
        Some(Program::Uv) => &[Program::Uv],
        Some(Program::Twine) => &[Program::Twine],
        None if is_blind => &[Program::Twine],
        None => &[Program::Uv, Program::Twine],
    };
    let uploader = Uploader::find(wanted)?;
    let mut ordered: Vec<&Artefact> = artefacts.iter().collect();
    ordered.sort_by_key(|artefact| artefact.kind != Kind::Wheel);
    let mut command = uploader.command(destination, &ordered, args, shell);
    let shown = shown(&command);
    let release = artefacts.first().map(|one| format!("{} {}", one.distribution, one.version)).unwrap_or_default();
    if args.dry_run {
        shell.status("Would run", &shown);
    } else {
        shell.status("Uploading", format_args!("{release} to {} with {}", destination.shown(), uploader.program));
        shell.detail("Running", &shown);
        // It may ask for a password; what it says is not our data.
        let status = command.stdout(Stdio::from(io::stderr())).status();
        let program = PathBuf::from(&uploader.words[0]);
        let status = status.map_err(|error| Failure::not_started(&program, &error))?;
        if !status.success() {
            let message = format!("{} did not upload {release} to {}: {status}", uploader.program, destination.shown());
            return Err(Failure::new(Code::UploadFailed, message)
                .help(match args.skip_existing {
                    true => "see what it says above; uv leaves out what it sees at `--check-url`, twine only of indexes that it knows",
                    false => "see what it says above; when that is mended, start again with `--skip-existing`",
                })
                .into());
        }
    }
    let action = if args.dry_run { "upload" } else { "published" };
    for artefact in ordered {
        report(artefact, action, &destination.shown(), args.dry_run, shell)?;
    }
    match args.dry_run {
        true => shell.status("Finished", "dry run: nothing was sent"),
        false => shell.status("Published", format_args!("{release} to {}", destination.shown())),
    }
    Ok(())
}

/// A command as one would type it.
fn shown(command: &Command) -> String {
    let words = [command.get_program()].into_iter().chain(command.get_args());
    let quoted = words.map(|word| {
        let word = word.to_string_lossy();
        match word.contains(|c: char| c.is_whitespace() || "\"'$`\\&;|<>*?()".contains(c)) {
            true => format!("'{}'", word.replace('\'', "'\\''")),
            false => word.into_owned(),
        }
    });
    quoted.collect::<Vec<_>>().join(" ")
}
