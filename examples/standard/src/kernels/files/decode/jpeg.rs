//! JPEG, upright or not: the app does not turn what Exif says is turned.

use std::io::Cursor;

use ::image::codecs::jpeg::JpegDecoder;

use super::{DecodeError, Format, Pixels, of_image_crate};

pub(super) fn decode(bytes: &[u8]) -> Result<Pixels, DecodeError> {
    of_image_crate(JpegDecoder::new(Cursor::new(bytes)), Format::Jpeg)
}
