//! Linked environments of the app, which are told where the session is.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use anyhow::Result;
use serde::Deserialize;

use crate::{
    cli::DevArgs,
    codes::Code,
    doctor,
    error::Failure,
    project::NodePackage,
    shell::{Level, Shell},
};

use super::{event::Event, session::Session};

/// What `python -m chainner_sdk dev` answers.
#[derive(Debug, Deserialize)]
struct Answer {
    /// The environment in a few words.
    title: Option<String>,
    /// The file that leads to the session.
    file: Option<PathBuf>,
    problem: Option<Problem>,
}

#[derive(Debug, Deserialize)]
struct Problem {
    what: String,
    fix: Option<String>,
}

/// An environment that knows of the session.
#[derive(Debug)]
struct Environment {
    title: String,
    file: PathBuf,
}

/// The environments that know of the session. Dropped, they forget it.
#[derive(Debug)]
pub(super) struct Environments(Vec<Environment>);

impl Environments {
    /// Tells the environments that were asked for of the session; if none was, those of the usual places that are linked.
    ///
    /// # Errors
    /// One that was asked for cannot be told, or none of the usual ones is linked.
    pub(super) fn attach(
        args: &DevArgs,
        session: &Session,
        package: &NodePackage,
        shell: &Shell,
    ) -> Result<Self, Failure> {
        let mut asked = args.python.clone();
        for directory in &args.chainner {
            asked.push(doctor::interpreter_of_app(directory).ok_or_else(|| no_interpreter(directory))?);
        }
        let are_asked_for = !asked.is_empty();
        let interpreters = if are_asked_for { asked } else { doctor::likely_interpreters() };
        // From the first on, what has been told is taken back should another fail.
        let mut environments = Self(Vec::new());
        let mut refusals = Vec::new();
        for python in interpreters {
            match tell(&python, session, package, shell) {
                Ok(environment) if environments.0.iter().any(|known| known.file == environment.file) => {}
                Ok(environment) => environments.0.push(environment),
                Err(failure) if are_asked_for => return Err(failure),
                Err(failure) => refusals.push(failure),
            }
        }
        match environments.0.is_empty() {
            true => Err(none_is_linked(&refusals)),
            false => Ok(environments),
        }
    }

    /// What they are, in a few words.
    pub(super) fn titles(&self) -> Vec<&str> {
        self.0.iter().map(|environment| environment.title.as_str()).collect()
    }

    /// Tells of environments that are gone, or were unlinked.
    ///
    /// # Errors
    /// None is left.
    pub(super) fn look_after(&mut self, shell: &Shell) -> Result<()> {
        let (kept, gone): (Vec<_>, Vec<_>) = self.0.drain(..).partition(|environment| environment.file.exists());
        self.0 = kept;
        for Environment { title, file } in &gone {
            let place =
                file.parent().filter(|place| !place.exists()).map_or("it was unlinked", |_| "it is not there any more");
            let message = format!("the environment does not know of the package any more: {title} ({place})");
            let help = "link it again, `python -m chainner_sdk link`, and start `cargo chainner dev` anew";
            let failure = Failure::new(Code::DevEnvironment, message).help(help);
            if self.0.is_empty() {
                return Err(failure.into());
            }
            shell.message(Level::Warning, Some(failure.code), &failure.message, &[], failure.help.as_deref());
            Event::Lost { environment: title }.record(shell)?;
        }
        Ok(())
    }
}

/// Nothing is left in them.
impl Drop for Environments {
    fn drop(&mut self) {
        for environment in &self.0 {
            // Gone already, as it should be.
            let _ = fs::remove_file(&environment.file);
        }
    }
}

