//! The clipboard: images stay images, all else becomes text.

use crate::{declare::InputOptions, error::Mismatch, value::Value};

use super::TextSpec;

pub(super) const IMAGE_OR_TEXT: &str = "an image or text";

/// An input for what can be put onto the clipboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClipboardSpec;

pub(super) fn enforce(value: Value<'_>) -> Result<Value<'_>, Mismatch> {
    match value {
        Value::Image(_) => Ok(value),
        Value::Color(color) => Ok(Value::Text(color.to_string().into())),
        value => {
            TextSpec::new(&InputOptions::EMPTY).enforce(value.clone()).map_err(|_| Mismatch::new(IMAGE_OR_TEXT, value))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::image::ImageView;

    #[test]
    fn images_stay_and_numbers_become_text() {
        let image = ImageView::new(&[0.5], 1, 1, 1).expect("one pixel");
        assert_eq!(enforce(Value::Image(image)), Ok(Value::Image(image)));
        assert_eq!(enforce(Value::Float(12.0)), Ok(Value::Text("12".into())));
        let refusal = enforce(Value::Foreign("a list".to_owned())).unwrap_err();
        assert_eq!(refusal.to_string(), "expected an image or text, got a list");
    }
}
