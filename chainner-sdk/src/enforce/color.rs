//! Colours: of the accepted numbers of components.

use crate::{
    declare::{DefaultValue, InputOptions},
    error::Mismatch,
    value::{Color, Value},
};

use super::image;

/// An input for a colour.
#[derive(Debug, Clone, PartialEq)]
pub struct ColorSpec {
    /// Accepted numbers of components; any if empty.
    pub channels: &'static [u32],
    /// Value of a new node.
    pub default: Color,
}

impl ColorSpec {
    /// From the keys; without a default, black in the smallest accepted number of components (RGB if any is).
    pub fn new(options: &InputOptions) -> Self {
        let default = match options.default.map(|default| default()) {
            Some(DefaultValue::Color(color)) => color,
            _ => match options.channels {
                [1, ..] => Color::gray(0.0),
                [4, ..] => Color::rgba(0.0, 0.0, 0.0, 1.0),
                _ => Color::BLACK,
            },
        };
        Self { channels: options.channels, default }
    }

    pub(super) fn enforce<'a>(&self, value: Value<'a>) -> Result<Value<'a>, Mismatch> {
        let color = match value {
            Value::Color(color) => color,
            Value::Numbers(ref components) => {
                Color::from_components(components).ok_or_else(|| Mismatch::new(self.expected(), &value))?
            }
            Value::Text(ref text) => {
                text.parse().map_err(|_| Mismatch::new(format!("{} (#rrggbb, say)", self.expected()), &value))?
            }
            other => return Err(Mismatch::new(self.expected(), other)),
        };
        if image::accepts(self.channels, color.channels() as usize) {
            Ok(Value::Color(color))
        } else {
            Err(Mismatch::new(self.expected(), color))
        }
    }

    pub(super) fn expected(&self) -> String {
        match self.channels {
            [] => "a colour".to_owned(),
            channels => format!("a colour with {} components", image::either(channels)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_read_and_components_counted() {
        let spec = ColorSpec::new(&InputOptions { channels: &[3], ..InputOptions::EMPTY });
        assert_eq!(spec.enforce(Value::Text("#fff".into())), Ok(Value::Color(Color::WHITE)));
        assert_eq!(spec.enforce(Value::Numbers(vec![1.0; 3])), Ok(Value::Color(Color::WHITE)));
        assert!(spec.enforce(Value::Numbers(vec![1.0; 2])).is_err());
        for text in ["#ffffff80", "white"] {
            assert!(spec.enforce(Value::Text(text.into())).is_err(), "{text}");
        }
    }
}
