//! Python programs that other commands start: pip, and what `python -m` runs.

use std::{
    env,
    ffi::OsStr,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use crate::shell::Shell;

/// Lines of what a program said that are told when it fails.
const LINES: usize = 12;

/// The interpreters to try, the one that `PYTHON` names first.
pub(crate) fn interpreters() -> Vec<PathBuf> {
    let chosen = env::var_os("PYTHON").filter(|name| !name.is_empty()).map(PathBuf::from);
    chosen.into_iter().chain(["python3", "python"].map(PathBuf::from)).collect()
}

/// Whether a program is there and answers.
pub(crate) fn answers(command: &mut Command) -> bool {
    let quiet = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    quiet.status().is_ok_and(|status| status.success())
}

/// An interpreter that has pip.
#[derive(Debug)]
pub(crate) struct Pip {
    python: PathBuf,
}

impl Pip {
    /// The first interpreter that has pip.
    pub(crate) fn find() -> Option<Self> {
        let has_pip = |python: &PathBuf| answers(Command::new(python).args(["-m", "pip", "--version"]));
        interpreters().into_iter().find(has_pip).map(|python| Self { python })
    }

    /// Whether the interpreter has a module.
    pub(crate) fn has(&self, module: &str) -> bool {
        let found = "import importlib.util, sys; sys.exit(importlib.util.find_spec(sys.argv[1]) is None)";
        answers(Command::new(&self.python).args(["-c", found, module]))
    }

    /// Runs pip in a directory.
    ///
    /// # Errors
    /// The last lines of what it said.
    pub(crate) fn run<S: AsRef<OsStr>>(
        &self,
        words: impl IntoIterator<Item = S>,
        directory: &Path,
        shell: &Shell,
    ) -> Result<(), String> {
        let mut command = Command::new(&self.python);
        command.args(["-m", "pip", "--disable-pip-version-check", "--no-input", "--quiet"]).args(words);
        shell.detail("Running", format_args!("{command:?}"));
        let output = command.current_dir(directory).stdin(Stdio::null()).output();
        let output = output.map_err(|error| format!("cannot start `{}`: {error}", self.python.display()))?;
        if output.status.success() {
            return Ok(());
        }
        let said = String::from_utf8_lossy(if output.stderr.is_empty() { &output.stdout } else { &output.stderr });
        let lines: Vec<&str> = said.lines().filter(|line| !line.trim().is_empty()).collect();
        Err(lines[lines.len().saturating_sub(LINES)..].join("\n"))
    }
}
