//! Python environments: made under the target directory, once for each interpreter and list of packages.

use std::{
    collections::BTreeSet,
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    sync::Mutex,
};

use sha2::{Digest, Sha256};

use crate::{run, target_dir};

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
