//! Colours.

use std::fmt;

/// A colour of one (grey), three (RGB) or four (RGBA) components, each 0..1.
///
/// Components are named, so their order cannot be mixed up; the host's B, G, R order appears at its edge only.
///
/// ```
/// use chainner_sdk::prelude::*;
///
/// const AMBER: Color = Color::rgb(1.0, 0.75, 0.0);
/// assert_eq!(AMBER.bgr(), Bgr { b: 0.0, g: 0.75, r: 1.0 });
/// assert_eq!("#ffbf00".parse::<Color>().unwrap().to_string(), "RGB colour #ffbf00");
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Color {
    model: Model,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Model {
    Gray(f32),
    Rgb { r: f32, g: f32, b: f32 },
    Rgba { r: f32, g: f32, b: f32, a: f32 },
}

impl Color {
    /// Opaque black.
    pub const BLACK: Self = Self::rgb(0.0, 0.0, 0.0);
    /// Opaque white.
    pub const WHITE: Self = Self::rgb(1.0, 1.0, 1.0);

    /// A grey of one component; clamped to 0..1.
    pub const fn gray(value: f32) -> Self {
        Self { model: Model::Gray(unit(value)) }
    }

    /// A colour of three components; each is clamped to 0..1.
    pub const fn rgb(r: f32, g: f32, b: f32) -> Self {
        Self { model: Model::Rgb { r: unit(r), g: unit(g), b: unit(b) } }
    }

    /// A colour with opacity; each component is clamped to 0..1.
    pub const fn rgba(r: f32, g: f32, b: f32, a: f32) -> Self {
        Self { model: Model::Rgba { r: unit(r), g: unit(g), b: unit(b), a: unit(a) } }
    }

    /// A colour from one, three or four components in R, G, B, A order; `None` for any other number of them.
    pub fn from_components(components: &[f32]) -> Option<Self> {
        match *components {
            [value] => Some(Self::gray(value)),
            [r, g, b] => Some(Self::rgb(r, g, b)),
            [r, g, b, a] => Some(Self::rgba(r, g, b, a)),
            _ => None,
        }
    }

    /// Number of components: 1, 3 or 4.
    pub const fn channels(&self) -> u32 {
        match self.model {
            Model::Gray(_) => 1,
            Model::Rgb { .. } => 3,
            Model::Rgba { .. } => 4,
        }
    }

    /// The components in R, G, B, A order.
    pub fn components(&self) -> Vec<f32> {
        match self.model {
            Model::Gray(value) => vec![value],
            Model::Rgb { r, g, b } => vec![r, g, b],
            Model::Rgba { r, g, b, a } => vec![r, g, b, a],
        }
    }

    /// As a pixel of three channels; a grey in all three, opacity left out.
    pub const fn bgr(&self) -> crate::image::Bgr {
        match self.model {
            Model::Gray(value) => crate::image::Bgr { b: value, g: value, r: value },
            Model::Rgb { r, g, b } | Model::Rgba { r, g, b, .. } => crate::image::Bgr { b, g, r },
        }
    }

    /// As a pixel of four channels; opaque unless the colour has its own opacity.
    pub const fn bgra(&self) -> crate::image::Bgra {
        let crate::image::Bgr { b, g, r } = self.bgr();
        crate::image::Bgra { b, g, r, a: self.alpha() }
    }

    /// Opacity, 1 for colours without.
    pub const fn alpha(&self) -> f32 {
        match self.model {
            Model::Rgba { a, .. } => a,
            Model::Gray(_) | Model::Rgb { .. } => 1.0,
        }
    }

    /// The host's JSON: `{"kind": "rgb", "values": [r, g, b]}`.
    pub fn to_json(&self) -> String {
        let kind = match self.model {
            Model::Gray(_) => "grayscale",
            Model::Rgb { .. } => "rgb",
            Model::Rgba { .. } => "rgba",
        };
        // Through the shortest decimal text: 0.1f32 is 0.1, not 0.10000000149.
        let values: Vec<String> = self.components().iter().map(|value| format!("{value}")).collect();
        format!(r#"{{"kind": "{kind}", "values": [{}]}}"#, values.join(", "))
    }

    /// Reads the host's JSON, see [`to_json`](Self::to_json).
    pub fn from_json(text: &str) -> Result<Self, ColorSyntax> {
        #[derive(serde::Deserialize)]
        struct Stored {
            kind: String,
            values: Vec<f32>,
        }
        let refused = || ColorSyntax(text.to_owned());
        let stored: Stored = serde_json::from_str(text).map_err(|_| refused())?;
        let wanted = match stored.kind.as_str() {
            "grayscale" => 1,
            "rgb" => 3,
            "rgba" => 4,
            _ => return Err(refused()),
        };
        if stored.values.len() != wanted || stored.values.iter().any(|value| !value.is_finite()) {
            return Err(refused());
        }
        Self::from_components(&stored.values).ok_or_else(refused)
    }
}

/// A text that is not a colour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColorSyntax(String);

impl fmt::Display for ColorSyntax {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "'{}' is not a colour; write #rgb, #rrggbb, #rrggbbaa, r,g,b or {{\"kind\": \"rgb\", \"values\": [r, g, b]}}",
            self.0
        )
    }
}

