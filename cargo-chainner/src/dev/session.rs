//! The session: a directory for the builds, which says where the newest is, and a lock that lives as long as the process.
//!
//! ```text
//! target/chainner/dev/film_lab.lock                   held while `dev` runs
//! target/chainner/dev/film_lab/session.json           where the newest build is
//! target/chainner/dev/film_lab/builds/3f2a-7/film_lab the module of a build, as in a wheel
//! target/chainner/dev/film_lab/temporary              temporary files of what is started
//! ```
//!
//! The SDK's Python half reads `session.json`, and takes a session whose lock nobody holds for one that is over.

use std::{
    fs::{self, File, OpenOptions},
    io::Write as _,
    path::{Path, PathBuf},
    process, thread,
    time::{Duration, SystemTime},
};

use fs4::{FileExt, TryLockError};
use serde_json::json;

use crate::{codes::Code, error::Failure, files};

use super::worker::Build;

/// The version of `session.json`: raised when a key changes its meaning or goes.
const VERSION: u32 = 1;
/// How often a lock that is held is tried again: those who only look whether it is held hold it for a moment.
const TRIES: usize = 10;
/// Builds that are kept: an app that has just read where the last but one is may be about to load it.
const KEPT: usize = 2;

/// A session of one package.
#[derive(Debug)]
pub(super) struct Session {
    directory: PathBuf,
    lock: PathBuf,
    /// Held until it is dropped.
    _held: File,
    /// What its builds are named by: to an app that knew an earlier session, equal paths would be equal builds.
    token: String,
    /// Number of the last build that was begun.
    number: u64,
    /// Those that are there to be loaded, oldest first.
    published: Vec<u64>,
}

impl Session {
    /// Begins a session of a package below a directory, and removes what one before has left when it was killed.
    ///
    /// # Errors
    /// There is a session of the package already, or the directory cannot be written to.
    pub(super) fn begin(parent: &Path, name: &str) -> Result<Self, Failure> {
        let module = name.replace('-', "_");
        make(parent)?;
        let lock = parent.join(format!("{module}.lock"));
        let held = held(&lock, name)?;
        let directory = parent.join(module);
        // On Windows, what an app has loaded stays until that ends.
        let _ = fs::remove_dir_all(&directory);
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let token = format!("{:x}", now.as_millis());
        let session = Self { directory, lock, _held: held, token, number: 0, published: Vec::new() };
        make(&session.builds())?;
        make(&session.temporary())?;
        Ok(session)
    }

    /// The directory, which says where the newest build is.
    pub(super) fn directory(&self) -> &Path {
        &self.directory
    }

    /// The file that is locked.
    pub(super) fn lock(&self) -> &Path {
        &self.lock
    }

    /// A place for temporary files, which goes with the session.
    pub(super) fn temporary(&self) -> PathBuf {
        self.directory.join("temporary")
    }

    fn builds(&self) -> PathBuf {
        self.directory.join("builds")
    }

    /// The number of a build to come.
    pub(super) fn next(&mut self) -> u64 {
        self.number += 1;
        self.number
    }

    /// The directory of a build.
    pub(super) fn build(&self, number: u64) -> PathBuf {
        self.builds().join(format!("{}-{number}", self.token))
    }

    /// Lets apps load a build, and removes old ones.
    ///
    /// # Errors
    /// It cannot be written down.
    pub(super) fn publish(&mut self, build: &Build) -> Result<(), Failure> {
        let record = json!({
            "v": VERSION,
            "name": build.name,
            "module": build.module,
            "version": build.version,
            "build": build.number,
            "directory": build.directory,
        });
        files::write(&self.directory.join("session.json"), format!("{record:#}\n").as_bytes())?;
        self.published.push(build.number);
        let old = self.published.len().saturating_sub(KEPT);
        for number in self.published.drain(..old).collect::<Vec<_>>() {
            self.discard(number);
        }
        Ok(())
    }

    /// Removes a build. What Windows has loaded stays until the app ends.
    pub(super) fn discard(&self, number: u64) {
        let _ = fs::remove_dir_all(self.build(number));
    }
}

/// Nothing is left, but what Windows has loaded.
impl Drop for Session {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.directory);
        let _ = fs::remove_file(&self.lock);
        for above in self.lock.ancestors().skip(1).take(2) {
            // Only when nothing is in them: no session of another package, nothing that was compiled.
            let _ = fs::remove_dir(above);
        }
    }
}

