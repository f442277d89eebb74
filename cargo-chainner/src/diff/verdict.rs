//! Which version number the changes ask for.

use semver::{Prerelease, Version};

use super::change::Level;

/// What the changes mean for the version number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Any number will do.
    Free,
    /// One of the numbers is not known; so much is asked for.
    Unknown(Level),
    /// Both are of one version, which is being written; the changes are of this level.
    Unreleased(Level),
    /// The number is high enough.
    Enough {
        /// The number of the old package.
        old: Version,
        /// The lowest number that would do.
        required: Version,
        /// The number of the new package.
        new: Version,
    },
    /// The number is too low.
    TooLow {
        /// The number of the old package.
        old: Version,
        /// The lowest number that would do.
        required: Version,
        /// The number of the new package.
        new: Version,
    },
}

impl Verdict {
    /// Judges the step from one version to another. A change without effect on chains asks for nothing.
    pub fn of(level: Level, old: Option<&Version>, new: Option<&Version>) -> Self {
        match (old, new) {
            _ if level == Level::None => Self::Free,
            (Some(old), Some(new)) => {
                let (old, new, required) = (old.clone(), new.clone(), required(old, level));
                // A pre-release of the required version keeps its promise, if it is newer.
                if core(&new) >= required && new.cmp_precedence(&old).is_gt() {
                    Self::Enough { old, required, new }
                } else {
                    Self::TooLow { old, required, new }
                }
            }
            _ => Self::Unknown(level),
        }
    }

    /// Judges the step between two builds of a package that is being written: its number may have been raised already.
    pub fn between_builds(level: Level, old: Option<&Version>, new: Option<&Version>) -> Self {
        match (old, new) {
            (Some(old), Some(new)) if old == new && level != Level::None => Self::Unreleased(level),
            _ => Self::of(level, old, new),
        }
    }

    /// Whether the new package may be published so.
    pub fn is_satisfied(&self) -> bool {
        !matches!(self, Self::TooLow { .. } | Self::Unknown(Level::Breaking) | Self::Unreleased(Level::Breaking))
    }

    /// The word for it in JSON.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Unknown(_) => "unknown",
            Self::Unreleased(_) => "unreleased",
            Self::Enough { .. } => "enough",
            Self::TooLow { .. } => "too-low",
        }
    }
}

/// The lowest version that may follow, by cargo's reading of semantic versioning: the first number that is not zero stands for
/// breaking changes.
fn required(old: &Version, level: Level) -> Version {
    let core = core(old);
    if !old.pre.is_empty() {
        // A pre-release promises nothing to what follows it.
        return core;
    }
    match (level, core.major, core.minor) {
        (Level::None, ..) => core,
        (_, 0, 0) => Version::new(0, 0, core.patch + 1),
        (Level::Minor, 0, minor) => Version::new(0, minor, core.patch + 1),
        (Level::Breaking, 0, minor) => Version::new(0, minor + 1, 0),
        (Level::Minor, major, minor) => Version::new(major, minor + 1, 0),
        (Level::Breaking, major, _) => Version::new(major + 1, 0, 0),
    }
}

fn core(version: &Version) -> Version {
    Version { pre: Prerelease::EMPTY, ..Version::new(version.major, version.minor, version.patch) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_level_asks_for_its_step() {
        for (level, old, new, expected) in [
            (Level::Breaking, "0.1.0", "0.1.1", Err("0.2.0")),
            (Level::Breaking, "0.1.0", "0.2.0", Ok("0.2.0")),
            (Level::Breaking, "0.1.9", "1.0.0", Ok("0.2.0")),
            (Level::Breaking, "0.0.3", "0.0.4", Ok("0.0.4")),
            (Level::Breaking, "1.4.2", "1.5.0", Err("2.0.0")),
            (Level::Breaking, "1.4.2", "2.0.0", Ok("2.0.0")),
            (Level::Breaking, "1.4.2", "2.0.0-rc.1", Ok("2.0.0")),
            (Level::Breaking, "1.4.2", "1.9.0-rc.1", Err("2.0.0")),
            (Level::Breaking, "2.0.0-rc.1", "2.0.0-rc.2", Ok("2.0.0")),
            (Level::Breaking, "2.0.0-rc.1", "2.0.0-rc.1", Err("2.0.0")),
            (Level::Breaking, "2.0.0-rc.1", "2.0.0", Ok("2.0.0")),
            (Level::Breaking, "2.0.0", "1.0.0", Err("3.0.0")),
            (Level::Minor, "0.1.0", "0.1.0", Err("0.1.1")),
            (Level::Minor, "0.1.0", "0.1.1", Ok("0.1.1")),
            (Level::Minor, "0.0.1", "0.0.2", Ok("0.0.2")),
            (Level::Minor, "1.4.2", "1.4.3", Err("1.5.0")),
            (Level::Minor, "1.4.2", "1.5.0", Ok("1.5.0")),
            (Level::Minor, "1.4.2", "1.4.2+build", Err("1.5.0")),
        ] {
            let [old, new] = [old, new].map(|text| Version::parse(text).unwrap());
            let verdict = Verdict::of(level, Some(&old), Some(&new));
            let found = match &verdict {
                Verdict::Enough { required, .. } => Ok(required.to_string()),
                Verdict::TooLow { required, .. } => Err(required.to_string()),
                _ => panic!("{verdict:?}"),
            };
            assert_eq!(found, expected.map(str::to_owned).map_err(str::to_owned), "{level:?} {old} {new}");
            assert_eq!(verdict.is_satisfied(), expected.is_ok());
        }
    }

    #[test]
    fn builds_of_one_version_ask_for_no_other() {
        let [one, other] = [Version::new(0, 1, 0), Version::new(0, 2, 0)];
        let verdict = |level, old, new| Verdict::between_builds(level, Some(old), Some(new));
        assert_eq!(verdict(Level::Breaking, &one, &one), Verdict::Unreleased(Level::Breaking));
        assert!(
            !verdict(Level::Breaking, &one, &one).is_satisfied() && verdict(Level::Minor, &one, &one).is_satisfied()
        );
        assert_eq!(verdict(Level::None, &one, &one), Verdict::Free);
        assert_eq!(verdict(Level::Breaking, &one, &other), Verdict::of(Level::Breaking, Some(&one), Some(&other)));
    }

    #[test]
    fn what_chains_do_not_notice_asks_for_nothing() {
        let version = Version::new(1, 0, 0);
        assert_eq!(Verdict::of(Level::None, Some(&version), Some(&version)), Verdict::Free);
        assert!(Verdict::of(Level::None, None, None).is_satisfied());
    }

    #[test]
    fn without_a_number_only_breaking_changes_are_refused() {
        let version = Version::new(1, 0, 0);
        assert!(!Verdict::of(Level::Breaking, Some(&version), None).is_satisfied());
        assert!(Verdict::of(Level::Minor, None, Some(&version)).is_satisfied());
    }
}
