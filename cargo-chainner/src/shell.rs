//! What the tool says, in cargo's manner: verbs aligned right, messages with a code, a place and the fix. All of it on stderr;
//! stdout is for data.

use std::{
    cell::RefCell,
    collections::BTreeSet,
    fmt::Display,
    io::{self, Write},
};

use anstyle::{AnsiColor, Effects, Style};
use chainner_sdk::library::Place;

use crate::codes::Code;

const VERB: Style = AnsiColor::BrightGreen.on_default().effects(Effects::BOLD);
const ERROR: Style = AnsiColor::BrightRed.on_default().effects(Effects::BOLD);
const WARNING: Style = AnsiColor::BrightYellow.on_default().effects(Effects::BOLD);
const NOTE: Style = AnsiColor::BrightCyan.on_default().effects(Effects::BOLD);
const ARROW: Style = AnsiColor::BrightBlue.on_default().effects(Effects::BOLD);
const BOLD: Style = Style::new().effects(Effects::BOLD);

/// How serious a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// It cannot stay so.
    Error,
    /// It probably should not stay so.
    Warning,
    /// It could be better.
    Note,
}

impl Level {
    /// The level in a message.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }

    fn style(self) -> Style {
        match self {
            Self::Error => ERROR,
            Self::Warning => WARNING,
            Self::Note => NOTE,
        }
    }
}

/// How much is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verbosity {
    /// Errors only.
    Quiet,
    /// Progress, warnings, errors.
    Normal,
    /// Also the commands that are run, and notes.
    Verbose,
}

/// When colours are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum ColorChoice {
    /// On a terminal.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl ColorChoice {
    /// Cargo's word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Always => "always",
            Self::Never => "never",
        }
    }
}

/// Says things on stderr.
#[derive(Debug)]
pub struct Shell {
    verbosity: Verbosity,
    color: ColorChoice,
    /// The codes of messages so far.
    told: RefCell<BTreeSet<Code>>,
}

/// A message with all that may belong to it.
#[derive(Debug, Clone, Copy)]
pub struct Message<'a> {
    /// How serious it is.
    pub level: Level,
    /// Which message it is.
    pub code: Option<Code>,
    /// What is wrong, in one sentence.
    pub text: &'a str,
    /// Where, the first being the place to change.
    pub places: &'a [Place],
    /// The text that is wrong, with carets below the mistake.
    pub excerpt: Option<&'a str>,
    /// The fix.
    pub help: Option<&'a str>,
}

impl Shell {
    /// A shell that says so much, in colour or not. Without a choice, `CARGO_TERM_COLOR` decides, then the terminal.
    pub fn new(verbosity: Verbosity, color: Option<ColorChoice>) -> Self {
        let term = || match std::env::var("CARGO_TERM_COLOR").as_deref() {
            Ok("always") => ColorChoice::Always,
            Ok("never") => ColorChoice::Never,
            _ => ColorChoice::Auto,
        };
        let color = color.unwrap_or_else(term);
        match color {
            ColorChoice::Auto => {}
            ColorChoice::Always => anstream::ColorChoice::Always.write_global(),
            ColorChoice::Never => anstream::ColorChoice::Never.write_global(),
        }
        Self { verbosity, color, told: RefCell::default() }
    }

    /// How much is said.
    pub fn verbosity(&self) -> Verbosity {
        self.verbosity
    }

    /// When colours are used.
    pub fn color(&self) -> ColorChoice {
        self.color
    }

    /// `   Compiling film-lab v0.1.0`.
    pub fn status(&self, verb: &str, message: impl Display) {
        if self.verbosity > Verbosity::Quiet {
            say(format_args!("{VERB}{verb:>12}{VERB:#} {message}\n"));
        }
    }

    /// As [`status`](Self::status), when much is to be said.
    pub fn detail(&self, verb: &str, message: impl Display) {
        if self.verbosity == Verbosity::Verbose {
            self.status(verb, message);
        }
    }

    /// Plain text for a person, unless only errors are to be said.
    pub fn text(&self, text: impl Display) {
        if self.verbosity > Verbosity::Quiet {
            say(format_args!("{text}\n"));
        }
    }

    /// A message: `error[CH0102]: two nodes have one id`, its places and the fix.
    pub fn message(&self, level: Level, code: Option<Code>, message: &str, places: &[Place], help: Option<&str>) {
        self.tell(Message { level, code, text: message, places, excerpt: None, help });
    }

    /// As [`message`](Self::message), with an excerpt of what it is about.
    pub fn tell(&self, message: Message<'_>) {
        let Message { level, code, text: message, places, excerpt, help } = message;
        let shown = match level {
            Level::Error => true,
            Level::Warning => self.verbosity > Verbosity::Quiet,
            Level::Note => self.verbosity == Verbosity::Verbose,
        };
        if !shown {
            return;
        }
        self.told.borrow_mut().extend(code);
        let (style, word) = (level.style(), level.word());
        let code = code.map(|code| format!("[{code}]")).unwrap_or_default();
        let mut text = format!("{style}{word}{code}{style:#}{BOLD}:{BOLD:#} {message}\n");
        for (index, place) in places.iter().enumerate() {
            let arrow = if index == 0 { "-->" } else { ":::" };
            text += &format!("  {ARROW}{arrow}{ARROW:#} {}\n", place_text(place));
        }
        for line in excerpt.into_iter().flat_map(str::lines) {
            text += &format!("   {ARROW}|{ARROW:#} {line}\n");
        }
        if let Some(help) = help {
            text += &format!("{NOTE}help:{NOTE:#} {help}\n");
        }
        say(format_args!("{text}"));
    }
}

impl Shell {
    /// Says once, at the end, where there is more about the codes of the messages.
    pub fn point_to_explanations(&self) {
        let told = self.told.borrow();
        let Some(first) = told.first() else { return };
        if self.verbosity > Verbosity::Quiet {
            let others: Vec<&str> = told.iter().skip(1).map(|code| code.id()).collect();
            let others = if others.is_empty() { String::new() } else { format!(" (also {})", others.join(", ")) };
            say(format_args!("run `cargo chainner explain {first}` for more about this code{others}\n"));
        }
    }
}

/// `src/lib.rs:12:5`, as editors understand it.
fn place_text(place: &Place) -> String {
    match (place.line, place.column) {
        (0, _) => place.file.clone(),
        (line, 0) => format!("{}:{line}", place.file),
        (line, column) => format!("{}:{line}:{column}", place.file),
    }
}

/// Writes to stderr. That nobody reads it is no reason to stop.
fn say(text: std::fmt::Arguments<'_>) {
    let _ = anstream::stderr().write_fmt(text);
}

/// Writes data to stdout.
///
/// # Errors
/// When stdout cannot be written to; a reader that has gone away is not an error.
pub fn data(bytes: &[u8]) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_without_line_or_column_is_the_file() {
        let place = |line, column| place_text(&Place { file: "src/lib.rs".to_owned(), line, column });
        assert_eq!([place(3, 5), place(3, 0), place(0, 0)], ["src/lib.rs:3:5", "src/lib.rs:3", "src/lib.rs"]);
    }
}
