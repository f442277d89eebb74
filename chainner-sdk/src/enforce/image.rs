//! Images: of the accepted numbers of channels, or a colour where one is accepted.

use crate::{
    declare::InputOptions,
    error::Mismatch,
    value::{Color, Value},
};

/// An input for pixels.
#[derive(Debug, Clone, PartialEq)]
pub struct ImageSpec {
    /// Accepted numbers of channels; any if empty.
    pub channels: &'static [u32],
    /// Whether the schema has them as a list even if there is one.
    pub listed: bool,
    /// Whether a colour is accepted too.
    pub colors: bool,
}

impl ImageSpec {
    /// From the keys.
    pub fn new(options: &InputOptions, colors: bool) -> Self {
        Self { channels: options.channels, listed: options.channels_listed, colors }
    }

    pub(super) fn enforce<'a>(&self, value: Value<'a>) -> Result<Value<'a>, Mismatch> {
        let value = match value {
            Value::Numbers(components) if self.colors => {
                Color::from_components(&components).map_or(Value::Numbers(components), Value::Color)
            }
            Value::Text(text) if self.colors => text.parse().map_or(Value::Text(text), Value::Color),
            value => value,
        };
        let fits = match &value {
            Value::Image(image) => {
                image.width() > 0
                    && image.height() > 0
                    && image.channels() > 0
                    && accepts(self.channels, image.channels())
            }
            Value::Color(color) => self.colors && accepts(self.channels, color.channels() as usize),
            _ => false,
        };
        if fits { Ok(value) } else { Err(Mismatch::new(self.expected(), value)) }
    }

    pub(super) fn expected(&self) -> String {
        let channels = match self.channels {
            [] => String::new(),
            [1] => " with one channel".to_owned(),
            channels => format!(" with {} channels", either(channels)),
        };
        format!("an image{}{channels}", if self.colors { " or a colour" } else { "" })
    }
}

/// Whether a number of channels is among the accepted; an empty list accepts all.
pub(super) fn accepts(accepted: &[u32], channels: usize) -> bool {
    accepted.is_empty() || accepted.iter().any(|&accepted| accepted as usize == channels)
}

/// `1, 3 or 4`.
pub(super) fn either(numbers: &[u32]) -> String {
    let texts: Vec<String> = numbers.iter().map(u32::to_string).collect();
    match texts.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::image::ImageView;

    #[test]
    fn channels_and_colours_are_accepted_as_declared() {
        let options = InputOptions { channels: &[1, 3], ..InputOptions::EMPTY };
        let gray = Value::Image(ImageView::new(&[0.5], 1, 1, 1).expect("one sample"));
        let rgba = Value::Image(ImageView::new(&[0.5; 4], 1, 1, 4).expect("four samples"));
        let empty = Value::Image(ImageView::new(&[], 0, 1, 1).expect("no sample"));
        let images = ImageSpec::new(&options, false);
        assert!(images.enforce(gray.clone()).is_ok());
        assert!(images.enforce(empty).is_err());
        assert_eq!(
            images.enforce(rgba).unwrap_err().to_string(),
            "expected an image with 1 or 3 channels, got RGBA image 1×1"
        );
        assert!(images.enforce(Value::Color(Color::BLACK)).is_err());
        let both = ImageSpec::new(&options, true);
        assert!(both.enforce(Value::Color(Color::BLACK)).is_ok());
        assert_eq!(both.enforce(Value::Text("#000".into())), Ok(Value::Color(Color::BLACK)));
        assert_eq!(both.enforce(Value::Numbers(vec![0.0])), Ok(Value::Color(Color::gray(0.0))));
        assert!(both.enforce(Value::Text("black".into())).is_err());
        assert!(images.enforce(Value::Text("#000".into())).is_err());
        assert!(both.enforce(Value::Color(Color::rgba(0.0, 0.0, 0.0, 0.0))).is_err());
    }
}
