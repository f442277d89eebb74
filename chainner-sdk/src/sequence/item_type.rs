//! What all items of a sequence have in common, told before the first is made.

use std::path::PathBuf;

use serde_json::{Map, Value as Json, json};

/// What is known of every item of one output before any is made. The app narrows the type of the output to it while the artist edits.
///
/// ```
/// use chainner_sdk::{prelude::*, sequence::ItemType};
///
/// let frames = (0..24_u32).map(|frame| (Image::new(640, 480, 3), frame));
/// let frames = Generator::from_iter(frames).item_types([ItemType::image(640, 480, 3), ItemType::Unknown]);
/// assert_eq!(frames.expected_length(), Some(24));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub enum ItemType {
    /// No more than the declaration says.
    Unknown,
    /// Images; what differs between them is `None`.
    Image {
        /// Pixels in a row.
        width: Option<usize>,
        /// Number of rows.
        height: Option<usize>,
        /// Samples of a pixel.
        channels: Option<usize>,
    },
    /// Numbers between two ends, both inclusive.
    Number {
        /// Least.
        min: f64,
        /// Greatest.
        max: f64,
        /// Whole numbers only.
        whole: bool,
    },
    /// This text.
    Text(String),
    /// This directory.
    Directory(PathBuf),
}

impl ItemType {
    /// Images of one shape.
    pub const fn image(width: usize, height: usize, channels: usize) -> Self {
        Self::Image { width: Some(width), height: Some(height), channels: Some(channels) }
    }

    /// Whole numbers from `min` to `max`.
    pub const fn whole(min: i64, max: i64) -> Self {
        Self::Number { min: min as f64, max: max as f64, whole: true }
    }

    /// The type as an expression of the host's language, as JSON; `None` if there is nothing to tell.
    pub fn expression(&self) -> Option<String> {
        let named = |name: &str, fields: Map<String, Json>| json!({"type": "named", "name": name, "fields": fields});
        let text = |text: &str| json!({"type": "string-literal", "value": text});
        let expression = match self {
            Self::Unknown => return None,
            Self::Image { width, height, channels } => {
                let fields = [("width", width), ("height", height), ("channels", channels)];
                let known = fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), json!((*value)?))));
                named("Image", known.collect())
            }
            Self::Number { min, max, whole } => {
                let kind = if *whole { "int-interval" } else { "interval" };
                json!({"type": kind, "min": end(*min, "-inf"), "max": end(*max, "inf")})
            }
            Self::Text(value) => text(value),
            Self::Directory(path) => {
                named("Directory", Map::from_iter([("path".to_owned(), text(&path.to_string_lossy()))]))
            }
        };
        Some(expression.to_string())
    }
}

/// JSON has no infinities.
fn end(value: f64, open: &str) -> Json {
    if value.is_finite() { json!(value) } else { json!(open) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_expressions_of_the_hosts_language() {
        let json = |ty: ItemType| ty.expression().map(|text| serde_json::from_str::<Json>(&text).expect("JSON"));
        assert_eq!(json(ItemType::Unknown), None);
        assert_eq!(
            json(ItemType::Image { width: Some(4), height: None, channels: Some(3) }),
            Some(json!({"type": "named", "name": "Image", "fields": {"width": 4, "channels": 3}}))
        );
        assert_eq!(json(ItemType::whole(0, 9)), Some(json!({"type": "int-interval", "min": 0.0, "max": 9.0})));
        assert_eq!(
            json(ItemType::Number { min: f64::NEG_INFINITY, max: 1.0, whole: false }),
            Some(json!({"type": "interval", "min": "-inf", "max": 1.0}))
        );
        assert_eq!(json(ItemType::Text("a".into())), Some(json!({"type": "string-literal", "value": "a"})));
    }
}