impl std::error::Error for ColorSyntax {}

impl std::str::FromStr for Color {
    type Err = ColorSyntax;

    /// Reads `#rgb`, `#rrggbb`, `#rrggbbaa`, components 0..1 separated by commas, or the host's JSON.
    fn from_str(text: &str) -> Result<Self, ColorSyntax> {
        let text = text.trim();
        let refused = || ColorSyntax(text.to_owned());
        if let Some(digits) = text.strip_prefix('#') {
            let nibbles: Vec<u32> =
                digits.chars().map(|c| c.to_digit(16)).collect::<Option<_>>().ok_or_else(refused)?;
            let bytes: Vec<u32> = match nibbles.len() {
                3 => nibbles.iter().map(|n| n * 17).collect(),
                6 | 8 => nibbles.chunks_exact(2).map(|pair| pair[0] * 16 + pair[1]).collect(),
                _ => return Err(refused()),
            };
            let components: Vec<f32> = bytes.iter().map(|&byte| byte as f32 / 255.0).collect();
            return Self::from_components(&components).ok_or_else(refused);
        }
        if text.starts_with('{') {
            return Self::from_json(text);
        }
        let components: Vec<f32> = text
            .split(',')
            .map(|part| part.trim().parse().ok().filter(|value: &f32| value.is_finite()))
            .collect::<Option<_>>()
            .ok_or_else(refused)?;
        Self::from_components(&components).ok_or_else(refused)
    }
}

impl fmt::Display for Color {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.model {
            Model::Gray(_) => "grey",
            Model::Rgb { .. } => "RGB",
            Model::Rgba { .. } => "RGBA",
        };
        write!(f, "{kind} colour #")?;
        self.components().iter().try_for_each(|value| write!(f, "{:02x}", (value * 255.0).round() as u8))
    }
}

/// Clamps to 0..1; NaN becomes 0.
const fn unit(value: f32) -> f32 {
    if value > 1.0 {
        1.0
    } else if value > 0.0 {
        value
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_round_trips_and_keeps_short_decimals() {
        let color = Color::rgba(0.1, 0.25, 1.0, 0.5);
        assert_eq!(color.to_json(), r#"{"kind": "rgba", "values": [0.1, 0.25, 1, 0.5]}"#);
        assert_eq!(Color::from_json(&color.to_json()), Ok(color));
    }

    #[test]
    fn every_spelling_is_read() {
        for (text, color) in [
            ("#fff", Color::WHITE),
            ("#000000", Color::BLACK),
            ("#ff000080", Color::rgba(1.0, 0.0, 0.0, 128.0 / 255.0)),
            ("0.5", Color::gray(0.5)),
            ("1, 0.5, 0", Color::rgb(1.0, 0.5, 0.0)),
            (r#"{"kind":"grayscale","values":[0.5]}"#, Color::gray(0.5)),
        ] {
            assert_eq!(text.parse(), Ok(color), "{text}");
        }
    }

    #[test]
    fn other_texts_are_refused_with_the_forms_allowed() {
        for text in ["", "red", "#ff", "#gggggg", "1,2", "nan", r#"{"kind":"rgb","values":[1]}"#] {
            let message = text.parse::<Color>().unwrap_err().to_string();
            assert!(message.contains("#rrggbb"), "{message}");
        }
    }

    #[test]
    fn components_are_clamped() {
        assert_eq!(Color::rgb(-1.0, f32::NAN, 2.0), Color::rgb(0.0, 0.0, 1.0));
    }
}
