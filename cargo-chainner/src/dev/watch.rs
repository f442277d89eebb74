//! The watcher of the system: tells which of the watched directories' entries have changed.

use std::{
    collections::BTreeSet,
    fmt, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError, mpsc::Sender},
    time::Duration,
};

use notify::{Config, ErrorKind, Event, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};

use crate::error::Failure;

use super::{Wake, sources::Sources, unwatched};

/// How often files are looked at with `--poll`.
const POLL: Duration = Duration::from_millis(500);

/// Watches sources.
pub(super) struct Watch {
    watcher: Box<dyn Watcher>,
    /// Those that events are judged by.
    sources: Arc<Mutex<Sources>>,
    watched: BTreeSet<PathBuf>,
}

impl Watch {
    /// A watcher of nothing so far; looks at the files themselves if `poll`.
    ///
    /// # Errors
    /// The system does not give one.
    pub(super) fn new(wakes: Sender<Wake>, poll: bool) -> Result<Self, Failure> {
        let sources: Arc<Mutex<Sources>> = Arc::default();
        let known = Arc::clone(&sources);
        // Nobody listens when it is ending already.
        let heard = move |event: notify::Result<Event>| match event {
            Ok(event) => {
                let known = known.lock().unwrap_or_else(PoisonError::into_inner);
                for path in changed(event, &known) {
                    let _ = wakes.send(Wake::Changed(path));
                }
            }
            // Of a directory that is gone: the one above tells.
            Err(error) if matches!(error.kind, ErrorKind::PathNotFound | ErrorKind::WatchNotFound) => {}
            Err(error) => {
                let _ = wakes.send(Wake::Unwatched(refused(error, None)));
            }
        };
        let config = Config::default().with_poll_interval(POLL);
        let watcher: Result<Box<dyn Watcher>, notify::Error> = match poll {
            true => PollWatcher::new(heard, config).map(|watcher| Box::new(watcher) as _),
            false => RecommendedWatcher::new(heard, config).map(|watcher| Box::new(watcher) as _),
        };
        let watcher = watcher.map_err(|error| refused(error, None))?;
        Ok(Self { watcher, sources, watched: BTreeSet::new() })
    }

    /// Watches these, and no others any more.
    ///
    /// # Errors
    /// The system watches no more directories.
    pub(super) fn follow(&mut self, sources: &Sources) -> Result<(), Failure> {
        *self.sources.lock().unwrap_or_else(PoisonError::into_inner) = sources.clone();
        let wanted: BTreeSet<PathBuf> = sources.0.keys().cloned().collect();
        for gone in self.watched.difference(&wanted) {
            // The system has forgotten those that were removed.
            let _ = self.watcher.unwatch(gone);
        }
        self.watched.retain(|path| wanted.contains(path));
        for path in &wanted {
            // On macOS paths are watched, whatever is there, and each call starts the watcher anew.
            if cfg!(target_os = "macos") && self.watched.contains(path) {
                continue;
            }
            // Also those that are watched: one may have been removed and made again.
            match self.watcher.watch(path, RecursiveMode::NonRecursive) {
                Ok(()) => {
                    self.watched.insert(path.clone());
                }
                // Gone since it was found; the directory above tells.
                Err(_) if !path.exists() => {}
                Err(error) => return Err(refused(error, Some(path))),
            }
        }
        Ok(())
    }

    /// How many directories are watched.
    pub(super) fn count(&self) -> usize {
        self.watched.len()
    }
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch").field("watched", &self.watched).finish_non_exhaustive()
    }
}

/// The sources that an event tells of.
fn changed(event: Event, sources: &Sources) -> Vec<PathBuf> {
    if event.need_rescan() {
        // Some were lost: any may have changed.
        return sources.0.keys().next().cloned().into_iter().collect();
    }
    match event.kind {
        // Reading changes nothing.
        EventKind::Access(_) => Vec::new(),
        _ => event.paths.into_iter().filter(|path| sources.concerns(path)).collect(),
    }
}

