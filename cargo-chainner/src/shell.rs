//! What the tool says, in cargo's manner: verbs aligned right, messages with a code, a place and the fix. All of it on stderr;
//! stdout is for data: results as text, or with `--message-format json` results and messages as one JSON object a line.

use std::{
    cell::RefCell,
    collections::BTreeSet,
    fmt::Display,
    io::{self, Write},
};

use anstyle::{AnsiColor, Effects, Style};
use chainner_sdk::library::Place;
use serde_json::{Value, json};

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
    /// The word for it.
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

/// How results and messages are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum MessageFormat {
    /// For people: messages with place and help on stderr
    #[default]
    Human,
    /// For people: each message in one line on stderr
    Short,
    /// For programs: results and messages as JSON, one object a line, on stdout
    Json,
}

/// The version of the JSON that the tool prints: raised when a key changes its meaning or goes.
const JSON_VERSION: u32 = 1;

/// Says things: to people on stderr, to programs on stdout.
#[derive(Debug)]
pub struct Shell {
    verbosity: Verbosity,
    color: ColorChoice,
    format: MessageFormat,
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
        Self { verbosity, color, format: MessageFormat::Human, told: RefCell::default() }
    }

    /// The same, in this format.
    #[must_use]
    pub fn with_format(self, format: MessageFormat) -> Self {
        Self { format, ..self }
    }

    /// How results and messages are told.
    pub fn format(&self) -> MessageFormat {
        self.format
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

    /// As [`message`](Self::message), with an excerpt of what it is about. For programs also as a `chainner-message`, whatever its
    /// level.
    pub fn tell(&self, message: Message<'_>) {
        // Sums for people have no code; programs can count.
        if self.format == MessageFormat::Json && message.code.is_some() {
            // Who does not read the messages has the exit code.
            let _ = self.record("chainner-message", message.json());
        }
        let Message { level, code, text: message, places, excerpt, help } = message;
        let shown = match level {
            Level::Error => true,
            Level::Warning => self.verbosity > Verbosity::Quiet,
            Level::Note => self.verbosity == Verbosity::Verbose,
        };
        if !shown {
            return;
        }
        if self.format == MessageFormat::Short {
            self.told.borrow_mut().extend(code);
            let (style, word) = (level.style(), level.word());
            let code = code.map(|code| format!("[{code}]")).unwrap_or_default();
            let place = places.first().map(|place| format!("{}: ", place_text(place))).unwrap_or_default();
            say(format_args!("{place}{style}{word}{code}{style:#}{BOLD}:{BOLD:#} {message}\n"));
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
    /// Help or the version, on stdout.
    ///
    /// # Errors
    /// When stdout cannot be written to; a reader that has gone away is not an error.
    pub fn print(&self, text: clap::builder::StyledStr) -> io::Result<()> {
        unless_gone(anstream::stdout().write_fmt(format_args!("{}", text.ansi())))
    }

    /// A command line that was not understood, in clap's words.
    pub fn usage(&self, error: &clap::Error, code: Code) {
        use clap::error::ErrorKind::{DisplayHelpOnMissingArgumentOrSubcommand, MissingSubcommand};

        let plain = error.render().to_string();
        let help = matches!(error.kind(), DisplayHelpOnMissingArgumentOrSubcommand | MissingSubcommand);
        if self.format == MessageFormat::Json {
            let (message, rest) = match help {
                true => ("there is no command", Some("`--help` lists the commands".to_owned())),
                false => {
                    let text = plain.trim_start_matches("error: ");
                    let (message, rest) = text.split_once("\n\n").unwrap_or((text, ""));
                    (message.trim_end(), Some(rest.trim().to_owned()).filter(|rest| !rest.is_empty()))
                }
            };
            let (level, places) = (Level::Error, &[]);
            let message =
                Message { level, code: Some(code), text: message, places, excerpt: None, help: rest.as_deref() };
            // Who does not read it has the exit code.
            let _ = self.record("chainner-message", message.json());
        }
        let text = error.render().ansi().to_string();
        match help {
            true => say(format_args!("{text}")),
            false => say(format_args!("{}", text.replacen("error:", &format!("error[{code}]:"), 1))),
        }
    }
}

impl Message<'_> {
    /// The keys that messages and findings have for programs.
    ///
    /// `file` and `span` are the first of `places`; the line and column of `span` count from 1, and 0 means that there is none.
    pub fn json(&self) -> Value {
        let first = self.places.first();
        json!({
            "id": self.code.map(Code::id),
            "level": self.level.word(),
            "title": self.code.map(Code::title),
            "message": self.text,
            "help": self.help,
            "file": first.map(|place| &place.file),
            "span": first.filter(|place| place.line > 0).map(|place| json!({"line": place.line, "column": place.column})),
            "places": self.places,
            "excerpt": self.excerpt,
        })
    }
}

impl Shell {
    /// A result: a JSON object in a line for programs, else a text. Both on stdout.
    ///
    /// # Errors
    /// Those of [`data`].
    pub fn result(&self, reason: &str, json: impl FnOnce() -> Value, text: impl Display) -> io::Result<()> {
        match self.format {
            MessageFormat::Json => self.record(reason, json()),
            MessageFormat::Human | MessageFormat::Short => data(text.to_string().as_bytes()),
        }
    }

    /// One JSON object in a line of stdout: its `reason`, the version of the format as `v`, and its own keys.
    ///
    /// # Errors
    /// Those of [`data`].
    pub fn record(&self, reason: &str, keys: Value) -> io::Result<()> {
        let mut record = serde_json::Map::new();
        record.insert("reason".to_owned(), reason.into());
        record.insert("v".to_owned(), JSON_VERSION.into());
        if let Value::Object(keys) = keys {
            record.extend(keys);
        }
        data(format!("{}\n", Value::Object(record)).as_bytes())
    }

    /// A code was told in another way than by a message.
    pub fn has_told(&self, code: Code) {
        self.told.borrow_mut().insert(code);
    }

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
    unless_gone(stdout.write_all(bytes).and_then(|()| stdout.flush()))
}

fn unless_gone(written: io::Result<()>) -> io::Result<()> {
    match written {
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
