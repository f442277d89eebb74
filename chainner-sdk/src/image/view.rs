//! Borrowed images.

use std::fmt;

use super::{Bgr, Bgra, Gray, Image, Pixel, describe, pixel};

/// An image somebody else owns: the argument type of image inputs.
///
/// Samples lie without gaps, row after row, `channels` of them for each pixel, in B, G, R(, A) order. An array from Python in
/// this layout is borrowed as it is; any other layout is copied into it once. Values are 0..1 by convention only: an image may
/// carry NaN or values outside when its node did not clamp them.
#[derive(Clone, Copy, PartialEq)]
pub struct ImageView<'a> {
    samples: &'a [f32],
    width: usize,
    height: usize,
    channels: usize,
}

/// The pixels of an image, typed by their number of channels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Pixels<'a> {
    /// One channel.
    Gray(&'a [Gray]),
    /// Three channels.
    Bgr(&'a [Bgr]),
    /// Four channels.
    Bgra(&'a [Bgra]),
    /// Any other number of channels, as samples.
    Other(&'a [f32]),
}

impl<'a> ImageView<'a> {
    /// Samples seen as an image; `None` unless there are `width * height * channels` of them.
    pub fn new(samples: &'a [f32], width: usize, height: usize, channels: usize) -> Option<Self> {
        let len = width.checked_mul(height)?.checked_mul(channels)?;
        (samples.len() == len).then_some(Self { samples, width, height, channels })
    }

    /// Pixels in a row.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Number of rows.
    pub fn height(&self) -> usize {
        self.height
    }

    /// Samples of a pixel.
    pub fn channels(&self) -> usize {
        self.channels
    }

    /// Channels that carry colour: all but the opacity of four-channel images.
    pub fn color_channels(&self) -> usize {
        if self.channels == 4 { 3 } else { self.channels }
    }

    /// All samples, row after row.
    pub fn samples(&self) -> &'a [f32] {
        self.samples
    }

    /// The samples of row `y`.
    ///
    /// # Panics
    /// When there is no such row.
    pub fn row(&self, y: usize) -> &'a [f32] {
        let len = self.width * self.channels;
        &self.samples[y * len..(y + 1) * len]
    }

    /// The samples of the pixel at column `x` of row `y`.
    ///
    /// # Panics
    /// When there is no such pixel.
    pub fn pixel(&self, x: usize, y: usize) -> &'a [f32] {
        &self.row(y)[x * self.channels..(x + 1) * self.channels]
    }

    /// The pixels with named components.
    pub fn pixels(&self) -> Pixels<'a> {
        if let Some(pixels) = self.as_pixels() {
            Pixels::Gray(pixels)
        } else if let Some(pixels) = self.as_pixels() {
            Pixels::Bgr(pixels)
        } else if let Some(pixels) = self.as_pixels() {
            Pixels::Bgra(pixels)
        } else {
            Pixels::Other(self.samples)
        }
    }

    /// The pixels as `P`; `None` if the number of channels differs.
    pub fn as_pixels<P: Pixel>(&self) -> Option<&'a [P]> {
        pixel::cast(self.samples, self.channels)
    }

    /// A copy that can be changed and returned.
    pub fn to_image(&self) -> Image {
        Image::copy_of(*self)
    }

    /// A new image of the same shape from `f(x, y, sample)` of each colour sample; opacity stays. Large images are worked on
    /// by several threads. The result is clamped to 0..1.
    pub fn map_colors(&self, f: impl Fn(usize, usize, f32) -> f32 + Sync) -> Image {
        let (channels, colors) = (self.channels, self.color_channels());
        Image::from_rows(self.width, self.height, channels, |y, target| {
            let pixels = self.row(y).chunks_exact(channels).zip(target.chunks_exact_mut(channels));
            for (x, (from, to)) in pixels.enumerate() {
                to.copy_from_slice(from);
                to[..colors].iter_mut().for_each(|sample| *sample = f(x, y, *sample));
            }
        })
    }
}

impl fmt::Display for ImageView<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&describe(self.width, self.height, self.channels))
    }
}

impl fmt::Debug for ImageView<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ImageView({self})")
    }
}