/// Tells the environment of an interpreter of the session. Only the SDK there knows where, and whether it is linked.
fn tell(python: &Path, session: &Session, package: &NodePackage, shell: &Shell) -> Result<Environment, Failure> {
    let mut command = Command::new(python);
    // As the app starts it.
    command.args(["-I", "-m", "chainner_sdk", "dev", "--name", package.name()]);
    command.arg("--session").arg(session.directory()).arg("--lock").arg(session.lock());
    shell.detail("Running", format_args!("{command:?}"));
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let output = command.env_remove("PYTHONHOME").stdin(Stdio::null()).output();
    let output = output.map_err(|error| match python.is_dir() {
        true => {
            Failure::new(Code::DevEnvironment, format!("`{}` is a directory, not an interpreter", python.display()))
                .help(format!("give the interpreter in it: `--python {}`", in_environment(python).display()))
        }
        false => Failure { code: Code::DevEnvironment, ..Failure::not_started(python, &error) }
            .help("give the path of an interpreter: `--python .venv/bin/python`"),
    })?;
    match serde_json::from_slice(&output.stdout) {
        Ok(Answer { title: Some(title), file: Some(file), .. }) => Ok(Environment { title, file }),
        Ok(Answer { problem: Some(Problem { what, fix }), .. }) => {
            let failure = Failure::new(Code::DevNotLinked, format!("{what} (`{}`)", python.display()));
            Err(Failure { help: fix, ..failure })
        }
        _ => Err(no_answer(python, &output)),
    }
}

/// The interpreter of a virtual environment.
fn in_environment(directory: &Path) -> PathBuf {
    match cfg!(windows) {
        true => directory.join("Scripts").join("python.exe"),
        false => directory.join("bin").join("python"),
    }
}

/// Why `python -m chainner_sdk dev` answered nothing that can be read.
fn no_answer(python: &Path, output: &Output) -> Failure {
    let python = python.display();
    let said = String::from_utf8_lossy(&output.stderr);
    let last = said.lines().rfind(|line| !line.trim().is_empty()).unwrap_or("it said nothing").trim();
    if last.contains("No module named") && last.contains("chainner_sdk") {
        let message = format!("chainner-sdk is not installed for `{python}`");
        let help = format!("run `{python} -m pip install chainner-sdk`, then `{python} -m chainner_sdk link`");
        return Failure::new(Code::DevNotLinked, message).help(help);
    }
    if output.status.code() == Some(2) && said.contains("invalid choice") {
        let message = format!("the chainner-sdk of `{python}` is too old for `cargo chainner dev`");
        let help = format!("upgrade it: `{python} -m pip install --upgrade chainner-sdk`");
        return Failure::new(Code::DevEnvironment, message).help(help);
    }
    Failure::new(
        Code::DevEnvironment,
        format!("`{python}` does not answer as an interpreter with chainner-sdk does: {last}"),
    )
    .help("give the path of an interpreter: `--python .venv/bin/python`")
}

fn no_interpreter(directory: &Path) -> Failure {
    Failure::new(Code::DevEnvironment, format!("chaiNNer has no interpreter in `{}`", directory.display())).help(
        "give the folder that has `python/python` in it (settings of the app, Python), or the interpreter itself: `--python PATH`",
    )
}

fn none_is_linked(refusals: &[Failure]) -> Failure {
    let reasons: Vec<&str> = refusals.iter().map(|failure| failure.message.as_str()).collect();
    let reasons = if reasons.is_empty() { "there is no Python".to_owned() } else { reasons.join("; ") };
    Failure::new(Code::DevNotLinked, format!("no environment of the app is linked here: {reasons}")).help(
        "link the one that chaiNNer runs in, `PYTHON -m pip install chainner-sdk` and `PYTHON -m chainner_sdk link`, and name it: \
         `--python PYTHON`, or `--chainner DIR` for the Python that the app keeps",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn interpreters_that_do_not_answer_say_why() {
        let said = |script: &str| {
            let output = Command::new("sh").args(["-c", script]).output().unwrap();
            let failure = no_answer(Path::new("python3"), &output);
            (failure.code, failure.message, failure.help.unwrap())
        };
        let (code, message, help) = said("echo 'python3: No module named chainner_sdk' >&2; exit 1");
        assert_eq!((code, message.as_str()), (Code::DevNotLinked, "chainner-sdk is not installed for `python3`"));
        assert!(help.starts_with("run `python3 -m pip install chainner-sdk`"), "{help}");
        let (_, message, _) = said("echo \"error: argument COMMAND: invalid choice: 'dev'\" >&2; exit 2");
        assert!(message.contains("too old"), "{message}");
        let (code, message, _) = said("exit 3");
        assert_eq!(code, Code::DevEnvironment);
        assert!(message.ends_with("it said nothing"), "{message}");
    }
}
