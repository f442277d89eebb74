//! Version of the distribution: Cargo's semantic version as PEP 440 spells it.

use std::fmt;

use semver::Version;

use super::WheelError;

/// A version in the canonical spelling of PEP 440, e.g. `0.1.0a1`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PythonVersion(String);

impl PythonVersion {
    /// Turns a Cargo version into Python's.
    ///
    /// # Errors
    ///
    /// [`WheelError::Version`] for build metadata (PyPI refuses local versions) and for pre-releases other than
    /// `alpha.N`, `beta.N`, `rc.N` and `dev.N`; it suggests the nearest version that can be expressed.
    pub fn from_cargo(version: &Version) -> Result<Self, WheelError> {
        let release = format!("{}.{}.{}", version.major, version.minor, version.patch);
        let refuse = |found: String| WheelError::Version {
            version: version.to_string(),
            found,
            suggestion: match suggested_pre_release(version.pre.as_str()) {
                Some(pre_release) => format!("{release}-{pre_release}"),
                None => release.clone(),
            },
        };
        if !version.build.is_empty() {
            return Err(refuse(format!("the build metadata `+{}`", version.build)));
        }
        if version.pre.is_empty() {
            return Ok(Self(release));
        }
        let suffix = version.pre.split_once('.').and_then(|(word, number)| Some((python_suffix(word)?, number)));
        match suffix {
            Some((suffix, number)) if is_number(number) => Ok(Self(format!("{release}{suffix}{number}"))),
            _ => Err(refuse(format!("the pre-release `-{}`", version.pre))),
        }
    }

    /// The version as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PythonVersion {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

fn python_suffix(word: &str) -> Option<&'static str> {
    match word {
        "alpha" => Some("a"),
        "beta" => Some("b"),
        "rc" => Some("rc"),
        "dev" => Some(".dev"),
        _ => None,
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The nearest pre-release that PEP 440 can express: `rc1` → `rc.1`, `nightly.20240101` → `alpha.20240101`.
fn suggested_pre_release(pre_release: &str) -> Option<String> {
    if pre_release.is_empty() {
        return None;
    }
    let word: String = pre_release.chars().take_while(char::is_ascii_alphabetic).collect();
    let digits: String = pre_release
        .chars()
        .skip_while(|character| !character.is_ascii_digit())
        .take_while(char::is_ascii_digit)
        .collect();
    let digits = digits.trim_start_matches('0');
    let word = match word.to_ascii_lowercase().as_str() {
        "b" | "beta" => "beta",
        "c" | "rc" | "pre" | "preview" => "rc",
        "dev" => "dev",
        _ => "alpha",
    };
    Some(format!("{word}.{}", if digits.is_empty() { "1" } else { digits }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn python(version: &str) -> Result<String, WheelError> {
        PythonVersion::from_cargo(&version.parse().unwrap()).map(|version| version.to_string())
    }

    #[test]
    fn cargo_versions_become_pep_440_versions() {
        for (cargo, expected) in [
            ("0.1.0", "0.1.0"),
            ("10.20.30", "10.20.30"),
            ("0.1.0-alpha.1", "0.1.0a1"),
            ("0.1.0-alpha.0", "0.1.0a0"),
            ("0.1.0-beta.12", "0.1.0b12"),
            ("1.0.0-rc.2", "1.0.0rc2"),
            ("1.0.0-dev.3", "1.0.0.dev3"),
            ("1.0.0-dev.99999999999999999999", "1.0.0.dev99999999999999999999"),
        ] {
            assert_eq!(python(cargo).unwrap(), expected, "{cargo}");
        }
    }

    #[test]
    fn other_versions_are_refused_with_the_nearest_spelling() {
        for (cargo, suggested) in [
            ("0.1.0-nightly.1", "0.1.0-alpha.1"),
            ("0.1.0-nightly", "0.1.0-alpha.1"),
            ("0.1.0-alpha", "0.1.0-alpha.1"),
            ("1.0.0-rc1", "1.0.0-rc.1"),
            ("1.0.0-preview.07a", "1.0.0-rc.7"),
            ("1.0.0-b.x", "1.0.0-beta.1"),
            ("1.0.0-dev.1.2", "1.0.0-dev.1"),
            ("1.0.0-Alpha.1", "1.0.0-alpha.1"),
            ("1.0.0-1", "1.0.0-alpha.1"),
            ("1.0.0+cuda12", "1.0.0"),
            ("1.0.0-rc.1+build", "1.0.0-rc.1"),
        ] {
            let message = python(cargo).unwrap_err().to_string();
            assert!(message.contains(&format!("`{cargo}`")), "{message}");
            assert!(message.ends_with(&format!("help: write `version = \"{suggested}\"` in Cargo.toml")), "{message}");
            python(suggested).unwrap();
        }
    }
}
