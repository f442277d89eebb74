//! Normal maps of heights.

use chainner_sdk::{image::for_each_row, prelude::*};
use multiversion::multiversion;

use crate::{
    categories::textures::NORMAL_MAP,
    kernels::{
        blur::gaussian,
        border::Border,
        map,
        place::{self, Around},
        slopes::{self, Filter},
    },
};

/// What the heights are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
#[choice(type_name = "HeightSource")]
pub enum HeightSource {
    /// The mean of red, green and blue.
    #[choice(label = "Average RGB", id = 0)]
    AverageRgb,
    /// The most of red, green and blue.
    #[choice(label = "Max RGB", id = 1)]
    MaxRgb,
    /// Red, green and blue as three lights on one another.
    #[choice(label = "Screen RGB", id = 2)]
    ScreenRgb,
    #[allow(missing_docs, reason = "the name says it")]
    #[choice(id = 3)]
    Red,
    #[allow(missing_docs, reason = "the name says it")]
    #[choice(id = 4)]
    Green,
    #[allow(missing_docs, reason = "the name says it")]
    #[choice(id = 5)]
    Blue,
    /// Opacity; all is as high as can be where there is none.
    #[choice(id = 6)]
    Alpha,
}

/// Which pixels around make up a slope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
#[choice(type_name = "EdgeFilter")]
pub enum EdgeFilter {
    /// Smoothed 1 : 2 : 1.
    #[choice(label = "Sobel (dUdV) (3x3)")]
    Sobel,
    /// By the inverse square of how far they are.
    #[choice(label = "Sobel-like (5x5)", id = "sobel-like-5")]
    SobelLike5,
    /// Less the farther they are.
    #[choice(label = "Sobel-like (7x7)", id = "sobel-like-7")]
    SobelLike7,
    /// Less the farther they are.
    #[choice(label = "Sobel-like (9x9)", id = "sobel-like-9")]
    SobelLike9,
    /// Smoothed 1 : 1 : 1.
    #[choice(label = "Prewitt (3x3)")]
    Prewitt,
    /// Smoothed 3 : 10 : 3, the same in all directions.
    #[choice(label = "Scharr (3x3)")]
    Scharr,
    /// The two neighbours.
    #[choice(label = "4 Sample (1x3)", id = "4-sample")]
    FourSample,
    /// Large and small shapes, each as strong as is wanted.
    #[choice(label = "Multi Gaussian", id = "multi-gauss")]
    MultiGauss,
}

/// The fourth channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
#[choice(type_name = "AlphaOutput")]
pub enum AlphaOutput {
    /// There is none.
    None,
    /// That of the image.
    Unchanged,
    /// The heights.
    Height,
    /// It is opaque.
    #[choice(label = "Set to 1")]
    One,
}

