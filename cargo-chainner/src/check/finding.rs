//! What a rule found.

use std::borrow::Borrow;

use chainner_sdk::library::Place;

use crate::{
    codes::Code,
    shell::{Level, Message},
};

/// One thing that a rule found.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// How serious it is.
    pub level: Level,
    /// Which rule.
    pub code: Code,
    /// What is wrong, in one sentence.
    pub message: String,
    /// Where, the first being the place to change.
    pub places: Vec<Place>,
    /// The text that is wrong, with carets below the mistake.
    pub excerpt: Option<String>,
    /// The fix.
    pub help: Option<String>,
}

impl Finding {
    /// Says where.
    pub fn at(&mut self, place: impl Borrow<Place>) -> &mut Self {
        self.places.push(place.borrow().clone());
        self
    }

    /// As it is told.
    pub fn message(&self) -> Message<'_> {
        let Self { level, code, message, places, excerpt, help } = self;
        let (excerpt, help) = (excerpt.as_deref(), help.as_deref());
        Message { level: *level, code: Some(*code), text: message, places, excerpt, help }
    }

    /// Shows the text that is wrong.
    pub fn excerpt(&mut self, excerpt: impl Into<String>) -> &mut Self {
        self.excerpt = Some(excerpt.into());
        self
    }

    /// Says what to do.
    pub fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = Some(help.into());
        self
    }
}

/// What the rules found, in their order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Findings(pub Vec<Finding>);

impl Findings {
    /// The app would refuse the package, or misbehave.
    pub fn error(&mut self, code: Code, message: impl Into<String>) -> &mut Finding {
        self.add(Level::Error, code, message.into())
    }

    /// It is plainly not what was meant.
    pub fn warning(&mut self, code: Code, message: impl Into<String>) -> &mut Finding {
        self.add(Level::Warning, code, message.into())
    }

    /// It could be better.
    pub fn note(&mut self, code: Code, message: impl Into<String>) -> &mut Finding {
        self.add(Level::Note, code, message.into())
    }

    fn add(&mut self, level: Level, code: Code, message: String) -> &mut Finding {
        self.0.push(Finding { level, code, message, places: Vec::new(), excerpt: None, help: None });
        let last = self.0.len() - 1;
        &mut self.0[last]
    }

    /// Errors first, then warnings, then notes; otherwise as they are.
    pub(super) fn sort(&mut self) {
        self.0.sort_by_key(|finding| finding.level);
    }

    /// `1 error, 2 warnings`, and the notes if there are any.
    pub fn counts(&self) -> String {
        let count = |level, word: &str| match self.count(level) {
            1 => format!("1 {word}"),
            count => format!("{count} {word}s"),
        };
        let counts = format!("{}, {}", count(Level::Error, "error"), count(Level::Warning, "warning"));
        match self.count(Level::Note) {
            0 => counts,
            _ => format!("{counts}, {} (shown with -v)", count(Level::Note, "note")),
        }
    }

    /// How many there are of a level.
    pub fn count(&self, level: Level) -> usize {
        self.0.iter().filter(|finding| finding.level == level).count()
    }
}
