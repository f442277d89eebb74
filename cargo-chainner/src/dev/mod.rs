//! `dev`: builds the package whenever a source changes, for apps that go on running.
//!
//! Each build lies in a directory of its own, because a library that is loaded cannot be replaced. Linked environments are told
//! where the session is; the SDK's Python half looks there at each call, and loads a newer build beside those before.
//!
//! | file | noun |
//! |---|---|
//! | `session.rs` | the directory of the builds, and its lock |
//! | `environment.rs` | linked environments, which are told of the session |
//! | `sources.rs` | what is watched |
//! | `watch.rs` | the watcher of the system |
//! | `signal.rs` | Ctrl-C and its like |
//! | `worker.rs` | one build, in a process of its own |
//! | `process.rs` | that process |
//! | `event.rs` | what is told |

pub mod worker;

mod environment;
mod event;
mod process;
mod session;
mod signal;
mod sources;
mod watch;

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::mpsc::{self, Receiver, RecvTimeoutError},
    time::{Duration, Instant},
};

use anyhow::Result;

use crate::{
    cli::{CargoOptions, DevArgs},
    codes::{Code, Exit},
    compile,
    diff::{self, Edition},
    edge,
    error::{Failure, Stopped},
    project::{self, NodePackage},
    shell::Shell,
};

use environment::Environments;
use event::Event;
use process::Process;
use session::Session;
use sources::Sources;
use watch::Watch;
use worker::Build;

/// Time without a further change before a build: editors write several files, and some of them in several steps.
const QUIET: Duration = Duration::from_millis(150);
/// How often a build is asked whether it has ended.
const WHILE_BUILDING: Duration = Duration::from_millis(20);
/// How often environments are looked after while nothing happens.
const IDLE: Duration = Duration::from_secs(1);

/// What wakes the loop.
#[derive(Debug)]
enum Wake {
    /// A source changed.
    Changed(PathBuf),
    /// The watcher has lost track.
    Unwatched(Failure),
    /// Ctrl-C, or the like.
    Stop,
}

/// Builds until it is stopped.
///
/// # Errors
/// It was stopped; or it cannot be begun, or go on.
pub fn run(args: &DevArgs, manifest: Option<&Path>, shell: &Shell) -> Result<()> {
    let package = project::one(args.package.package.as_deref(), manifest, &args.cargo)?;
    let cargo = CargoOptions { debug: !args.release, ..args.cargo.clone() };
    let (sender, wakes) = mpsc::channel();
    signal::listen(sender.clone())?;
    // Dropped last: as long as it lives, nobody else develops the package.
    let mut session = Session::begin(&compile::directory(&package, &cargo)?.join("dev"), package.name())?;
    let environments = Environments::attach(args, &session, &package, shell)?;
    let mut watch = Watch::new(sender, args.poll)?;
    let crates = sources::crates(&package, &cargo).unwrap_or_else(|| [package.directory().to_owned()].into());
    watch.follow(&Sources::of(&package, &crates))?;
    let titles = environments.titles();
    for title in &titles {
        shell.status("Linked", title);
    }
    Event::Watching { environments: &titles, directories: watch.count() }.tell(&package, shell)?;
    let session = &mut session;
    let mut development =
        Development { package, cargo: &cargo, shell, wakes: &wakes, session, watch, crates, environments, built: None };
    let ended = development.run();
    if let Err(error) = &ended
        && error.is::<Stopped>()
    {
        Event::Stopped.tell(&development.package, shell)?;
    }
    ended
}

struct Development<'a> {
    package: NodePackage,
    cargo: &'a CargoOptions,
    shell: &'a Shell,
    wakes: &'a Receiver<Wake>,
    session: &'a mut Session,
    watch: Watch,
    /// The directories of the crates of this machine, as far as known.
    crates: BTreeSet<PathBuf>,
    environments: Environments,
    /// The last good build.
    built: Option<Build>,
}