fn make(directory: &Path) -> Result<(), Failure> {
    fs::create_dir_all(directory).map_err(|error| Failure::unwritable(directory, &error))
}

/// The lock of a package, held by this process.
fn held(path: &Path, name: &str) -> Result<File, Failure> {
    let refused = |error| Failure::unwritable(path, &error);
    for _ in 0..TRIES {
        if let Some(parent) = path.parent() {
            make(parent)?;
        }
        let mut file =
            OpenOptions::new().create(true).truncate(false).read(true).write(true).open(path).map_err(refused)?;
        match FileExt::try_lock(&file) {
            Ok(()) if is_at(&file, path) => {
                // For the one who meets it.
                file.set_len(0).and_then(|()| write!(file, "{}", process::id())).map_err(refused)?;
                return Ok(file);
            }
            // A session that has just ended took the file away.
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => thread::sleep(Duration::from_millis(50)),
            Err(TryLockError::Error(error)) => return Err(refused(error)),
        }
    }
    let process = fs::read_to_string(path).ok().filter(|text| !text.trim().is_empty());
    let process = process.map(|id| format!(" (process {})", id.trim())).unwrap_or_default();
    let message = format!("`cargo chainner dev` is running for package `{name}` already{process}");
    Err(Failure::new(Code::DevRunning, message)
        .help("go on with that one, or end it with Ctrl-C; a copy of the package has a session of its own"))
}

/// Whether the file is still the one of that path.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let identity = |metadata: &fs::Metadata| (metadata.dev(), metadata.ino());
    matches!((file.metadata(), fs::metadata(path)), (Ok(one), Ok(other)) if identity(&one) == identity(&other))
}

/// As above; Windows keeps the name of a file that is open.
#[cfg(not(unix))]
fn is_at(_file: &File, path: &Path) -> bool {
    path.exists()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The numbers of the builds that are there.
    fn numbers(session: &Session) -> Vec<u64> {
        let entries = fs::read_dir(session.builds()).unwrap().flatten();
        let mut numbers: Vec<u64> = entries
            .map(|entry| entry.file_name().to_str().unwrap().rsplit('-').next().unwrap().parse().unwrap())
            .collect();
        numbers.sort();
        numbers
    }

    fn build(session: &mut Session) -> Build {
        let number = session.next();
        let directory = session.build(number).join("film_lab");
        fs::create_dir_all(&directory).unwrap();
        let text = String::new;
        let (name, module) = ("film-lab".to_owned(), "film_lab".to_owned());
        Build { number, name, module, version: text(), directory, digest: text(), schema: json!(null), nodes: 1 }
    }

    #[test]
    fn a_package_has_one_session_and_another_one_its_own() {
        let place = tempfile::tempdir().unwrap();
        let parent = place.path().join("dev");
        let session = Session::begin(&parent, "film-lab").unwrap();
        let failure = Session::begin(&parent, "film-lab").unwrap_err();
        assert_eq!(failure.code, Code::DevRunning);
        assert!(failure.message.contains(&process::id().to_string()), "{failure}");
        let other = Session::begin(&parent, "other").unwrap();
        drop(session);
        let again = Session::begin(&parent, "film-lab").unwrap();
        drop((other, again));
        assert!(!parent.exists(), "nothing is left");
    }

    #[test]
    fn few_builds_are_kept_and_none_at_the_end() {
        let place = tempfile::tempdir().unwrap();
        let mut session = Session::begin(place.path(), "film-lab").unwrap();
        for _ in 0..5 {
            let build = build(&mut session);
            session.publish(&build).unwrap();
            let record: serde_json::Value =
                serde_json::from_slice(&fs::read(session.directory().join("session.json")).unwrap()).unwrap();
            assert_eq!(record["directory"], build.directory.to_str().unwrap());
        }
        assert_eq!(numbers(&session), [4, 5]);
        let failed = build(&mut session);
        session.discard(failed.number);
        assert!(!failed.directory.exists());
        drop(session);
        assert!(!place.path().exists());
    }

    #[test]
    fn what_a_killed_session_left_is_removed() {
        let place = tempfile::tempdir().unwrap();
        fs::create_dir_all(place.path().join("film_lab/builds/7")).unwrap();
        fs::write(place.path().join("film_lab.lock"), "1").unwrap();
        let session = Session::begin(place.path(), "film-lab").unwrap();
        assert!(numbers(&session).is_empty());
    }
}
