//! Point-wise work: each sample or pixel of the result depends on those at the same place.
//!
//! One pass over the image: rows are shared among threads, each is computed and clamped while it is in the cache, straight into the
//! memory of the result. The loops are plain Rust, compiled for several instruction sets and chosen at run time; nothing here
//! contracts a multiplication and an addition into one, so all of them give the same bits.

use std::hint::select_unpredictable;

use chainner_sdk::{
    image::{FreshRow, WrittenRow},
    prelude::*,
};
use multiversion::multiversion;

/// Each sample by itself, opacity too.
pub fn samples(image: ImageView<'_>, f: impl Fn(f32) -> f32 + Copy + Sync) -> Image {
    Image::from_fresh_rows(image.width(), image.height(), image.channels(), |y, to| map_samples(image.row(y), to, f))
}

/// Each colour sample by itself: the first three of a pixel. What follows, opacity mostly, stays.
pub fn colors(image: ImageView<'_>, f: impl Fn(f32) -> f32 + Copy + Sync) -> Image {
    let channels = image.channels();
    match channels {
        0..=3 => samples(image, f),
        4 => Image::from_fresh_rows(image.width(), image.height(), 4, |y, to| map_colors(image.row(y), to, f)),
        _ => image.map_rows(|_, row| {
            row.chunks_exact_mut(channels).flat_map(|pixel| &mut pixel[..3]).for_each(|sample| *sample = f(*sample));
        }),
    }
}

/// Samples of the chosen channels by themselves, of images of up to four channels; the others stay.
pub fn chosen(image: ImageView<'_>, chosen: [bool; 4], f: impl Fn(f32) -> f32 + Copy + Sync) -> Image {
    match (image.channels(), chosen) {
        (1, [false, ..]) => image.to_image(),
        (1, _) | (3, [true, true, true, _]) | (_, [true, true, true, true]) => samples(image, f),
        (4, [true, true, true, false]) => colors(image, f),
        (3, _) => {
            pixels::<3, 3>(image, move |from| std::array::from_fn(|i| if chosen[i] { f(from[i]) } else { from[i] }))
        }
        (4, _) => {
            pixels::<4, 4>(image, move |from| std::array::from_fn(|i| if chosen[i] { f(from[i]) } else { from[i] }))
        }
        (channels, _) => image.map_rows(|_, row| {
            for pixel in row.chunks_exact_mut(channels) {
                pixel.iter_mut().zip(chosen).filter(|(_, chosen)| *chosen).for_each(|(sample, _)| *sample = f(*sample));
            }
        }),
    }
}

/// Each channel along a line of its own, factor and summand; of up to four channels.
pub fn lines(image: ImageView<'_>, lines: [[f32; 2]; 4]) -> Image {
    let line = |sample: f32, [factor, summand]: [f32; 2]| sample * factor + summand;
    match image.channels() {
        1 => samples(image, move |sample| line(sample, lines[0])),
        3 if lines[0] == lines[1] && lines[1] == lines[2] => samples(image, move |sample| line(sample, lines[0])),
        3 => pixels::<3, 3>(image, move |from| std::array::from_fn(|i| line(from[i], lines[i]))),
        4 => pixels::<4, 4>(image, move |from| std::array::from_fn(|i| line(from[i], lines[i]))),
        channels => image.map_rows(|_, row| {
            for pixel in row.chunks_exact_mut(channels) {
                pixel.iter_mut().zip(lines).for_each(|(sample, along)| *sample = line(*sample, along));
            }
        }),
    }
}

/// Each pixel by itself, from `N` samples to `M`.
///
/// # Panics
/// When the image does not have `N` channels.
pub fn pixels<const N: usize, const M: usize>(
    image: ImageView<'_>,
    f: impl Fn([f32; N]) -> [f32; M] + Copy + Sync,
) -> Image {
    assert_eq!(image.channels(), N, "the caller asks for the channels first");
    Image::from_fresh_rows(image.width(), image.height(), M, |y, to| map_pixels(image.row(y), to, f))
}

/// As [`colors`], for work that takes longer than memory does: rows are cleared, worked on and clamped, three light passes in the
/// cache, and in return the loop is one over slices, which becomes one over vectors however long `f` is.
pub fn colors_worked(image: ImageView<'_>, f: impl Fn(f32) -> f32 + Copy + Sync) -> Image {
    match image.channels() {
        4 => Image::from_rows(image.width(), image.height(), 4, |y, to| work_colors(image.row(y), to, f)),
        _ => colors(image, f),
    }
}

