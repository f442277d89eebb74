//! Windows bitmaps: of a palette of grays, gray images; with or without the head that files have.

use std::io::Cursor;

use ::image::codecs::bmp::BmpDecoder;

use super::{DecodeError, Format, Layout, Pixels, Samples, of_image_crate};

pub(super) fn decode(bytes: &[u8]) -> Result<Pixels, DecodeError> {
    let cursor = Cursor::new(bytes);
    let decoder =
        if bytes.starts_with(b"BM") { BmpDecoder::new(cursor) } else { BmpDecoder::new_without_file_header(cursor) };
    let is_gray = |[r, g, b]: &[u8; 3]| r == g && g == b;
    let has_grays =
        decoder.as_ref().is_ok_and(|decoder| decoder.get_palette().is_some_and(|all| all.iter().all(is_gray)));
    let mut pixels = of_image_crate(decoder, Format::Bmp)?;
    if has_grays && pixels.layout == Layout::Rgb && matches!(pixels.samples, Samples::U8(_)) {
        pixels.layout = Layout::Gray;
        pixels.samples = pixels.samples.every(3);
    }
    Ok(pixels)
}
