//! Sizes of images.

use std::str::FromStr;

/// A size of images that nodes are measured with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Size {
    /// What it is called.
    pub name: String,
    /// In pixels.
    pub width: usize,
    /// In pixels.
    pub height: usize,
}

/// The usual sizes: a texture, a film frame, a large one.
pub(super) static USUAL: std::sync::LazyLock<[Size; 3]> =
    std::sync::LazyLock::new(|| ["512", "1080p", "4k"].map(|name| name.parse().expect("the usual sizes are sizes")));

/// Pixels on a side at most: what the app works with fits in.
const MOST: usize = 16384;

impl FromStr for Size {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let name = text.trim().to_lowercase();
        let side = |text: &str| text.parse::<usize>().ok().filter(|side| (1..=MOST).contains(side));
        let size = match name.as_str() {
            "720p" => Some((1280, 720)),
            "1080p" => Some((1920, 1080)),
            "4k" | "2160p" => Some((3840, 2160)),
            "8k" => Some((7680, 4320)),
            other => match other.split_once('x') {
                Some((width, height)) => side(width).zip(side(height)),
                None => side(other).map(|side| (side, side)),
            },
        };
        let (width, height) = size.ok_or_else(|| {
            format!("expected `720p`, `1080p`, `4k`, `8k`, a side, or WIDTHxHEIGHT, of 1 to {MOST} pixels")
        })?;
        Ok(Self { name, width, height })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_names_sides_and_extents() {
        let size = |text: &str| text.parse::<Size>().map(|size| (size.width, size.height));
        assert_eq!(size("512"), Ok((512, 512)));
        assert_eq!(size(" 4K"), Ok((3840, 2160)));
        assert_eq!(size("640x480"), Ok((640, 480)));
        for wrong in ["", "0", "0x4", "1080i", "4xk", "99999", "-5", "1e3"] {
            assert!(size(wrong).is_err(), "{wrong}");
        }
        assert_eq!(USUAL.each_ref().map(|size| size.width), [512, 1920, 3840]);
    }
}
