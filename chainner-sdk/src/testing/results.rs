//! What a node returned to a test.

use crate::{
    image::Image,
    value::{Color, OutputValue},
};

/// The results of a node, checked against its declaration.
#[derive(Debug)]
pub struct Results {
    pub(super) outputs: Vec<(String, OutputValue)>,
    pub(super) items: Vec<Results>,
}

impl Results {
    /// The value of the output with this label.
    ///
    /// # Panics
    /// When there is none.
    #[track_caller]
    pub fn get(&self, output: &str) -> &OutputValue {
        let found = self.outputs.iter().find(|(label, _)| label == output);
        let labels = || self.outputs.iter().map(|(label, _)| format!("'{label}'")).collect::<Vec<_>>().join(", ");
        match found {
            Some((_, value)) => value,
            None if self.outputs.is_empty() => panic!("there is no output '{output}': there are none here"),
            None => panic!("there is no output '{output}', only {}", labels()),
        }
    }

    /// The image of the output with this label.
    ///
    /// # Panics
    /// When there is none, or it is no image.
    #[track_caller]
    pub fn image(&self, output: &str) -> &Image {
        match self.get(output) {
            OutputValue::Image(image) => image,
            other => panic!("output '{output}' is no image: {other:?}"),
        }
    }

    /// The number of the output with this label.
    ///
    /// # Panics
    /// When there is none, or it is no number.
    #[track_caller]
    pub fn number(&self, output: &str) -> f64 {
        match self.get(output) {
            OutputValue::Integer(value) => *value as f64,
            OutputValue::Unsigned(value) => *value as f64,
            OutputValue::Float(value) => *value,
            other => panic!("output '{output}' is no number: {other:?}"),
        }
    }

    /// The text of the output with this label.
    ///
    /// # Panics
    /// When there is none, or it is no text.
    #[track_caller]
    pub fn text(&self, output: &str) -> &str {
        match self.get(output) {
            OutputValue::Text(text) => text,
            other => panic!("output '{output}' is no text: {other:?}"),
        }
    }

    /// The colour of the output with this label.
    ///
    /// # Panics
    /// When there is none, or it is no colour.
    #[track_caller]
    pub fn color(&self, output: &str) -> Color {
        match self.get(output) {
            OutputValue::Color(color) => *color,
            other => panic!("output '{output}' is no colour: {other:?}"),
        }
    }

    /// The items of the sequence, each with the outputs that are iterated.
    pub fn items(&self) -> &[Results] {
        &self.items
    }
}
