//! Python environments: made under the target directory, once for each interpreter and list of packages.

use std::{
    collections::BTreeSet,
    env,
    ffi::{OsStr, OsString},
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::Mutex,
};

use sha2::{Digest, Sha256};

use crate::{run, target_dir};

/// What the app's dependency manager would install before its first start, under exactly these names; numpy is the app's own.
const NEEDS_OF_THE_APP: [&str; 19] = [
    "numpy==1.24.4",
    "opencv-python==4.8.0.76",
    "opencv-python-headless==4.8.0.76",
    "Pillow==9.2.0",
    "pillow-avif-plugin==1.4.3",
    "ffmpeg-python==0.2.0",
    "requests==2.28.2",
    "google-re2==1.0",
    "scipy==1.9.3",
    "wcmatch==8.4.1",
    "numba==0.57.1",
    "PyMatting==1.1.10",
    "chainner_ext==0.3.10",
    "sanic==23.3.0",
    "Sanic-Cors",
    "psutil",
    "typing_extensions",
    "appdirs",
    "setuptools<81",
];

/// A virtual environment with some packages from PyPI.
#[derive(Debug)]
pub struct Environment {
    directory: PathBuf,
}

impl Environment {
    /// The environment with these packages (pip's words), kept between runs.
    ///
    /// # Panics
    /// When it cannot be made.
    pub fn with(python: &Path, packages: &[&str]) -> Self {
        static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
        let _guard = ONE_AT_A_TIME.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let version = run(Command::new(python).arg("-VV")).succeeded().stdout;
        let digest = Sha256::digest(format!("{version}{packages:?}"));
        let name: String = digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        let directory = target_dir().join("environments").join(name);
        if !directory.join("complete").exists() {
            let environment = Self::fresh_at(python, directory.clone());
            if !packages.is_empty() {
                run(environment.python().args(["-m", "pip", "install", "--quiet"]).args(packages)).succeeded();
            }
            fs::write(directory.join("complete"), packages.join("\n")).expect("the environment can be marked complete");
        }
        Self { directory }
    }

    /// A fresh environment in `directory`, without packages.
    ///
    /// # Panics
    /// When it cannot be made.
    pub fn fresh_at(python: &Path, directory: PathBuf) -> Self {
        if directory.exists() {
            fs::remove_dir_all(&directory).expect("an old environment can be removed");
        }
        run(Command::new(python).args(["-m", "venv"]).arg(&directory)).succeeded();
        Self { directory }
    }

    /// Installs wheels and checkouts with its own pip, without an index and without what they need.
    ///
    /// # Panics
    /// When pip refuses.
    pub fn install(&self, what: &[PathBuf]) {
        let mut pip = self.python();
        pip.args(["-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-build-isolation"]);
        run(pip.arg("--force-reinstall").args(what)).succeeded();
    }

    /// An environment that the checkouts of `CHAINNER_REPO` run in, with these packages beside what they need, and that list of
    /// checkouts.
    ///
    /// # Errors
    /// Why there is none.
    ///
    /// # Panics
    /// When it cannot be made.
    pub fn of_the_app(packages: &[&str]) -> Result<(Self, OsString), &'static str> {
        let repositories = env::var_os("CHAINNER_REPO").ok_or("CHAINNER_REPO names no checkout of chaiNNer")?;
        let python = interpreter_for_the_app().ok_or("the app needs Python 3.10 or 3.11")?;
        let environment = Self::with(&python, &[&NEEDS_OF_THE_APP[..], packages].concat());
        environment.let_hosts_install(&repositories);
        Ok((environment, repositories))
    }

    /// Lets the host process of each checkout install what it needs itself; afterwards it finds everything in place.
    fn let_hosts_install(&self, repositories: &OsStr) {
        for repository in env::split_paths(repositories) {
            run(self.python().args(["run.py", "--help"]).current_dir(repository.join("backend/src"))).succeeded();
        }
    }

    /// Its interpreter, free of the caller's settings.
    pub fn python(&self) -> Command {
        let mut command = Command::new(self.program("python"));
        for name in ["PYTHONPATH", "PYTHONHOME", "PYTHONDONTWRITEBYTECODE"] {
            command.env_remove(name);
        }
        command.env("PIP_DISABLE_PIP_VERSION_CHECK", "1");
        command
    }

    /// A program that a package brought.
    pub fn program(&self, name: &str) -> PathBuf {
        let programs = if cfg!(windows) { "Scripts" } else { "bin" };
        self.directory.join(programs).join(format!("{name}{}", env::consts::EXE_SUFFIX))
    }
}

/// The CPython interpreters from 3.10 on that are at hand, one of each minor version: those of pyenv, and `python3`.
///
/// # Panics
/// When there is none.
pub fn interpreters() -> Vec<PathBuf> {
    let versions = env::var_os("HOME").map(|home| Path::new(&home).join(".pyenv/versions"));
    let mut candidates = vec![PathBuf::from("python3")];
    for entry in versions.and_then(|versions| fs::read_dir(versions).ok()).into_iter().flatten().flatten() {
        candidates.push(entry.path().join("bin/python"));
    }
    let mut seen = BTreeSet::new();
    candidates.retain(|candidate| {
        let asked = Command::new(candidate)
            .args(["-c", "import sys, venv; print(sys.version_info[:2]); sys.exit(sys.version_info < (3, 10))"])
            .output();
        asked.is_ok_and(|answer| answer.status.success() && seen.insert(answer.stdout))
    });
    assert!(!candidates.is_empty(), "no CPython 3.10 or newer is at hand; install python3 with its venv module");
    candidates
}

/// The interpreter that the app's backend can run in, if one is at hand: the numpy that the app ships has no wheels for later ones.
fn interpreter_for_the_app() -> Option<PathBuf> {
    let older = |python: &PathBuf| {
        run(Command::new(python).args(["-c", "import sys; sys.exit(sys.version_info >= (3, 12))"])).code == Some(0)
    };
    interpreters().into_iter().find(older)
}
