//! Windows bitmaps.

use std::io::Cursor;

use ::image::codecs::bmp::BmpDecoder;

use super::{DecodeError, Format, Pixels, of_image_crate};

pub(super) fn decode(bytes: &[u8]) -> Result<Pixels, DecodeError> {
    of_image_crate(BmpDecoder::new(Cursor::new(bytes)), Format::Bmp)
}
