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
    #[track_caller]
    pub fn row(&self, y: usize) -> &'a [f32] {
        let len = self.width * self.channels;
        &self.samples[y * len..(y + 1) * len]
    }

    /// The samples of the pixel at column `x` of row `y`.
    ///
    /// # Panics
    /// When there is no such pixel.
    #[track_caller]
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

    /// A new image of the same shape whose rows are changed by `f(y, row)`, each starting as a copy of this image's row. Large
    /// images are worked on by several threads. The result is clamped to 0..1.
    pub fn map_rows(&self, f: impl Fn(usize, &mut [f32]) + Sync) -> Image {
        Image::from_changed_rows(*self, f)
    }

    /// A new image of the same shape from `f(x, y, sample)` of each colour sample; opacity stays. Otherwise as
    /// [`map_rows`](Self::map_rows).
    pub fn map_colors(&self, f: impl Fn(usize, usize, f32) -> f32 + Sync) -> Image {
        let (channels, colors) = (self.channels, self.color_channels());
        self.map_rows(|y, row| {
            for (x, pixel) in row.chunks_exact_mut(channels).enumerate() {
                pixel[..colors].iter_mut().for_each(|sample| *sample = f(x, y, *sample));
            }
        })
    }

    /// A new image of the same shape from `f(x, y, color)` of each pixel's colour; opacity stays. Otherwise as
    /// [`map_rows`](Self::map_rows).
    ///
    /// Images without three colour channels are mapped sample by sample: each as the grey of its value, of whose new colour the
    /// [brightness](Bgr::luma) is kept.
    pub fn map_bgr(&self, f: impl Fn(usize, usize, Bgr) -> Bgr + Sync) -> Image {
        let channels = self.channels;
        if self.color_channels() != Bgr::CHANNELS {
            return self.map_colors(|x, y, v| f(x, y, Bgr { b: v, g: v, r: v }).luma());
        }
        self.map_rows(|y, row| {
            for (x, pixel) in row.chunks_exact_mut(channels).enumerate() {
                let Bgr { b, g, r } = f(x, y, Bgr { b: pixel[0], g: pixel[1], r: pixel[2] });
                pixel[..Bgr::CHANNELS].copy_from_slice(&[b, g, r]);
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