fn refused(error: notify::Error, path: Option<&Path>) -> Failure {
    let place = path.map(|path| format!(" `{}`", path.display())).unwrap_or_default();
    let is_limit = match &error.kind {
        ErrorKind::MaxFilesWatch => true,
        // EMFILE of inotify: too many watchers, not too many files.
        ErrorKind::Io(error) => error.raw_os_error() == Some(24) && cfg!(unix),
        _ => false,
    };
    let poll = "or go on without it: `--poll` looks at the files twice a second";
    match (is_limit, &error.kind) {
        (true, _) => unwatched(format!("the system watches no more directories{place}: its limit is reached")).help(
            match cfg!(target_os = "linux") {
                true => format!(
                    "raise the limits, `sudo sysctl fs.inotify.max_user_watches=524288 fs.inotify.max_user_instances=512`, {poll}"
                ),
                false => format!("end other programs that watch files, {poll}"),
            },
        ),
        (_, ErrorKind::Io(io)) if io.kind() == io::ErrorKind::PermissionDenied => {
            unwatched(format!("cannot watch{place}: {io}")).help("look who may read it")
        }
        _ => unwatched(format!("cannot watch{place}: {error}")).help(format!("see that the disk supports it, {poll}")),
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, sync::mpsc};

    use super::*;
    use crate::{codes::Code, dev::sources::Interest};

    #[test]
    fn limits_of_the_system_are_told_with_the_fix() {
        let too_many_instances = notify::Error::io(io::Error::from_raw_os_error(24));
        for error in [notify::Error::new(ErrorKind::MaxFilesWatch), too_many_instances] {
            let failure = refused(error, Some(Path::new("src")));
            assert_eq!(failure.code, Code::DevWatch);
            assert!(failure.message.contains("`src`: its limit"), "{failure}");
            let help = failure.help.unwrap();
            assert!(
                help.contains("--poll") && (!cfg!(target_os = "linux") || help.contains("max_user_watches")),
                "{help}"
            );
        }
        let failure = refused(notify::Error::generic("no"), None);
        assert_eq!(failure.message, "cannot watch: no");
    }

    fn heard(poll: bool) {
        let place = tempfile::tempdir().unwrap();
        let root = place.path().canonicalize().unwrap();
        fs::create_dir(root.join("src")).unwrap();
        let (sender, wakes) = mpsc::channel();
        let mut watch = Watch::new(sender, poll).unwrap();
        let mut sources = Sources([root.clone(), root.join("src")].map(|path| (path, Interest::All)).into());
        watch.follow(&sources).unwrap();
        let next = || match wakes.recv_timeout(Duration::from_secs(60)) {
            Ok(Wake::Changed(path)) => path,
            other => panic!("{other:?}"),
        };
        let until = |wanted: PathBuf| while next() != wanted {};
        fs::write(root.join("src/.hidden"), "").unwrap();
        fs::write(root.join("src/lib.rs"), "one").unwrap();
        assert_eq!(next(), root.join("src/lib.rs"));
        // A directory that is made anew is heard of, once it is followed.
        fs::create_dir(root.join("src/film")).unwrap();
        until(root.join("src/film"));
        sources.0.insert(root.join("src/film"), Interest::All);
        watch.follow(&sources).unwrap();
        fs::write(root.join("src/film/grain.rs"), "").unwrap();
        until(root.join("src/film/grain.rs"));
        // As editors save: beside it, then renamed.
        fs::write(root.join("src/lib.rs~"), "two, and longer").unwrap();
        fs::rename(root.join("src/lib.rs~"), root.join("src/lib.rs")).unwrap();
        until(root.join("src/lib.rs"));
        fs::remove_dir_all(root.join("src")).unwrap();
        sources.0.retain(|path, _| *path == root);
        watch.follow(&sources).unwrap();
        assert_eq!(watch.count(), 1);
    }

    #[test]
    fn changes_are_heard_of_and_what_is_no_source_is_not() {
        heard(false);
    }

    #[test]
    fn changes_are_found_by_looking_too() {
        heard(true);
    }
}
