//! Images out of the bytes of files.
//!
//! Samples are divided by the greatest that their type holds; colours are stored as blue, green, red. Profiles of colours, gamma
//! and resolution are not looked at, nor is Exif, but for the orientation of TIFF files.

mod bmp;
mod dds;
mod format;
mod jpeg;
mod orientation;
mod pixels;
mod png;
mod tiff;

use std::{fmt::Display, io::Cursor};

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
    #[error("the file cannot be decoded as {format}: {reason}")]
    Broken {
        /// What the content says it is.
        format: Format,
        /// In the words of the decoder.
        reason: String,
    },
}

impl DecodeError {
    fn broken<E: Display>(format: Format) -> impl FnOnce(E) -> Self {
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
        Format::Dds => dds::decode(bytes)?,
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

#[cfg(test)]
mod tests {
    use ::image::{ImageBuffer, ImageFormat, Luma, LumaA, Rgb, Rgba};

    use super::*;

    fn encoded(image: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        image.into().write_to(&mut bytes, format).expect("encoded");
        bytes.into_inner()
    }

    fn samples(bytes: &[u8], name: Format) -> (usize, Vec<f32>) {
        let image = decode(bytes, name).expect("an image");
        (image.channels(), image.view().samples().to_vec())
    }

    #[test]
    fn each_layout_and_depth_is_read() {
        let gray = ImageBuffer::from_pixel(1, 1, Luma([51_u8]));
        assert_eq!(samples(&encoded(gray, ImageFormat::Png), Format::Png), (1, vec![0.2]));
        let gray_alpha = ImageBuffer::from_pixel(1, 1, LumaA([51_u8, 102]));
        assert_eq!(samples(&encoded(gray_alpha, ImageFormat::Png), Format::Png), (4, vec![0.2, 0.2, 0.2, 0.4]));
        let deep = ImageBuffer::from_pixel(1, 1, Rgba([0_u16, 13107, 65535, 26214]));
        assert_eq!(samples(&encoded(deep, ImageFormat::Png), Format::Png), (4, vec![1.0, 0.2, 0.0, 0.4]));
        let rgb = ImageBuffer::from_pixel(1, 1, Rgb([0_u8, 51, 255]));
        for format in [ImageFormat::Png, ImageFormat::Bmp, ImageFormat::Tiff, ImageFormat::WebP] {
            // The content decides, whatever the name.
            let bytes = encoded(rgb.clone(), format);
            assert_eq!(samples(&bytes, Format::Avif), (3, vec![1.0, 0.2, 0.0]), "{format:?}");
        }
        assert_eq!(samples(b"P6\n1 1\n255\n\x00\x33\xff", Format::Png), (3, vec![1.0, 0.2, 0.0]));
        assert_eq!(samples(&encoded(rgb, ImageFormat::Tga), Format::Tga), (3, vec![1.0, 0.2, 0.0]));
        let float = ImageBuffer::from_pixel(1, 1, Rgb([-1.0_f32, 0.25, 2.0]));
        assert_eq!(samples(&encoded(float, ImageFormat::Tiff), Format::Tiff), (3, vec![1.0, 0.25, 0.0]));
    }

    #[test]
    fn jpeg_is_near_what_was_encoded() {
        let rgb = ImageBuffer::from_pixel(9, 7, Rgb([200_u8, 100, 50]));
        let (channels, samples) = samples(&encoded(rgb, ImageFormat::Jpeg), Format::Jpeg);
        assert_eq!((channels, samples.len()), (3, 9 * 7 * 3));
        for pixel in samples.chunks(3) {
            assert!(pixel.iter().zip([50.0, 100.0, 200.0]).all(|(own, given)| (own * 255.0 - given).abs() < 6.0));
        }
    }

    #[test]
    fn what_is_no_image_is_refused() {
        let failed = |bytes: &[u8], name| decode(bytes, name).expect_err("no image").to_string();
        assert_eq!(failed(b"", Format::Png), "the file is empty");
        assert!(failed(b"text", Format::Png).contains("the name is one of PNG"));
        assert!(failed(b"icns", Format::Png).starts_with("ICNS is a format"));
        assert!(failed(b"text", Format::Pcx).starts_with("PCX is a format"));
        // A head that asks for more memory than there is.
        let mut huge = encoded(ImageBuffer::from_pixel(1, 1, Luma([0_u8])), ImageFormat::Bmp);
        huge[18..26].copy_from_slice(&[0xff, 0xff, 0xff, 0, 0xff, 0xff, 0xff, 0]);
        assert!(!failed(&huge, Format::Bmp).is_empty());
        assert!(failed(b"P6\n100000 100000\n255\n", Format::Pnm).contains("larger than"));
    }

    #[test]
    fn no_content_breaks_a_decoder() {
        let rgb = ImageBuffer::from_fn(5, 4, |x, y| Rgb([x as u8 * 50, y as u8 * 60, 7_u8]));
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Bmp, ImageFormat::Tiff, ImageFormat::WebP] {
            let bytes = encoded(rgb.clone(), format);
            for length in 0..bytes.len() {
                let _ = decode(&bytes[..length], Format::Png);
            }
            for place in 0..bytes.len() {
                let mut damaged = bytes.clone();
                damaged[place] ^= 0x55;
                let _ = decode(&damaged, Format::Png);
            }
        }
    }
}
