//! JPEG, as it lies in the file: the app does not turn what Exif says is turned.
//!
//! The standard leaves open how colour that was stored at half the size is interpolated, and to which side the cosine transform is
//! rounded. Against libjpeg-turbo, through which the app reads, samples differ by 0.4 of 255 steps in the mean and 5 at most. Ink
//! (CMYK) becomes colour; the app hands out cyan, magenta, yellow and key as if they were colour and opacity.

use std::io::Cursor;

use ::image::codecs::jpeg::JpegDecoder;

use super::{DecodeError, Format, Pixels, of_image_crate};

pub(super) fn decode(bytes: &[u8]) -> Result<Pixels, DecodeError> {
    of_image_crate(JpegDecoder::new(Cursor::new(bytes)), Format::Jpeg)
}
