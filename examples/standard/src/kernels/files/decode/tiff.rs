//! TIFF.

use std::io::Cursor;

use ::image::codecs::tiff::TiffDecoder;

use super::{DecodeError, Format, Pixels, of_image_crate};

pub(super) fn decode(bytes: &[u8]) -> Result<Pixels, DecodeError> {
    of_image_crate(TiffDecoder::new(Cursor::new(bytes)), Format::Tiff)
}
