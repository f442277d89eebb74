//! Textures of DirectX: the first image, in the largest of its sizes.

use std::io::Cursor;

use ::dds::{Channels, ColorFormat, Decoder, ImageViewMut, Precision};

use super::{DecodeError, Format, Layout, Pixels, Samples, check_size};

pub(super) fn decode(bytes: &[u8]) -> Result<Pixels, DecodeError> {
    let broken = DecodeError::broken::<::dds::DecodingError>;
    let mut decoder = Decoder::new(Cursor::new(bytes)).map_err(broken(Format::Dds))?;
    let size = decoder.main_size();
    check_size(size.width, size.height)?;
    let (channels, layout) = match decoder.native_color().channels {
        Channels::Grayscale => (Channels::Grayscale, Layout::Gray),
        Channels::Rgb => (Channels::Rgb, Layout::Rgb),
        Channels::Alpha | Channels::Rgba => (Channels::Rgba, Layout::Rgba),
    };
    let (width, height) = (size.width as usize, size.height as usize);
    let is_bytes = decoder.native_color().precision == Precision::U8;
    let (precision, bytes_each) = if is_bytes { (Precision::U8, 1) } else { (Precision::F32, size_of::<f32>()) };
    let mut decoded = vec![0; width * height * layout.samples() * bytes_each];
    let view = ImageViewMut::new(&mut decoded[..], size, ColorFormat::new(channels, precision));
    decoder.read_surface(view.ok_or(DecodeError::Empty)?).map_err(broken(Format::Dds))?;
    let samples = if is_bytes {
        Samples::U8(decoded)
    } else {
        Samples::F32(decoded.as_chunks().0.iter().map(|bytes| f32::from_ne_bytes(*bytes)).collect())
    };
    Ok(Pixels { width, height, layout, samples })
}
