//! Images of cases, as short texts: `13x9x3:noise`.

use std::{fmt, str::FromStr};

use chainner_sdk::{image::Image, value::Seed};

/// What an image shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pattern {
    /// Values of all magnitudes between 0.02 and 0.98, different in each sample; opacity among them.
    Noise,
    /// As noise, fully opaque.
    Opaque,
    /// As noise, with an opacity that rises from 0.25 to 0.75.
    Veil,
    /// From dark to light, each channel in a way of its own.
    Ramp,
    /// 0 in all channels but the opacity, which is 1.
    Black,
    /// 1 in all channels.
    White,
    /// 0.5 in all channels.
    Gray,
    /// 0 in all channels, the opacity among them.
    Clear,
    /// As noise, with values below 0 and above 1, as nodes of others give them.
    Beyond,
    /// As noise, with some NaN.
    Nan,
    /// As noise, with some infinite values.
    Infinite,
}

impl Pattern {
    const ALL: [(Self, &str); 11] = [
        (Self::Noise, "noise"),
        (Self::Opaque, "opaque"),
        (Self::Veil, "veil"),
        (Self::Ramp, "ramp"),
        (Self::Black, "black"),
        (Self::White, "white"),
        (Self::Gray, "gray"),
        (Self::Clear, "clear"),
        (Self::Beyond, "beyond"),
        (Self::Nan, "nan"),
        (Self::Infinite, "infinite"),
    ];

    /// Whether all samples are within 0..1.
    pub(crate) fn is_regular(self) -> bool {
        !matches!(self, Self::Beyond | Self::Nan | Self::Infinite)
    }

    /// Whether the samples are far from the values that 8 bits can hold.
    pub(crate) fn is_fine(self) -> bool {
        matches!(self, Self::Noise | Self::Opaque | Self::Veil)
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = Self::ALL.iter().find(|(pattern, _)| pattern == self).map_or("", |(_, name)| name);
        f.write_str(name)
    }
}

/// How to make an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Recipe {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) channels: usize,
    pub(crate) pattern: Pattern,
}

impl fmt::Display for Recipe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { width, height, channels, pattern } = self;
        write!(f, "{width}x{height}x{channels}:{pattern}")
    }
}

impl FromStr for Recipe {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || {
            let patterns: Vec<&str> = Pattern::ALL.iter().map(|(_, name)| *name).collect();
            format!(
                "`{text}` is no image; write WIDTHxHEIGHTxCHANNELS:PATTERN, e.g. `13x9x3:noise`; patterns are {}",
                patterns.join(", ")
            )
        };
        let (shape, pattern) = text.split_once(':').ok_or_else(wrong)?;
        let sizes: Vec<usize> = shape.split('x').map_while(|size| size.parse().ok()).collect();
        let pattern = Pattern::ALL.iter().find(|(_, name)| *name == pattern).map(|(pattern, _)| *pattern);
        match (sizes.as_slice(), pattern) {
            // Nothing larger is made by mistake: 1 GiB of samples.
            (&[width, height, channels], Some(pattern))
                if width.saturating_mul(height).saturating_mul(channels) < 1 << 28
                    && shape.matches('x').count() == 2 =>
            {
                Ok(Self { width, height, channels, pattern })
            }
            _ => Err(wrong()),
        }
    }
}

impl Recipe {
    /// Makes the image; the same each time. An image without channels is made with one, and without pixels.
    pub(crate) fn image(&self) -> Image {
        let Self { width, height, channels, pattern } = *self;
        if channels == 0 {
            return Image::new(0, 0, 1);
        }
        let mut image = Image::new(width, height, channels);
        for (i, sample) in image.samples_mut().iter_mut().enumerate() {
            let (pixel, channel) = (i / channels, i % channels);
            let (x, y) = (pixel % width, pixel / width);
            let is_alpha = channels == 4 && channel == 3;
            let random = unit(i as u64);
            let noise = 0.02 + 0.96 * random;
            let along = |at: usize, length: usize| (at as f32 + 0.5) / length as f32;
            *sample = match pattern {
                Pattern::Opaque | Pattern::Black if is_alpha => 1.0,
                Pattern::Veil if is_alpha => 0.25 + 0.5 * along(x, width),
                Pattern::Beyond if i % 5 == 1 => noise * 3.0 - 1.0,
                Pattern::Nan if i % 7 == 3 || image_is_tiny(width, height) => f32::NAN,
                Pattern::Infinite if i % 7 == 3 || image_is_tiny(width, height) => {
                    if i % 2 == 0 {
                        f32::INFINITY
                    } else {
                        f32::NEG_INFINITY
                    }
                }
                Pattern::Noise
                | Pattern::Opaque
                | Pattern::Veil
                | Pattern::Beyond
                | Pattern::Nan
                | Pattern::Infinite => noise,
                Pattern::Ramp => match channel % 3 {
                    0 => along(x, width),
                    1 => along(y, height),
                    _ => 1.0 - along(x, width),
                },
                Pattern::Black | Pattern::Clear => 0.0,
                Pattern::White => 1.0,
                Pattern::Gray => 0.5,
            };
        }
        image
    }
}

fn image_is_tiny(width: usize, height: usize) -> bool {
    width * height < 2
}

/// A random number of 0..1 for a position.
fn unit(position: u64) -> f32 {
    let mixed = Seed(position as i64).mixed();
    // 23 bits are exact in `f32`, and a half keeps them off the values that 8 bits can hold.
    ((mixed >> 41) as f32 + 0.5) / (1_u64 << 23) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recipes_are_read_as_they_are_written() {
        for (_, name) in Pattern::ALL {
            let text = format!("13x9x4:{name}");
            assert_eq!(text.parse::<Recipe>().expect("a recipe").to_string(), text);
        }
        for wrong in
            ["", "13x9:noise", "13x9x3", "13x9x3:stripes", "axbxc:noise", "1x2x3x4:noise", "99999x99999x4:noise"]
        {
            assert!(wrong.parse::<Recipe>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn patterns_keep_what_they_promise() {
        for (pattern, name) in Pattern::ALL {
            for (width, height) in [(1, 1), (13, 9)] {
                let image = Recipe { width, height, channels: 4, pattern }.image();
                let within = image.view().samples().iter().all(|sample| (0.0..=1.0).contains(sample));
                assert!(within == pattern.is_regular() || pattern == Pattern::Beyond, "{name}");
            }
        }
    }
}
