//! What was found, line by line.

use std::fmt;

use crate::codes::Code;

/// How something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// As it should be.
    Ok,
    /// Not there, and not needed for everything.
    Note,
    /// It works, but not as one would like.
    Warn,
    /// It keeps packages from being built or shown.
    Fail,
}

impl State {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Note => "note",
            Self::Warn => "warn",
            Self::Fail => "fail",
        }
    }

    /// The level that messages of other commands have; `ok` is none of them.
    pub fn level(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Note => "note",
            Self::Warn => "warning",
            Self::Fail => "error",
        }
    }
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// How it is.
    pub state: State,
    /// What it is, in a word.
    pub subject: &'static str,
    /// What was found.
    pub found: String,
    /// What stands behind it, unless all is well.
    pub code: Option<Code>,
    /// What to do.
    pub help: Option<String>,
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = self.code.map(|code| format!(" [{code}]")).unwrap_or_default();
        writeln!(f, "{:>4}  {:<12} {}{code}", self.state.word(), self.subject, self.found)?;
        match &self.help {
            Some(help) => writeln!(f, "{:18} help: {help}", ""),
            None => Ok(()),
        }
    }
}

/// All that was looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Examination {
    /// The lines, in the order in which they were found.
    pub lines: Vec<Line>,
}

impl Examination {
    pub(super) fn ok(&mut self, subject: &'static str, found: impl Into<String>) {
        self.lines.push(Line { state: State::Ok, subject, found: found.into(), code: None, help: None });
    }

    pub(super) fn note(
        &mut self,
        code: Code,
        subject: &'static str,
        found: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.add(State::Note, code, subject, found.into(), help.into());
    }

    pub(super) fn warn(
        &mut self,
        code: Code,
        subject: &'static str,
        found: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.add(State::Warn, code, subject, found.into(), help.into());
    }

    pub(super) fn fail(
        &mut self,
        code: Code,
        subject: &'static str,
        found: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.add(State::Fail, code, subject, found.into(), help.into());
    }

    fn add(&mut self, state: State, code: Code, subject: &'static str, found: String, help: String) {
        self.lines.push(Line { state, subject, found, code: Some(code), help: Some(help) });
    }

    /// How many lines are so.
    pub fn count(&self, state: State) -> usize {
        self.lines.iter().filter(|line| line.state == state).count()
    }

    /// `12 ok, 2 notes, 1 warning, 0 failures`.
    pub fn counts(&self) -> String {
        let count = |state, word: &str| match self.count(state) {
            1 => format!("1 {word}"),
            count => format!("{count} {word}s"),
        };
        format!(
            "{} ok, {}, {}, {}",
            self.count(State::Ok),
            count(State::Note, "note"),
            count(State::Warn, "warning"),
            count(State::Fail, "failure")
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_told_with_what_to_do() {
        let mut examination = Examination::default();
        examination.ok("rust", "rustc 1.95.0");
        examination.fail(Code::NoLinker, "linker", "there is no `cc`", "run `apt install gcc`");
        let text: String = examination.lines.iter().map(ToString::to_string).collect();
        assert_eq!(
            text,
            "  ok  rust         rustc 1.95.0\nfail  linker       there is no `cc` [CH1322]\n                   help: run `apt install gcc`\n"
        );
        assert_eq!(examination.counts(), "1 ok, 0 notes, 0 warnings, 1 failure");
    }
}
