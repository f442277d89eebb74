//! What the workflows use of others, at fixed versions.

/// An action of GitHub at one commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Action {
    /// Repository, e.g. `actions/checkout`.
    pub(super) repository: &'static str,
    /// The commit, in full: unlike a tag, nobody can move it.
    pub(super) commit: &'static str,
    /// The release that the commit is.
    pub(super) version: &'static str,
}

impl Action {
    /// As `uses:` takes it, with the version for people and for Dependabot.
    pub(super) fn text(&self) -> String {
        format!("{}@{} # {}", self.repository, self.commit, self.version)
    }
}

macro_rules! actions {
    ($($(#[doc = $doc:literal])* $name:ident = $repository:literal $version:literal $commit:literal;)*) => {
        $($(#[doc = $doc])*
        pub(super) const $name: Action = Action { repository: $repository, commit: $commit, version: $version };)*

        /// All actions of the workflow.
        #[cfg(test)]
        pub(super) const ACTIONS: &[Action] = &[$($name),*];
    };
}

// Each commit is what the tag of that name points to in the action's own repository; the first stands in the workflows of
// astral-sh/ruff, too (`.github/workflows/build-binaries.yml`).
actions! {
    /// Checks the repository out.
    CHECKOUT = "actions/checkout" "v7.0.0" "9c091bb21b7c1c1d1991bb908d89e4e9dddfe3e0";
    /// Keeps directories between runs.
    CACHE = "actions/cache" "v5.0.5" "27d5ce7f107fe9357f9df03efb73ab90386fccae";
    /// Hands files to later jobs.
    UPLOAD = "actions/upload-artifact" "v7.0.0" "bbbca2ddaa5d8feaa63e36b76fdaad77386f024f";
    /// Takes files of earlier jobs.
    DOWNLOAD = "actions/download-artifact" "v8.0.1" "3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c";
    /// Signs where files were built.
    ATTEST = "actions/attest-build-provenance" "v4.1.0" "a2bbfa25375fe432b6a289bc6b6cd05ecd0c4c32";
}

/// What links for other systems, as pip takes it.
pub(super) const ZIG: &str = "ziglang==0.17.1 cargo-zigbuild==0.24.0";
/// What uploads, as pip takes it.
pub(super) const UV: &str = "uv==0.13.9";
/// The oldest Rust of the images that the SDK compiles with.
pub(super) const RUST: semver::Version = semver::Version::new(1, 88, 0);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pins_are_whole_commits() {
        for Action { repository, commit, version } in ACTIONS {
            assert!(commit.len() == 40 && commit.chars().all(|c| c.is_ascii_hexdigit()), "{repository}");
            let numbers: Vec<&str> = version.trim_start_matches('v').split('.').collect();
            assert!(numbers.len() == 3 && numbers.iter().all(|number| number.parse::<u32>().is_ok()), "{version}");
        }
    }
}