/// Makes a normal map of an image, whose brightness or opacity is taken for height.
///
/// A slope is the change of height over a pixel. The map is made for a green that is down (DirectX) unless it is inverted.
#[node(
    id = "chainner_native:image:normal_generator",
    group = NORMAL_MAP,
    name = "Normal Map Generator",
    icon = "MdOutlineAutoFixHigh",
)]
#[output(
    label = "Normal Map",
    navi = Image { channels: "match $alpha { AlphaOutput::None => 3, _ => 4 }" },
    size_as = image,
)]
#[layout(
    image,
    tileable,
    height,
    blur_sharp,
    min_z,
    scale,
    filter,
    when(filter == EdgeFilter::MultiGauss)[scale_1, scale_2, scale_3, scale_4, scale_5, scale_6, scale_7, scale_8],
    icon_set("Invert")[invert_r, invert_g],
    alpha,
)]
#[allow(clippy::too_many_arguments, reason = "the inputs of the app's node")]
pub fn normal_generator(
    #[input(channels = [1, 3, 4])] image: ImageView<'_>,
    /// The image goes on at its other side.
    #[input(id = 16, hint)]
    tileable: bool,
    #[input(id = 1, label_style = inline)] height: HeightSource,
    /// Blurs (below 0) or sharpens (above) the heights; the standard deviation in pixels.
    #[input(id = 2, label = "Blur/Sharp", range = -20.0..=20.0, step = 0.1, precision = 1, slider)]
    blur_sharp: f64,
    /// What is less high than this is made as high.
    #[input(id = 3, label = "Min Z", range = 0.0..=1.0, step = 0.05, slider_step = 0.01, precision = 3, slider, label_style = inline)]
    min_z: f32,
    /// How much higher all is made.
    #[input(id = 4, default = 1.0, range = 0.0..=100.0, step = 0.1, precision = 3, slider, scale = log_offset, label_style = inline)]
    scale: f32,
    #[input(id = 5, label_style = inline)] filter: EdgeFilter,
    /// The smallest shapes.
    #[input(id = 8, default = 0.25, range = 0.0..=10.0, step = 0.1, precision = 3, slider, scale = log_offset, label_style = inline, handle = false)]
    scale_1: f32,
    #[input(id = 9, default = 0.5, range = 0.0..=10.0, step = 0.1, precision = 3, slider, scale = log_offset, label_style = inline, handle = false)]
    scale_2: f32,
    #[input(id = 10, default = 0.3, range = 0.0..=10.0, step = 0.1, precision = 3, slider, scale = log_offset, label_style = inline, handle = false)]
    scale_3: f32,
    #[input(id = 11, default = 0.25, range = 0.0..=10.0, step = 0.1, precision = 3, slider, scale = log_offset, label_style = inline, handle = false)]
    scale_4: f32,
    #[input(id = 12, default = 0.2, range = 0.0..=10.0, step = 0.1, precision = 3, slider, scale = log_offset, label_style = inline, handle = false)]
    scale_5: f32,
    #[input(id = 13, default = 0.15, range = 0.0..=10.0, step = 0.1, precision = 3, slider, scale = log_offset, label_style = inline, handle = false)]
    scale_6: f32,
    #[input(id = 14, default = 0.1, range = 0.0..=10.0, step = 0.1, precision = 3, slider, scale = log_offset, label_style = inline, handle = false)]
    scale_7: f32,
    /// The largest shapes.
    #[input(id = 15, default = 0.1, range = 0.0..=10.0, step = 0.1, precision = 3, slider, scale = log_offset, label_style = inline, handle = false)]
    scale_8: f32,
    /// Red is to the left.
    #[input(id = 17, icon = "R")]
    invert_r: bool,
    /// Green is up.
    #[input(id = 18, icon = "G")]
    invert_g: bool,
    #[input(id = 7, label_style = inline)] alpha: AlphaOutput,
) -> Image {
    let filter = match filter {
        EdgeFilter::Sobel => Filter::Sobel,
        EdgeFilter::SobelLike5 => Filter::Sobel5,
        EdgeFilter::SobelLike7 => Filter::Sobel7,
        EdgeFilter::SobelLike9 => Filter::Sobel9,
        EdgeFilter::Prewitt => Filter::Prewitt,
        EdgeFilter::Scharr => Filter::Scharr,
        EdgeFilter::FourSample => Filter::Neighbors,
        EdgeFilter::MultiGauss => {
            Filter::Bells([scale_1, scale_2, scale_3, scale_4, scale_5, scale_6, scale_7, scale_8])
        }
    };
    // A blurred tile is seen so far beyond its edges, and blurred as the middle of that.
    let margin =
        if tileable && blur_sharp != 0.0 { ((2.0 * blur_sharp.abs()).ceil() as usize).max(filter.reach()) } else { 0 };
    let size = [image.width() + 2 * margin, image.height() + 2 * margin];
    let mut heights = heights(image, height);
    if margin > 0 && !image.samples().is_empty() {
        heights = place::pad(heights.view(), [margin; 2], size, Around::Tiled);
    }
    let heights = finished(heights.view(), blur_sharp, min_z);
    let heights = ImageView::new(&heights, size[0], size[1], 1).expect("a height for each pixel");
    let border = if tileable { Border::Wrap } else { Border::Mirror };
    let signs = [invert_r, invert_g].map(|invert| if invert { -0.5 } else { 0.5 });
    let channels = if alpha == AlphaOutput::None { 3 } else { 4 };
    slopes::falls(heights, margin, filter, border, channels, |y, falls, to| {
        if channels == 3 {
            return write::<3>(falls, scale, signs, to);
        }
        write::<4>(falls, scale, signs, to);
        let to = to.as_chunks_mut::<4>().0.iter_mut();
        match alpha {
            AlphaOutput::Height => {
                to.zip(&heights.row(y + margin)[margin..]).for_each(|(to, height)| to[3] = height * scale)
            }
            AlphaOutput::Unchanged if image.channels() == 4 => {
                to.zip(image.row(y).as_chunks::<4>().0).for_each(|(to, pixel)| to[3] = pixel[3]);
            }
            _ => to.for_each(|to| to[3] = 1.0),
        }
    })
}

