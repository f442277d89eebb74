//! PNG: palettes become colours, and transparent entries or colours opacity; of gray images they are ignored.

use std::io::Cursor;

use ::image::codecs::png::PngDecoder;

use super::{DecodeError, Format, Layout, Pixels, of_image_crate};

/// Offset of the colour type: behind the signature, the head of the first chunk, the size and the depth.
const COLOR_TYPE: usize = 25;
const GRAY: u8 = 0;

pub(super) fn decode(bytes: &[u8]) -> Result<Pixels, DecodeError> {
    let mut pixels = of_image_crate(PngDecoder::new(Cursor::new(bytes)), Format::Png)?;
    if pixels.layout == Layout::GrayAlpha && bytes.get(COLOR_TYPE) == Some(&GRAY) {
        pixels.layout = Layout::Gray;
        pixels.samples = pixels.samples.every(2);
    }
    Ok(pixels)
}
