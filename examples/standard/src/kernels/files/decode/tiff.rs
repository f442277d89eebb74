//! TIFF: the first image, upright.
//!
//! As with libtiff's reading as RGBA, through which the app goes, colours of 8 bits become those multiplied by their opacity where the
//! file says that they are not yet, and ink becomes colour that is opaque. Opacity beside lightness is left out.

use std::io::Cursor;

use ::image::codecs::tiff::TiffDecoder;
use ::tiff::{
    ColorType, TiffError,
    decoder::{Decoder, DecodingResult, Limits},
    tags::{ExtraSamples, Tag},
};

use super::{DecodeError, Format, Layout, Pixels, Samples, check_size, of_image_crate, orientation::Orientation};

pub(super) fn decode(bytes: &[u8]) -> Result<Pixels, DecodeError> {
    let broken = |error: TiffError| DecodeError::broken(Format::Tiff)(error);
    let mut decoder = Decoder::new(Cursor::new(bytes)).map_err(broken)?.with_limits(Limits::unlimited());
    let (width, height) = decoder.dimensions().map_err(broken)?;
    check_size(width, height)?;
    let color = decoder.colortype().map_err(broken)?;
    let number = |decoder: &mut Decoder<_>, tag| decoder.find_tag_unsigned_vec::<u16>(tag).ok().flatten();
    let orientation = number(&mut decoder, Tag::Orientation).and_then(|numbers| numbers.first().copied());
    let extra = number(&mut decoder, Tag::ExtraSamples).and_then(|numbers| numbers.first().copied());
    let pixels = match color {
        // What `image` knows no type of pixels for.
        ColorType::Gray(32 | 64) | ColorType::RGB(64) | ColorType::RGBA(64) | ColorType::Multiband { .. } => {
            let mut decoded = DecodingResult::U8(Vec::new());
            let layout = decoder.read_image_to_buffer(&mut decoded).map_err(broken)?;
            let unsupported = || DecodeError::Broken {
                format: Format::Tiff,
                reason: format!("{color:?} of {} planes has no decoder here", layout.planes),
            };
            if layout.planes > 1 {
                return Err(unsupported());
            }
            let samples = match decoded {
                DecodingResult::U8(samples) => Samples::U8(samples),
                DecodingResult::U16(samples) => Samples::U16(samples),
                DecodingResult::F32(samples) => Samples::F32(samples),
                DecodingResult::F64(samples) => Samples::F32(samples.into_iter().map(|sample| sample as f32).collect()),
                _ => return Err(unsupported()),
            };
            let (layout, samples) = match color {
                ColorType::Gray(_) => (Layout::Gray, samples),
                ColorType::RGB(_) => (Layout::Rgb, samples),
                ColorType::RGBA(_) => (Layout::Rgba, samples),
                ColorType::Multiband { bit_depth: 8 | 16 | 32, num_samples: 2 } => (Layout::Gray, samples.every(2)),
                _ => return Err(unsupported()),
            };
            Pixels { width: width as usize, height: height as usize, layout, samples }
        }
        _ => {
            let mut pixels = of_image_crate(TiffDecoder::new(Cursor::new(bytes)), Format::Tiff)?;
            match (color, &mut pixels.samples) {
                (ColorType::RGBA(8), Samples::U8(samples))
                    if extra == Some(ExtraSamples::UnassociatedAlpha.to_u16()) =>
                {
                    premultiply(samples);
                }
                (ColorType::CMYK(8), Samples::U8(samples)) if pixels.layout == Layout::Rgb => {
                    *samples = samples.as_chunks::<3>().0.iter().flat_map(|&[r, g, b]| [r, g, b, 255]).collect();
                    pixels.layout = Layout::Rgba;
                }
                _ => {}
            }
            pixels
        }
    };
    Ok(pixels.upright(Orientation(orientation.unwrap_or(1))))
}

/// Rounded to the nearest.
fn premultiply(samples: &mut [u8]) {
    for [r, g, b, a] in samples.as_chunks_mut::<4>().0 {
        for color in [r, g, b] {
            *color = ((u16::from(*color) * u16::from(*a) + 127) / 255) as u8;
        }
    }
}
