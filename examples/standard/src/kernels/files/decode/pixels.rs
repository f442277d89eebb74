//! Decoded samples as images: from red, green, blue of any type to blue, green, red of 0..1.

use chainner_sdk::{
    image::{FreshRow, WrittenRow},
    prelude::*,
};
use multiversion::multiversion;

/// What the samples of a pixel are, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// Lightness.
    Gray,
    /// Lightness and opacity; becomes colour and opacity.
    GrayAlpha,
    /// Red, green, blue.
    Rgb,
    /// Red, green, blue, opacity.
    Rgba,
}

/// Samples, row after row.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Samples {
    /// 0..255
    U8(Vec<u8>),
    /// 0..65535
    U16(Vec<u16>),
    /// 0..1
    F32(Vec<f32>),
}

impl Samples {
    /// The first of every `step`.
    pub(super) fn every(self, step: usize) -> Self {
        match self {
            Self::U8(samples) => Self::U8(samples.into_iter().step_by(step).collect()),
            Self::U16(samples) => Self::U16(samples.into_iter().step_by(step).collect()),
            Self::F32(samples) => Self::F32(samples.into_iter().step_by(step).collect()),
        }
    }
}

/// What a decoder gives.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Pixels {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) layout: Layout,
    pub(super) samples: Samples,
}

trait Sample: Copy + Sync {
    /// As a share of the greatest.
    fn share(self) -> f32;
}

impl Sample for u8 {
    #[inline(always)]
    fn share(self) -> f32 {
        f32::from(self) / 255.0
    }
}

impl Sample for u16 {
    #[inline(always)]
    fn share(self) -> f32 {
        f32::from(self) / 65535.0
    }
}

impl Sample for f32 {
    #[inline(always)]
    fn share(self) -> f32 {
        self
    }
}

impl Layout {
    /// Samples of a pixel.
    pub(super) fn samples(self) -> usize {
        match self {
            Self::Gray => 1,
            Self::GrayAlpha => 2,
            Self::Rgb => 3,
            Self::Rgba => 4,
        }
    }
}

impl Pixels {
    /// Clamped to 0..1. Missing samples are black.
    pub(super) fn into_image(mut self) -> Image {
        let len = self.width * self.height * self.layout.samples();
        match &mut self.samples {
            Samples::U8(samples) => samples.resize(len, 0),
            Samples::U16(samples) => samples.resize(len, 0),
            Samples::F32(samples) => samples.resize(len, 0.0),
        }
        match &self.samples {
            Samples::U8(samples) => self.image_of(samples),
            Samples::U16(samples) => self.image_of(samples),
            Samples::F32(samples) => self.image_of(samples),
        }
    }

    fn image_of<S: Sample>(&self, samples: &[S]) -> Image {
        let (width, height) = (self.width, self.height);
        let row = |y: usize| {
            let len = width * self.layout.samples();
            &samples[y * len..(y + 1) * len]
        };
        match self.layout {
            Layout::Gray => Image::from_fresh_rows(width, height, 1, |y, to| gray(row(y), to)),
            Layout::GrayAlpha => Image::from_fresh_rows(width, height, 4, |y, to| gray_alpha(row(y), to)),
            Layout::Rgb => Image::from_fresh_rows(width, height, 3, |y, to| rgb(row(y), to)),
            Layout::Rgba => Image::from_fresh_rows(width, height, 4, |y, to| rgba(row(y), to)),
        }
    }
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn gray<'a, S: Sample>(from: &[S], to: FreshRow<'a>) -> WrittenRow<'a> {
    to.write(from.iter().map(|sample| sample.share()))
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn gray_alpha<'a, S: Sample>(from: &[S], to: FreshRow<'a>) -> WrittenRow<'a> {
    to.write_pixels(from.as_chunks::<2>().0.iter().map(|&[value, alpha]| {
        let value = value.share();
        [value, value, value, alpha.share()]
    }))
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn rgb<'a, S: Sample>(from: &[S], to: FreshRow<'a>) -> WrittenRow<'a> {
    to.write_pixels(from.as_chunks::<3>().0.iter().map(|&[r, g, b]| [b.share(), g.share(), r.share()]))
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn rgba<'a, S: Sample>(from: &[S], to: FreshRow<'a>) -> WrittenRow<'a> {
    to.write_pixels(from.as_chunks::<4>().0.iter().map(|&[r, g, b, a]| [b.share(), g.share(), r.share(), a.share()]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_are_shares_and_blue_comes_first() {
        let image = |layout, samples| Pixels { width: 1, height: 2, layout, samples }.into_image();
        let view = |image: &Image| image.view().samples().to_vec();
        assert_eq!(view(&image(Layout::Gray, Samples::U8(vec![51, 255]))), [0.2, 1.0]);
        assert_eq!(
            view(&image(Layout::GrayAlpha, Samples::U8(vec![51, 255, 0, 0]))),
            [0.2, 0.2, 0.2, 1.0, 0.0, 0.0, 0.0, 0.0]
        );
        assert_eq!(
            view(&image(Layout::Rgb, Samples::U16(vec![65535, 0, 13107, 0, 0, 65535]))),
            [0.2, 0.0, 1.0, 1.0, 0.0, 0.0]
        );
        let given = vec![0.5, -1.0, 2.0, f32::NAN, 0.25];
        assert_eq!(
            view(&image(Layout::Rgba, Samples::F32(given))),
            [1.0, 0.0, 0.5, 0.0, 0.0, 0.0, 0.25, 0.0],
            "clamped, and what is missing is black"
        );
    }
}
