//! Relative paths: text that cannot lead out of where it starts by being absolute, and that every system can write.

use crate::{declare::InputOptions, error::Mismatch, value::Value};

use super::TextSpec;

pub(super) const A_RELATIVE_PATH: &str = "a relative path, such as `scans/roll 3`";

/// What cannot be typed, as a JavaScript regular expression.
const INVALID: &str = r#"[<>:"|?*\x00-\x1F]"#;

/// An input for the path of a file or directory below another one.
#[derive(Debug, Clone, PartialEq)]
pub struct RelativePathSpec {
    /// Its lengths and how it is drawn.
    pub text: TextSpec,
}

impl RelativePathSpec {
    /// From the keys.
    pub fn new(options: &InputOptions) -> Self {
        let mut text = TextSpec::new(options);
        text.min_length = options.min_length.unwrap_or(1);
        text.invalid_pattern = Some(INVALID);
        Self { text }
    }

    pub(super) fn enforce<'a>(&self, value: Value<'a>) -> Result<Value<'a>, Mismatch> {
        let value = self.text.enforce(value)?;
        let Value::Text(path) = &value else { return Ok(value) };
        let refused = |why: &str| Err(Mismatch::new(A_RELATIVE_PATH, format!("'{path}', {why}")));
        let mut letters = path.chars();
        let drive = letters.next().is_some_and(|first| first.is_ascii_alphabetic()) && letters.next() == Some(':');
        if path.starts_with(['/', '\\']) || drive {
            return refused("which is absolute");
        }
        if let Some(bad) = path.chars().find(|c| matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*' | '\0'..='\x1F')) {
            return refused(&format!("with the character {bad:?}"));
        }
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absolute_paths_and_odd_characters_are_refused() {
        let spec = RelativePathSpec::new(&InputOptions::EMPTY);
        for (path, fits) in [
            ("scans/roll 3", true),
            ("../up", true),
            ("", false),
            ("/etc", false),
            ("\\share", false),
            ("C:\\x", false),
            ("what?", false),
            ("tab\there", false),
        ] {
            assert_eq!(spec.enforce(Value::Text(path.into())).is_ok(), fits, "{path}");
        }
    }
}
