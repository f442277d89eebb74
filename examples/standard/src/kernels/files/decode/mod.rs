//! Images out of the bytes of files.
//!
//! Samples are divided by the greatest that their type holds; colours are stored as blue, green, red. Profiles of colours, gamma
//! and resolution are not looked at, nor is Exif, but for the orientation of TIFF files.

mod bmp;
mod format;
mod jpeg;
mod pixels;
mod png;
mod tiff;

use std::io::Cursor;

use ::image::{DynamicImage, ImageDecoder, ImageError, Limits, codecs};
use chainner_sdk::prelude::*;
use thiserror::Error;

pub use format::Format;
use pixels::{Layout, Pixels, Samples};

/// No image has more pixels: so many are refused before there is memory for them.
pub const MOST_PIXELS: u64 = 1 << 30;

/// Why there is no image.
#[derive(Debug, Error)]
pub enum DecodeError {
    /// The format has no decoder here.
    #[error("{0} is a format that is not read here")]
    Unsupported(Format),
    /// The bytes are of no known format.
    #[error("the content is no image of a known format, though the name is one of {0}")]
    Unknown(Format),
    /// The file is empty.
    #[error("the file is empty")]
    Empty,
    /// The image is larger than any that is meant.
    #[error("the image of {width} × {height} pixels is larger than the {MOST_PIXELS} pixels that are read")]
    TooLarge {
        /// Pixels in a row.
        width: u64,
        /// Number of rows.
        height: u64,
    },
    /// The bytes are not as the format wants them, or use a part of it that has no decoder here.
    #[error("the file cannot be decoded as {format}, it may be damaged: {reason}")]
    Broken {
        /// What the content says it is.
        format: Format,
        /// In the words of the decoder.
        reason: String,
    },
}

impl DecodeError {
    fn broken(format: Format) -> impl FnOnce(ImageError) -> Self {
        move |error| Self::Broken { format, reason: error.to_string() }
    }
}

/// The image that the bytes of a file hold: the first, where there are several.
///
/// The content decides on the format, and only where it does not say what it is, the name.
///
/// # Errors
/// When the format has no decoder here, or the bytes are not as it wants them.
pub fn decode(bytes: &[u8], name: Format) -> Result<Image, DecodeError> {
    if bytes.is_empty() {
        return Err(DecodeError::Empty);
    }
    let format = Format::of_content(bytes).or_else(|| name.has_no_signature().then_some(name));
    let format = format.ok_or(DecodeError::Unknown(name))?;
    let pixels = match format {
        Format::Png => png::decode(bytes)?,
        Format::Jpeg => jpeg::decode(bytes)?,
        Format::Tiff => tiff::decode(bytes)?,
        Format::Bmp => bmp::decode(bytes)?,
        Format::Webp => of_image_crate(codecs::webp::WebPDecoder::new(Cursor::new(bytes)), format)?,
        Format::Pnm => of_image_crate(codecs::pnm::PnmDecoder::new(Cursor::new(bytes)), format)?,
        Format::Hdr => of_image_crate(codecs::hdr::HdrDecoder::new(Cursor::new(bytes)), format)?,
        Format::Tga => of_image_crate(codecs::tga::TgaDecoder::new(Cursor::new(bytes)), format)?,
        Format::Ico => of_image_crate(codecs::ico::IcoDecoder::new(Cursor::new(bytes)), format)?,
        other => return Err(DecodeError::Unsupported(other)),
    };
    Ok(pixels.into_image())
}

/// Refuses images that are too large to be meant.
fn check_size(width: impl Into<u64>, height: impl Into<u64>) -> Result<(), DecodeError> {
    let (width, height) = (width.into(), height.into());
    if width.saturating_mul(height) > MOST_PIXELS {
        return Err(DecodeError::TooLarge { width, height });
    }
    Ok(())
}

fn of_image_crate<D: ImageDecoder>(decoder: Result<D, ImageError>, format: Format) -> Result<Pixels, DecodeError> {
    let mut decoder = decoder.map_err(DecodeError::broken(format))?;
    let (width, height) = decoder.dimensions();
    check_size(width, height)?;
    decoder.set_limits(Limits::no_limits()).map_err(DecodeError::broken(format))?;
    let image = DynamicImage::from_decoder(decoder).map_err(DecodeError::broken(format))?;
    let (layout, samples) = match image {
        DynamicImage::ImageLuma8(image) => (Layout::Gray, Samples::U8(image.into_raw())),
        DynamicImage::ImageLumaA8(image) => (Layout::GrayAlpha, Samples::U8(image.into_raw())),
        DynamicImage::ImageRgb8(image) => (Layout::Rgb, Samples::U8(image.into_raw())),
        DynamicImage::ImageRgba8(image) => (Layout::Rgba, Samples::U8(image.into_raw())),
        DynamicImage::ImageLuma16(image) => (Layout::Gray, Samples::U16(image.into_raw())),
        DynamicImage::ImageLumaA16(image) => (Layout::GrayAlpha, Samples::U16(image.into_raw())),
        DynamicImage::ImageRgb16(image) => (Layout::Rgb, Samples::U16(image.into_raw())),
        DynamicImage::ImageRgba16(image) => (Layout::Rgba, Samples::U16(image.into_raw())),
        DynamicImage::ImageRgb32F(image) => (Layout::Rgb, Samples::F32(image.into_raw())),
        other => (Layout::Rgba, Samples::F32(other.into_rgba32f().into_raw())),
    };
    Ok(Pixels { width: width as usize, height: height as usize, layout, samples })
}
