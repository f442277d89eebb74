//! Features: something outside the package that nodes need, such as a running program.

use std::fmt;

/// Something that nodes need and that may be absent. The app refuses to run nodes whose features are not enabled.
///
/// ```
/// use chainner_sdk::{declare::{Feature, FeatureState}, prelude::*};
///
/// pub const SCANNER: Feature = Feature::new("film_lab_scanner", "Scanner", "A film scanner at the USB port.", || {
///     FeatureState::disabled("No scanner was found.")
/// });
/// ```
#[derive(Clone, Copy)]
pub struct Feature {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) description: &'static str,
    pub(crate) check: fn() -> FeatureState,
}

impl Feature {
    /// A feature with an id that no other package uses, its name, a description in Markdown, and the check that tells whether it
    /// is there. The host asks at its start and whenever the artist wants to know.
    pub const fn new(
        id: &'static str,
        name: &'static str,
        description: &'static str,
        check: fn() -> FeatureState,
    ) -> Self {
        Self { id, name, description, check }
    }

    /// Id in the host's schema.
    pub const fn id(&self) -> &'static str {
        self.id
    }

    /// Looks whether it is there.
    pub fn state(&self) -> FeatureState {
        (self.check)()
    }
}

impl fmt::Debug for Feature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Feature").field("id", &self.id).field("name", &self.name).finish_non_exhaustive()
    }
}

/// Whether a feature is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeatureState {
    /// Whether nodes that need it can run.
    pub enabled: bool,
    /// What to tell the artist, e.g. the version found or how to get it.
    pub details: Option<String>,
}

impl FeatureState {
    /// It is there.
    pub fn enabled() -> Self {
        Self { enabled: true, details: None }
    }

    /// It is not, and why.
    pub fn disabled(why: impl Into<String>) -> Self {
        Self { enabled: false, details: Some(why.into()) }
    }

    /// Tells more about it.
    pub fn details(self, details: impl Into<String>) -> Self {
        Self { details: Some(details.into()), ..self }
    }
}
