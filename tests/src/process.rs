//! Running programs and looking at what they said.

use std::process::{Command, Output};

/// What a program said and how it ended.
#[derive(Debug)]
pub struct Run {
    /// Exit code; `None` if a signal ended it.
    pub code: Option<i32>,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
    command: String,
}

/// Runs a program to its end.
///
/// # Panics
/// When it cannot be started.
pub fn run(command: &mut Command) -> Run {
    let said = format!("{command:?}");
    let Output { status, stdout, stderr } =
        command.output().unwrap_or_else(|error| panic!("{said} did not start: {error}"));
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    Run { code: status.code(), stdout: text(stdout), stderr: text(stderr), command: said }
}

impl Run {
    /// The run, if it ended well.
    ///
    /// # Panics
    /// When it did not; shows all that it said.
    #[track_caller]
    pub fn succeeded(self) -> Self {
        self.ended_with(0)
    }

    /// The run, if it ended with this exit code.
    ///
    /// # Panics
    /// When it did not; shows all that it said.
    #[track_caller]
    pub fn ended_with(self, code: i32) -> Self {
        assert!(
            self.code == Some(code),
            "{}\nended with {:?}, expected {code}\n--- stdout\n{}\n--- stderr\n{}",
            self.command,
            self.code,
            self.stdout,
            self.stderr
        );
        self
    }
}
