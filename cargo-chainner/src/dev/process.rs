//! The process of a build, with all that it starts.

use std::{
    env, fs,
    path::PathBuf,
    process::{Child, Command, Stdio},
};
#[cfg(unix)]
use std::{
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result};

use crate::{
    cli::CargoOptions,
    error::Failure,
    project::NodePackage,
    shell::{MessageFormat, Shell, Verbosity},
};

use super::{session::Session, worker};

/// How long compilers have to end when they are asked to.
#[cfg(unix)]
const PATIENCE: Duration = Duration::from_secs(3);

/// A build that is being made. Dropped, it ends.
#[derive(Debug)]
pub(super) struct Process {
    child: Child,
    reply: PathBuf,
    is_over: bool,
}

impl Process {
    /// Starts a build.
    ///
    /// # Errors
    /// The process cannot be started.
    pub(super) fn start(
        package: &NodePackage,
        cargo: &CargoOptions,
        session: &Session,
        number: u64,
        shell: &Shell,
    ) -> Result<Self> {
        let tool = env::current_exe().context("the tool does not know where it is")?;
        let reply = session.temporary().join(format!("{number}.json"));
        let mut command = Command::new(&tool);
        command.arg(worker::SUBCOMMAND).arg(number.to_string()).arg(session.build(number)).arg(&reply);
        command.arg("--manifest-path").arg(&package.package.manifest_path).args(["--package", package.name()]);
        command.args(options(cargo)).args(["--color", shell.color().as_str()]);
        command.args(match shell.format() {
            MessageFormat::Human => ["--message-format", "human"],
            MessageFormat::Short => ["--message-format", "short"],
            MessageFormat::Json => ["--message-format", "json"],
        });
        match shell.verbosity() {
            Verbosity::Quiet => command.arg("--quiet"),
            Verbosity::Normal => &mut command,
            Verbosity::Verbose => command.arg("--verbose"),
        };
        if let Some(directory) = &cargo.target_dir {
            command.arg("--target-dir").arg(env::current_dir()?.join(directory));
        }
        // What is ended in the middle leaves its temporary files.
        for name in ["TMPDIR", "TMP", "TEMP"] {
            command.env(name, session.temporary());
        }
        #[cfg(unix)]
        {
            use std::os::unix::process::CommandExt as _;
            // A group of its own: Ctrl-C on the terminal asks only this process, which then ends all of the group.
            command.process_group(0);
        }
        let child = command.stdin(Stdio::null()).spawn().map_err(|error| Failure::not_started(&tool, &error))?;
        Ok(Self { child, reply, is_over: false })
    }

    /// What the build came to, once it has: what was built, or nothing if that failed, which has been said.
    ///
    /// # Errors
    /// The process cannot be asked.
    pub(super) fn ended(&mut self) -> Result<Option<Option<worker::Build>>> {
        let Some(status) = self.child.try_wait()? else { return Ok(None) };
        self.is_over = true;
        let built = status.success().then(|| fs::read(&self.reply).ok()).flatten();
        Ok(Some(built.and_then(|text| serde_json::from_slice(&text).ok())))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if !self.is_over {
            self.end();
        }
        let _ = fs::remove_file(&self.reply);
    }
}

#[cfg(unix)]
impl Process {
    /// Ends all of the group, and waits until it is gone.
    fn end(&mut self) {
        use rustix::process::{Pid, Signal, kill_process_group, test_kill_process_group};

        let Some(group) = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw) else { return };
        for signal in [Signal::TERM, Signal::KILL] {
            // Gone already, as it should be.
            let _ = kill_process_group(group, signal);
            let start = Instant::now();
            while start.elapsed() < PATIENCE {
                let _ = self.child.try_wait();
                if test_kill_process_group(group).is_err() {
                    return;
                }
                thread::sleep(Duration::from_millis(10));
            }
        }
    }
}

#[cfg(not(unix))]
impl Process {
    /// Ends it; cargo ends with it, and the compilers with cargo.
    fn end(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The options of cargo as words, but for directories.
fn options(cargo: &CargoOptions) -> Vec<&str> {
    let CargoOptions { debug, locked, offline, frozen, target_dir: _, jobs } = cargo;
    let given = [(*debug, "--debug"), (*locked, "--locked"), (*offline, "--offline"), (*frozen, "--frozen")];
    let mut words: Vec<&str> = given.into_iter().filter(|(given, _)| *given).map(|(_, word)| word).collect();
    if let Some(jobs) = jobs {
        words.extend(["--jobs", jobs]);
    }
    words
}
