//! Denoise.

use chainner_sdk::{image::for_each_row, prelude::*};

use crate::{
    categories::filters::NOISE,
    kernels::{
        color::lab::bytes,
        denoise::{self, Strength},
    },
};

/// Takes away noise: each pixel becomes the mean of those whose surroundings look like its own.
///
/// Lightness and colour are denoised apart. Opacity stays as it is, in 8 bits.
#[node(
    id = "chainner_native:image:fast_nlmeans",
    group = NOISE,
    name = "Denoise",
    icon = "CgEditNoise",
    limited_to_8bit = "The image is turned into 8 bits per channel.",
)]
#[output(same_as = image)]
pub fn fast_nlmeans(
    #[input(channels = [1, 3, 4])] image: ImageView<'_>,
    /// How strong the noise of lightness is, in levels of 8 bits.
    #[input(label = "Luminance strength", default = 3.0, range = 0.0..=50.0, step = 0.1, slider)]
    luminance_strength: f64,
    /// How strong the noise of colour is, in levels of 8 bits.
    #[input(label = "Color strength", default = 3.0, range = 0.0..=50.0, step = 0.1, slider, when(is(image, "Image { channels: 3 | 4 }")))]
    color_strength: f64,
    /// How much around a pixel is compared.
    #[input(label = "Patch radius", default = 3, range = 1..=30, label_style = default)]
    patch_radius: u32,
    /// How far away pixels are looked for.
    #[input(label = "Search radius", default = 10, range = 1..=30, label_style = default)]
    search_radius: u32,
) -> Image {
    let (width, height) = (image.width(), image.height());
    let strength = |levels| Strength { levels, patch: patch_radius as usize, search: search_radius as usize };
    let byte = |sample: f32| (sample * 255.0).round_ties_even() as u8;
    if image.channels() == 1 {
        let mut plane = vec![0; width * height];
        for_each_row(&mut plane, width, |y, to| {
            to.iter_mut().zip(image.row(y)).for_each(|(to, &sample)| *to = byte(sample));
        });
        let [plane] = denoise::denoise([&plane], width, strength(luminance_strength));
        return Image::from_rows(width, height, 1, |y, to| {
            to.iter_mut().zip(&plane[y * width..]).for_each(|(to, level)| *to = f32::from(*level) / 255.0);
        });
    }
    let channels = image.channels();
    let mut colors = vec![[0; 3]; width * height];
    for_each_row(&mut colors, width, |y, to| {
        for (to, pixel) in to.iter_mut().zip(image.row(y).chunks_exact(channels)) {
            *to = bytes::of_bgr([0, 1, 2].map(|i| byte(pixel[i])));
        }
    });
    let [l, a, b] = [0, 1, 2].map(|i| colors.iter().map(|color| color[i]).collect::<Vec<u8>>());
    let [l] = denoise::denoise([&l], width, strength(luminance_strength));
    let [a, b] = denoise::denoise([&a, &b], width, strength(color_strength));
    Image::from_rows(width, height, channels, |y, to| {
        for (x, (to, from)) in to.chunks_exact_mut(channels).zip(image.row(y).chunks_exact(channels)).enumerate() {
            let i = y * width + x;
            let bgr = bytes::to_bgr([l[i], a[i], b[i]]);
            to.iter_mut().zip(bgr).for_each(|(to, level)| *to = f32::from(level) / 255.0);
            if let ([.., to], [_, _, _, alpha]) = (to, from) {
                *to = f32::from(byte(*alpha)) / 255.0;
            }
        }
    })
}
