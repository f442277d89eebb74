//! Text: anything becomes text, cut to the greatest length and refused below the least.

use crate::{
    declare::{DefaultValue, InputOptions, LabelStyle},
    error::Mismatch,
    value::Value,
};

/// An input for text. Lengths count characters (code points).
#[derive(Debug, Clone, PartialEq)]
pub struct TextSpec {
    /// Least length.
    pub min_length: u32,
    /// Greatest length, if bounded.
    pub max_length: Option<u32>,
    /// Value of a new node.
    pub default: Option<&'static str>,
    /// Text of the empty box.
    pub placeholder: Option<&'static str>,
    /// A resizable area rather than a line.
    pub multiline: bool,
    /// Whether the emptied box is a value.
    pub allow_empty: bool,
    /// JavaScript regular expression of characters that cannot be typed.
    pub invalid_pattern: Option<&'static str>,
    /// Where the label is drawn.
    pub label_style: LabelStyle,
    /// Whether an edge can be plugged in.
    pub handle: bool,
    /// Whether numbers can be connected.
    pub allow_numbers: bool,
}

impl TextSpec {
    /// From the keys.
    pub fn new(options: &InputOptions) -> Self {
        let default = match options.default.map(|default| default()) {
            Some(DefaultValue::Text(default)) => Some(default),
            _ => None,
        };
        Self {
            min_length: options.min_length.unwrap_or(0),
            max_length: options.max_length,
            default,
            placeholder: options.placeholder,
            multiline: options.multiline,
            allow_empty: options.allow_empty,
            invalid_pattern: options.invalid_pattern,
            label_style: options.label_style.unwrap_or(LabelStyle::Default),
            handle: options.handle.unwrap_or(true),
            allow_numbers: options.allow_numbers.unwrap_or(true),
        }
    }

    pub(super) fn enforce<'a>(&self, value: Value<'a>) -> Result<Value<'a>, Mismatch> {
        let mut text = match value {
            Value::Text(text) => text,
            Value::Integer(value) => value.to_string().into(),
            // 12.0 is written 12.
            Value::Float(value) if value.fract() == 0.0 => format!("{value:.0}").into(),
            Value::Float(value) => value.to_string().into(),
            Value::Bool(value) => if value { "True" } else { "False" }.into(),
            Value::Path(path) => path.to_string_lossy().into_owned().into(),
            Value::Seed(seed) => seed.0.to_string().into(),
            other => return Err(Mismatch::new("text", other)),
        };
        if let Some(max) = self.max_length
            && let Some((end, _)) = text.char_indices().nth(max as usize)
        {
            text = text[..end].to_owned().into();
        }
        let (least, length) = (self.min_length as usize, text.chars().count());
        if length < least {
            let (s, got) = (if least == 1 { "" } else { "s" }, Value::Text(text));
            return Err(Mismatch::new(format!("text of at least {least} character{s}"), format!("{length}: {got}")));
        }
        Ok(Value::Text(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spec(min: u32, max: u32) -> TextSpec {
        TextSpec::new(&InputOptions { min_length: Some(min), max_length: Some(max), ..InputOptions::EMPTY })
    }

    #[test]
    fn other_values_become_text_as_the_host_writes_them() {
        for (value, text) in [
            (Value::Float(12.0), "12"),
            (Value::Float(0.5), "0.5"),
            (Value::Float(1e20), "100000000000000000000"),
            (Value::Integer(-3), "-3"),
            (Value::Bool(true), "True"),
        ] {
            assert_eq!(spec(0, 100).enforce(value), Ok(Value::Text(text.into())));
        }
    }

    #[test]
    fn length_counts_characters_not_bytes() {
        assert_eq!(spec(0, 2).enforce(Value::Text("äöü".into())), Ok(Value::Text("äö".into())));
        let message = spec(4, 9).enforce(Value::Text("äöü".into())).unwrap_err().to_string();
        assert_eq!(message, "expected text of at least 4 characters, got 3: text 'äöü'");
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert!(spec(0, 9).enforce(Value::Foreign("a list".into())).is_err());
    }
}
