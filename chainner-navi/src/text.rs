//! Navi's string values.

use std::fmt;
use std::sync::Arc;

/// A string value: UTF-16 code units, lone surrogates allowed.
///
/// Ordered by code units, as Navi prints; lengths and indices count code points, as Navi's functions do.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text(Arc<[u16]>);

impl Text {
    /// The string of these code units.
    pub fn from_units(units: &[u16]) -> Text {
        Text(units.into())
    }

    /// The code units.
    pub fn units(&self) -> &[u16] {
        &self.0
    }

    /// Whether there are no characters.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The code points; a lone surrogate is one.
    pub fn code_points(&self) -> Vec<u32> {
        char::decode_utf16(self.0.iter().copied())
            .map(|point| point.map_or_else(|lone| u32::from(lone.unpaired_surrogate()), u32::from))
            .collect()
    }

    /// The string of these code points.
    pub fn from_code_points(points: &[u32]) -> Text {
        let mut units = Vec::with_capacity(points.len());
        for &point in points {
            match char::from_u32(point) {
                Some(c) => units.extend_from_slice(c.encode_utf16(&mut [0; 2])),
                // Only surrogates are no characters, and they fit.
                None => units.push((point & 0xFFFF) as u16),
            }
        }
        Text(units.into())
    }

    /// This string followed by another.
    pub fn concat(&self, other: &Text) -> Text {
        Text([&*self.0, &*other.0].concat().into())
    }

    /// The string as Rust has them; `None` with lone surrogates.
    pub fn to_utf8(&self) -> Option<String> {
        String::from_utf16(&self.0).ok()
    }

    /// The string as Rust has them, lone surrogates replaced.
    pub fn to_utf8_lossy(&self) -> String {
        String::from_utf16_lossy(&self.0)
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Text {
        Text(text.encode_utf16().collect())
    }
}

impl From<String> for Text {
    fn from(text: String) -> Text {
        Text::from(text.as_str())
    }
}

/// As a JSON string: only `"`, `\`, control characters and lone surrogates are escaped.
impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("\"")?;
        for point in char::decode_utf16(self.0.iter().copied()) {
            match point {
                Ok('"') => f.write_str("\\\"")?,
                Ok('\\') => f.write_str("\\\\")?,
                Ok('\u{8}') => f.write_str("\\b")?,
                Ok('\u{c}') => f.write_str("\\f")?,
                Ok('\n') => f.write_str("\\n")?,
                Ok('\r') => f.write_str("\\r")?,
                Ok('\t') => f.write_str("\\t")?,
                Ok(c) if c < ' ' => write!(f, "\\u{:04x}", u32::from(c))?,
                Ok(c) => write!(f, "{c}")?,
                Err(lone) => write!(f, "\\u{:04x}", lone.unpaired_surrogate())?,
            }
        }
        f.write_str("\"")
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_is_that_of_utf16() {
        assert!(Text::from("😀") < Text::from("\u{ffee}"));
    }

    #[test]
    fn lone_surrogates_survive_and_print_escaped() {
        let lone = Text::from_units(&[0x61, 0xD83D]);
        assert_eq!(lone.to_string(), "\"a\\ud83d\"");
        assert_eq!(Text::from_code_points(&lone.code_points()), lone);
        assert_eq!(lone.to_utf8(), None);
    }
}