/// As [`pixels`], for work that takes longer than memory does: see [`colors_worked`].
///
/// # Panics
/// When the image does not have `N` channels.
pub fn pixels_worked<const N: usize, const M: usize>(
    image: ImageView<'_>,
    f: impl Fn([f32; N]) -> [f32; M] + Copy + Sync,
) -> Image {
    assert_eq!(image.channels(), N, "the caller asks for the channels first");
    Image::from_rows(image.width(), image.height(), M, |y, to| work_pixels(image.row(y), to, f))
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn work_colors<F: Fn(f32) -> f32 + Copy>(from: &[f32], to: &mut [f32], f: F) {
    /// Four pixels at a time: which sample is opacity is then known at compile time, and the choice becomes a constant mask.
    const BLOCK: usize = 16;
    let (from, from_rest) = from.as_chunks::<BLOCK>();
    let (to, to_rest) = to.as_chunks_mut::<BLOCK>();
    // Of opacity too, so that there is no branch around it.
    let map = |i: usize, sample: f32| select_unpredictable(i % 4 == 3, sample, f(sample));
    for (to, from) in to.iter_mut().zip(from) {
        for i in 0..BLOCK {
            to[i] = map(i, from[i]);
        }
    }
    for (i, (to, from)) in to_rest.iter_mut().zip(from_rest).enumerate() {
        *to = map(i, *from);
    }
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn work_pixels<const N: usize, const M: usize, F: Fn([f32; N]) -> [f32; M] + Copy>(from: &[f32], to: &mut [f32], f: F) {
    for (to, from) in to.as_chunks_mut::<M>().0.iter_mut().zip(from.as_chunks::<N>().0) {
        *to = f(*from);
    }
}

/// As [`samples`], on a row.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
pub fn map_samples<'a, F: Fn(f32) -> f32 + Copy>(from: &[f32], to: FreshRow<'a>, f: F) -> WrittenRow<'a> {
    to.write(from.iter().map(|&sample| f(sample)))
}

/// As [`colors`], on a row of pixels of four samples.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
pub fn map_colors<'a, F: Fn(f32) -> f32 + Copy>(from: &[f32], to: FreshRow<'a>, f: F) -> WrittenRow<'a> {
    to.write((0_u32..).zip(from).map(|(i, &sample)| {
        // Chosen by bits: a branch around `f` would keep the loop from becoming one over vectors.
        let opacity = if i & 3 == 3 { u32::MAX } else { 0 };
        f32::from_bits((sample.to_bits() & opacity) | (f(sample).to_bits() & !opacity))
    }))
}

/// As [`pixels`], on a row.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
pub fn map_pixels<'a, const N: usize, const M: usize, F: Fn([f32; N]) -> [f32; M] + Copy>(
    from: &[f32],
    to: FreshRow<'a>,
    f: F,
) -> WrittenRow<'a> {
    to.write_pixels(from.as_chunks::<N>().0.iter().map(|&pixel| f(pixel)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn image(channels: usize) -> Image {
        Image::from_rows(37, 5, channels, |y, row| {
            row.iter_mut().enumerate().for_each(|(x, sample)| *sample = ((x * 7 + y * 13) % 101) as f32 / 100.0);
        })
    }

    #[test]
    fn fast_and_plain_maps_give_the_same_bits() {
        let f = |sample: f32| sample * 0.7 + 0.1;
        for channels in [1, 2, 3, 4, 5] {
            let from = image(channels);
            let plain: Vec<f32> = from.view().samples().iter().map(|&sample| f(sample)).collect();
            assert_eq!(samples(from.view(), f).view().samples(), plain);
            let opacity = |i: usize| i % channels >= 3;
            let kept: Vec<f32> = from
                .view()
                .samples()
                .iter()
                .zip(&plain)
                .enumerate()
                .map(|(i, (from, to))| if opacity(i) { *from } else { *to })
                .collect();
            assert_eq!(colors(from.view(), f).view().samples(), kept);
            assert_eq!(colors_worked(from.view(), f).view().samples(), kept);
        }
    }

    #[test]
    fn pixels_may_change_their_number_of_samples() {
        let from = image(3);
        let gray = pixels(from.view(), |[b, g, r]| [b.max(g).max(r)]);
        assert_eq!(gray.channels(), 1);
        assert_eq!(pixels_worked(from.view(), |[b, g, r]| [b.max(g).max(r)]), gray);
        for (y, x) in [(0, 0), (4, 36)] {
            assert_eq!(gray.view().pixel(x, y)[0], from.view().pixel(x, y).iter().copied().fold(0.0, f32::max));
        }
    }
}
