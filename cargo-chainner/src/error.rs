//! Failures as a person reads them: a code, one sentence, the places, the fix.

use std::{io, path::Path};

use chainner_sdk::library::Place;

use crate::codes::{Code, Exit};

/// Why a command stopped.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{message}")]
pub struct Failure {
    /// What sort of failure it is.
    pub code: Code,
    /// What is wrong, in one sentence.
    pub message: String,
    /// Where, the first being the place to change.
    pub places: Vec<Place>,
    /// The literal fix.
    pub help: Option<String>,
}

impl Failure {
    /// A failure of this sort.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), places: Vec::new(), help: None }
    }

    /// What an error is to a person. One that names no code of its own is something that the system refused.
    pub fn from_any(error: anyhow::Error) -> Self {
        error.downcast::<Self>().unwrap_or_else(|error| Self::new(Code::Failed, format!("{error:#}")))
    }

    /// A file or directory cannot be read.
    pub fn unreadable(path: &Path, error: &io::Error) -> Self {
        let failure = Self::new(Code::Unreadable, format!("cannot read `{}`: {error}", path.display()));
        match error.kind() {
            io::ErrorKind::NotFound => failure.help("check the path"),
            io::ErrorKind::PermissionDenied => failure.help("look who may read it"),
            io::ErrorKind::InvalidData => failure.help("the file is to be text in UTF-8"),
            io::ErrorKind::IsADirectory => failure.help("give the path of a file"),
            _ => failure,
        }
    }

    /// A file or directory cannot be written.
    pub fn unwritable(path: &Path, error: &io::Error) -> Self {
        let failure = Self::new(Code::Unwritable, format!("cannot write `{}`: {error}", path.display()));
        match error.kind() {
            io::ErrorKind::PermissionDenied => failure.help("choose a directory that you may write to"),
            io::ErrorKind::ReadOnlyFilesystem => failure.help("choose a directory on a disk that can be written to"),
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => failure.help("make room on the disk"),
            io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => {
                failure.help("a file stands where a directory is needed: choose another path")
            }
            _ => failure,
        }
    }

    /// A program cannot be started.
    pub fn not_started(program: &Path, error: &io::Error) -> Self {
        let failure = Self::new(Code::NotStarted, format!("cannot start `{}`: {error}", program.display()));
        match error.kind() {
            io::ErrorKind::NotFound => failure.help("install it, and see that its directory stands in `PATH`"),
            _ => failure,
        }
    }

    /// Says what to do.
    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }
}

/// A command ended without success, and everything has been said.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("stopped")]
pub struct Stopped(pub Exit);

/// The nearest of the known words to a mistyped one.
pub fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let distance = |known: &str| {
        let known = known.to_lowercase();
        if known.starts_with(&word) && word.len() >= 3 { 0 } else { strsim::osa_distance(&word, &known) }
    };
    let limit = (word.chars().count() / 3).max(1);
    known
        .into_iter()
        .map(|known| (distance(known), known))
        .filter(|(d, _)| *d <= limit)
        .min_by_key(|(d, _)| *d)
        .map(|(_, k)| k)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_are_proposed_and_far_ones_not() {
        let known = ["vignette", "grain", "halation"];
        assert_eq!(did_you_mean("vingette", known), Some("vignette"));
        assert_eq!(did_you_mean("hal", known), Some("halation"));
        assert_eq!(did_you_mean("Grain", known), Some("grain"));
        assert_eq!(did_you_mean("sharpen", known), None);
    }
}