impl Development<'_> {
    /// Builds now, and then after each change. Ends with an error only: it was stopped, or cannot go on.
    fn run(&mut self) -> Result<()> {
        let changed = self.build()?;
        self.build_because(changed)?;
        loop {
            let mut changed = Vec::new();
            let mut last = Instant::now();
            while changed.is_empty() || last.elapsed() < QUIET {
                let patience = if changed.is_empty() { IDLE } else { QUIET };
                if let Some(path) = self.wake(patience)? {
                    last = Instant::now();
                    changed.push(path);
                }
            }
            self.build_because(changed)?;
        }
    }

    /// Waits for one thing to happen; the path of a changed source.
    fn wake(&mut self, patience: Duration) -> Result<Option<PathBuf>> {
        match self.wakes.recv_timeout(patience) {
            Ok(Wake::Changed(path)) => Ok(Some(path)),
            Ok(Wake::Stop) | Err(RecvTimeoutError::Disconnected) => Err(Stopped(Exit::Interrupted).into()),
            Ok(Wake::Unwatched(failure)) => Err(failure.into()),
            Err(RecvTimeoutError::Timeout) => {
                self.environments.look_after(self.shell)?;
                Ok(None)
            }
        }
    }

    /// Builds, and once more for as long as sources changed meanwhile.
    fn build_because(&mut self, mut changed: Vec<PathBuf>) -> Result<()> {
        while !changed.is_empty() {
            changed.sort();
            changed.dedup();
            // Files that were there for a moment only matter if nothing else has changed.
            if changed.iter().any(|path| path.exists()) {
                changed.retain(|path| path.exists());
            }
            Event::Changed { files: &changed }.tell(&self.package, self.shell)?;
            if changed.iter().any(|path| path.ends_with("Cargo.toml") || path.ends_with("Cargo.lock"))
                && let Some(crates) = sources::crates(&self.package, self.cargo)
            {
                self.crates = crates;
            }
            changed = self.build()?;
        }
        Ok(())
    }

    /// Builds once; the sources that changed meanwhile.
    fn build(&mut self) -> Result<Vec<PathBuf>> {
        // What appears from now on is heard of; what is there already is built.
        self.watch.follow(&Sources::of(&self.package, &self.crates))?;
        let number = self.session.next();
        Event::Building { build: number }.tell(&self.package, self.shell)?;
        let start = Instant::now();
        let mut process = Process::start(&self.package, self.cargo, self.session, number, self.shell)?;
        let mut changed = Vec::new();
        let ended = loop {
            if let Some(ended) = process.ended()? {
                break ended;
            }
            // Stopped, it drops the process, which ends all that belongs to it.
            let woken = self.wake(WHILE_BUILDING)?;
            // Cargo itself writes the lock file when it builds.
            changed.extend(woken.filter(|path| !path.ends_with("Cargo.lock")));
        };
        match ended {
            Some(build) => self.take(build, number, start.elapsed())?,
            None => {
                self.session.discard(number);
                let last = self.built.as_ref().map(|built| built.number);
                Event::Failed { build: number, last }.tell(&self.package, self.shell)?;
            }
        }
        Ok(changed)
    }

    /// Makes a good build that of the session, if it is another than the last.
    fn take(&mut self, build: Build, number: u64, took: Duration) -> Result<()> {
        if let Some(last) = self.built.as_ref().filter(|last| last.digest == build.digest) {
            self.session.discard(number);
            let event = Event::Unchanged { build: last.number, seconds: took.as_secs_f64() };
            return Ok(event.tell(&self.package, self.shell)?);
        }
        if let Err(failure) = self.session.publish(&build) {
            // A full disk, perhaps: the next build may do better.
            edge::tell(failure.into(), self.shell);
            return Ok(());
        }
        let first = self.built.is_none();
        let schema_changed = match &self.built {
            Some(last) => diff::between(&edition(last), &edition(&build), self.shell)?,
            None => false,
        };
        let event = Event::Built { build: &build, seconds: took.as_secs_f64(), first, schema_changed };
        event.tell(&self.package, self.shell)?;
        self.built = Some(build);
        Ok(())
    }
}

fn edition(build: &Build) -> Edition {
    Edition {
        schema: build.schema.clone(),
        version: build.version.parse().ok(),
        origin: format!("build {} of {}", build.number, build.name),
    }
}

/// A failure to watch, or to begin with it.
fn unwatched(message: impl Into<String>) -> Failure {
    Failure::new(Code::DevWatch, message)
}
