//! Programs of this machine.

use std::{
    ffi::OsStr,
    process::{Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

/// No question that is asked here takes long; what does is not as it should be.
const PATIENCE: Duration = Duration::from_secs(20);

/// What a program answers on stdout, trimmed; `None` if it is not there, fails, or does not answer in time.
pub(super) fn answer(program: impl AsRef<OsStr>, words: &[&str]) -> Option<String> {
    let output = asked(program, words)?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// What a program says, however it ends; `None` if it is not there or does not answer in time.
pub(super) fn asked(program: impl AsRef<OsStr>, words: &[&str]) -> Option<Output> {
    let mut command = Command::new(program);
    command.args(words).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().ok()?;
    let stdout = child.stdout.take()?;
    // Read beside: a program that says more than fits the pipe would wait for its reader.
    let reader = thread::spawn(move || {
        let mut text = Vec::new();
        std::io::Read::read_to_end(&mut { stdout }, &mut text).map(|_| text)
    });
    let start = Instant::now();
    loop {
        match child.try_wait().ok()? {
            Some(status) => {
                let stdout = reader.join().ok()?.ok()?;
                return Some(Output { status, stdout, stderr: Vec::new() });
            }
            None if start.elapsed() > PATIENCE => {
                // It is gone, or it cannot be ended; either way there is no answer.
                let _ = child.kill();
                let _ = child.wait();
                return None;
            }
            None => thread::sleep(Duration::from_millis(5)),
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn programs_answer_or_do_not() {
        assert_eq!(answer("echo", &["yes"]).as_deref(), Some("yes"));
        assert_eq!(answer("false", &[]), None);
        assert_eq!(answer("no-such-program-here", &[]), None);
        assert_eq!(asked("sh", &["-c", "echo bad; exit 3"]).and_then(|output| output.status.code()), Some(3));
    }
}
