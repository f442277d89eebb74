//! A wheel of the bundle.

use crate::verify::Headers;

use super::Platform;

/// A wheel of the bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// Name of the distribution, as PEP 503 compares it.
    pub(super) name: String,
    /// Its version.
    pub(super) version: String,
    /// Name of the file.
    pub(super) file_name: String,
    /// The file.
    pub(super) bytes: Vec<u8>,
    /// Its METADATA.
    pub(super) metadata: Vec<u8>,
    /// Its platform tags.
    pub(super) platforms: Vec<String>,
}

impl Part {
    /// METADATA, taken apart.
    pub(super) fn headers(&self) -> Headers {
        Headers::parse(&String::from_utf8_lossy(&self.metadata))
    }

    /// Whether it installs on all systems.
    pub(super) fn is_for_all(&self) -> bool {
        self.platforms == ["any"]
    }

    /// Whether it installs on a system.
    pub(super) fn runs_on(&self, platform: Platform) -> bool {
        self.is_for_all() || self.platforms.iter().any(|tag| platform.takes(tag))
    }
}
