//! Failures as a person reads them: a code, one sentence, the places, the fix.

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