/// The heights of an image, 0..1.
fn heights(image: ImageView<'_>, source: HeightSource) -> Image {
    let of = |[b, g, r, a]: [f32; 4]| match source {
        HeightSource::AverageRgb => (r + g + b) / 3.0,
        HeightSource::MaxRgb => r.max(g).max(b),
        HeightSource::ScreenRgb => 1.0 - (1.0 - r) * (1.0 - g) * (1.0 - b),
        HeightSource::Red => r,
        HeightSource::Green => g,
        HeightSource::Blue => b,
        HeightSource::Alpha => a,
    };
    match image.channels() {
        1 => map::samples(image, move |v| of([v, v, v, 1.0])),
        3 => map::pixels(image, move |[b, g, r]: [f32; 3]| [of([b, g, r, 1.0])]),
        _ => map::pixels(image, move |pixel: [f32; 4]| [of(pixel)]),
    }
}

/// Blurred or sharpened, and cut off unless `least` is 0. What is sharpened can be less than 0 and more than 1.
fn finished(heights: ImageView<'_>, blur_sharp: f64, least: f32) -> Vec<f32> {
    let (width, height) = (heights.width(), heights.height());
    let sigma = blur_sharp.abs();
    let blurred = (sigma > 0.0 && !heights.samples().is_empty()).then(|| gaussian::blur(heights, sigma, sigma));
    let mut finished = vec![0.0; width * height];
    for_each_row(&mut finished, width, |y, to| {
        match &blurred {
            None => to.copy_from_slice(heights.row(y)),
            Some(blurred) if blur_sharp < 0.0 => to.copy_from_slice(blurred.view().row(y)),
            Some(blurred) => {
                let rows = heights.row(y).iter().zip(blurred.view().row(y));
                to.iter_mut().zip(rows).for_each(|(to, (own, blurred))| *to = 2.0 * own - blurred);
            }
        }
        if least > 0.0 {
            to.iter_mut().for_each(|sample| *sample = sample.max(least));
        }
    });
    finished
}

/// Directions of surfaces that fall so much to the right and down, times `scale`.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn write<const N: usize>([right, down]: [&[f32]; 2], scale: f32, signs: [f32; 2], to: &mut [f32]) {
    for ((to, right), down) in to.as_chunks_mut::<N>().0.iter_mut().zip(right).zip(down) {
        let (x, y) = (right * scale, down * scale);
        let up = 1.0 / (x * x + y * y + 1.0).sqrt();
        to[0] = up;
        to[1] = y * up * signs[1] + 0.5;
        to[2] = x * up * signs[0] + 0.5;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sharpened_beyond_black_and_white_counts() {
        let edge = Image::from_rows(20, 4, 1, |_, row| row[10..].fill(1.0));
        let row = |least: f32| finished(edge.view(), 2.0, least)[40..60].to_vec();
        assert!(row(0.0)[10] > 1.1 && row(0.0)[9] < -0.1, "{:?}", row(0.0));
        assert_eq!(row(0.25)[9], 0.25);
    }
}
