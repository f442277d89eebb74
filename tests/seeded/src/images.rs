//! Mistakes with pixels.

use std::sync::atomic::{AtomicU64, Ordering};

use chainner_sdk::{image::for_each_row, prelude::*};

use crate::{BUGGY, SOUND};

/// Computes on the scale 0..255.
#[node(id = "seeded:buggy:scale", group = BUGGY)]
#[output(same_as = image)]
pub fn scale_buggy(image: ImageView<'_>, #[input(default = 0.9, range = 0.0..=1.0)] gain: f32) -> Image {
    image.map_colors(|_, _, sample| sample * 255.0 * gain)
}

/// Computes on the scale 0..1, and may drive samples far beyond it where the artist asks for that.
#[node(id = "seeded:sound:scale", group = SOUND)]
#[output(same_as = image)]
pub fn scale_sound(image: ImageView<'_>, #[input(default = 1.5, range = 0.0..=500.0)] gain: f32) -> Image {
    image.map_colors(|_, _, sample| sample * gain)
}

/// Rounds to 8 bits on the way.
#[node(id = "seeded:buggy:eight_bit", group = BUGGY)]
#[output(same_as = image)]
pub fn eight_bit_buggy(image: ImageView<'_>) -> Image {
    image.map_colors(|_, _, sample| f32::from(255 - (sample * 255.0) as u8) / 255.0)
}

/// Inverts with all the bits there are.
#[node(id = "seeded:sound:eight_bit", group = SOUND)]
#[output(same_as = image)]
pub fn eight_bit_sound(image: ImageView<'_>) -> Image {
    image.map_colors(|_, _, sample| 1.0 - sample)
}

/// Rounds to 8 bits, and says so.
#[node(id = "seeded:sound:declared_eight_bit", group = SOUND, limited_to_8bit)]
#[output(same_as = image)]
pub fn declared_eight_bit_sound(image: ImageView<'_>) -> Image {
    image.map_colors(|_, _, sample| f32::from((sample * 255.0) as u8) / 255.0)
}

/// Rounds to few levels, as posters are printed.
#[node(id = "seeded:sound:posterise", group = SOUND)]
#[output(same_as = image)]
pub fn posterise_sound(image: ImageView<'_>, #[input(default = 16, range = 2..=256)] levels: u32) -> Image {
    let last = (levels - 1) as f32;
    image.map_colors(|_, _, sample| (sample * last).round() / last)
}

/// Makes the image as wide as it is high, and as high as it is wide.
#[node(id = "seeded:buggy:axes", group = BUGGY)]
#[output(same_as = image)]
pub fn axes_buggy(image: ImageView<'_>) -> Image {
    turned(image)
}

/// Turns the image, and says so.
#[node(id = "seeded:sound:axes", group = SOUND)]
#[output(width = image.height, height = image.width)]
pub fn axes_sound(image: ImageView<'_>) -> Image {
    turned(image)
}

fn turned(image: ImageView<'_>) -> Image {
    let channels = image.channels();
    Image::from_rows(image.height(), image.width(), channels, |y, row| {
        for (x, pixel) in row.chunks_exact_mut(channels).enumerate() {
            pixel.copy_from_slice(image.pixel(y, x));
        }
    })
}

/// Is one column too wide.
#[node(id = "seeded:buggy:size", group = BUGGY)]
#[output(width = max(1, floor(image.width / 2)), height = image.height)]
pub fn size_buggy(image: ImageView<'_>) -> Image {
    Image::new(image.width() / 2 + 1, image.height(), image.channels())
}

/// Halves the width as it says.
#[node(id = "seeded:sound:size", group = SOUND)]
#[output(width = max(1, floor(image.width / 2)), height = image.height)]
pub fn size_sound(image: ImageView<'_>) -> Image {
    Image::new((image.width() / 2).max(1), image.height(), image.channels())
}

/// Returns three channels where four are promised.
#[node(id = "seeded:buggy:channels", group = BUGGY)]
#[output(channels = 4)]
pub fn channels_buggy(#[input(channels = [3, 4])] image: ImageView<'_>) -> Image {
    image.to_image()
}

/// Adds an opacity where there is none.
#[node(id = "seeded:sound:channels", group = SOUND)]
#[output(size_as = image, channels = 4)]
pub fn channels_sound(#[input(channels = [3, 4])] image: ImageView<'_>) -> Image {
    let channels = image.channels();
    Image::from_rows(image.width(), image.height(), 4, |y, row| {
        for (to, from) in row.chunks_exact_mut(4).zip(image.row(y).chunks_exact(channels)) {
            to[3] = 1.0;
            to[..channels].copy_from_slice(from);
        }
    })
}

/// Multiplies the opacity as if it were a colour.
#[node(id = "seeded:buggy:opacity_gain", group = BUGGY)]
#[output(same_as = image)]
pub fn opacity_gain_buggy(image: ImageView<'_>, #[input(default = 1.5, range = 0.0..=4.0)] gain: f32) -> Image {
    image.map_rows(|_, row| row.iter_mut().for_each(|sample| *sample *= gain))
}

/// Multiplies colours only.
#[node(id = "seeded:sound:opacity_gain", group = SOUND)]
#[output(same_as = image)]
pub fn opacity_gain_sound(image: ImageView<'_>, #[input(default = 1.5, range = 0.0..=4.0)] gain: f32) -> Image {
    image.map_colors(|_, _, sample| sample * gain)
}

/// Makes an image half transparent, as fades do.
#[node(id = "seeded:sound:fade", group = SOUND)]
#[output(same_as = image)]
pub fn fade_sound(
    #[input(channels = 4)] image: ImageView<'_>,
    #[input(default = 0.5, range = 0.0..=1.0)] by: f32,
) -> Image {
    image.map_rows(|_, row| row.chunks_exact_mut(4).for_each(|pixel| pixel[3] *= by))
}

/// Stretches each channel to 0..1, the opacity among them.
#[node(id = "seeded:buggy:opacity_stretched", group = BUGGY)]
#[output(same_as = image)]
pub fn opacity_stretched_buggy(image: ImageView<'_>) -> Image {
    stretched(image, image.channels())
}

/// Stretches each colour channel to 0..1.
#[node(id = "seeded:sound:opacity_stretched", group = SOUND)]
#[output(same_as = image)]
pub fn opacity_stretched_sound(image: ImageView<'_>) -> Image {
    stretched(image, image.color_channels())
}

fn stretched(image: ImageView<'_>, stretched: usize) -> Image {
    let channels = image.channels();
    let finite = |channel: usize| {
        image.samples().iter().skip(channel).step_by(channels).copied().filter(|sample| sample.is_finite())
    };
    let ends: Vec<(f32, f32)> = (0..stretched)
        .map(|channel| finite(channel).fold((f32::MAX, f32::MIN), |(low, high), s| (low.min(s), high.max(s))))
        .collect();
    image.map_rows(|_, row| {
        for pixel in row.chunks_exact_mut(channels) {
            for (sample, (low, high)) in pixel.iter_mut().zip(&ends).filter(|(_, (low, high))| low < high) {
                *sample = (*sample - low) / (high - low);
            }
        }
    })
}

fn brightest(image: ImageView<'_>) -> f32 {
    image.samples().iter().copied().fold(0.0, f32::max)
}

/// Divides black by black.
#[node(id = "seeded:buggy:black", group = BUGGY)]
#[output(same_as = image)]
pub fn black_buggy(image: ImageView<'_>) -> Image {
    let brightest = brightest(image);
    image.map_colors(|_, _, sample| sample / brightest)
}

/// Leaves black as it is.
#[node(id = "seeded:sound:black", group = SOUND)]
#[output(same_as = image)]
pub fn black_sound(image: ImageView<'_>) -> Image {
    let brightest = brightest(image);
    let gain = if brightest > 0.0 { 1.0 / brightest } else { 1.0 };
    image.map_colors(|_, _, sample| sample * gain)
}

/// Writes into the image of the caller.
#[node(id = "seeded:buggy:input", group = BUGGY)]
#[output(same_as = image)]
pub fn input_buggy(image: ImageView<'_>) -> Image {
    let samples = image.samples();
    // SAFETY: there is none; this is the mistake.
    unsafe { samples.as_ptr().cast_mut().write_volatile(samples[0] * 0.5) };
    image.to_image()
}

/// Writes into a copy.
#[node(id = "seeded:sound:input", group = SOUND)]
#[output(same_as = image)]
pub fn input_sound(image: ImageView<'_>) -> Image {
    let mut copy = image.to_image();
    copy.samples_mut()[0] *= 0.5;
    copy
}

/// Assumes that there are two columns.
#[node(id = "seeded:buggy:panic", group = BUGGY)]
#[output(same_as = image)]
pub fn panic_buggy(image: ImageView<'_>) -> Image {
    image.map_colors(|x, y, sample| sample - image.pixel(if x > 0 { x - 1 } else { 1 }, y)[0])
}

/// Takes the only column twice.
#[node(id = "seeded:sound:panic", group = SOUND)]
#[output(same_as = image)]
pub fn panic_sound(image: ImageView<'_>) -> Image {
    let last = image.width() - 1;
    image.map_colors(|x, y, sample| sample - image.pixel(if x > 0 { x - 1 } else { 1.min(last) }, y)[0])
}

static CALLS: AtomicU64 = AtomicU64::new(0);

fn noise(image: ImageView<'_>, seed: Seed) -> Image {
    image.map_colors(|x, y, sample| {
        let mixed = Seed(seed.0 ^ ((x as i64) << 32) ^ y as i64).mixed();
        sample + 0.1 * ((mixed >> 40) as f32 / (1 << 24) as f32 - 0.5)
    })
}

/// Adds noise that is another with each call.
#[node(id = "seeded:buggy:random", group = BUGGY)]
#[output(same_as = image)]
pub fn random_buggy(image: ImageView<'_>) -> Image {
    noise(image, Seed(CALLS.fetch_add(1, Ordering::Relaxed) as i64))
}

/// Adds noise that the seed decides.
#[node(id = "seeded:sound:random", group = SOUND)]
#[output(same_as = image)]
pub fn random_sound(image: ImageView<'_>, seed: Seed) -> Image {
    noise(image, seed)
}

/// Brightens by the number of threads.
#[node(id = "seeded:buggy:threads", group = BUGGY)]
#[output(same_as = image)]
pub fn threads_buggy(image: ImageView<'_>) -> Image {
    let share = 0.01 * rayon::current_num_threads() as f32;
    image.map_colors(|_, _, sample| sample + share)
}

/// Adds up the image with as many threads as there are; only the last digits depend on them.
#[node(id = "seeded:sound:threads", group = SOUND)]
#[output(same_as = image)]
pub fn threads_sound(image: ImageView<'_>) -> (Image, f32) {
    use rayon::prelude::*;
    let finite = |sample: &f32| if sample.is_finite() { sample.clamp(0.0, 1.0) } else { 0.0 };
    let sum: f32 = image.samples().par_iter().with_min_len(256).map(finite).sum();
    let mean = sum / image.samples().len() as f32;
    let mut plane = vec![0.0; image.width() * image.height()];
    for_each_row(&mut plane, image.width(), |_, row| row.fill(mean));
    (image.map_colors(|x, y, sample| sample * 0.5 + plane[y * image.width() + x] * 0.5), mean)
}

/// Sharpens, opacity included, and leaves the overshoot to be clamped.
#[node(id = "seeded:sound:sharpen", group = SOUND)]
#[output(same_as = image)]
pub fn sharpen_sound(image: ImageView<'_>) -> Image {
    let (channels, last) = (image.channels(), image.width() - 1);
    image.map_rows(|y, row| {
        for (x, pixel) in row.chunks_exact_mut(channels).enumerate() {
            let (left, right) = (image.pixel(x.saturating_sub(1), y), image.pixel((x + 1).min(last), y));
            for (c, sample) in pixel.iter_mut().enumerate() {
                *sample += (*sample - (left[c] + right[c]) / 2.0) * 2.0;
            }
        }
    })
}

/// Lays one image over another of the same size, and refuses others in words.
#[node(id = "seeded:sound:over", group = SOUND)]
#[output(same_as = base)]
pub fn over_sound(
    #[input(channels = [3, 4])] base: ImageView<'_>,
    #[input(channels = [3, 4])] layer: ImageView<'_>,
    #[input(channels = 1)] mask: Option<ImageView<'_>>,
) -> Result<Image, NodeError> {
    let sizes = [Some(layer), mask].into_iter().flatten();
    if sizes.into_iter().any(|other| (other.width(), other.height()) != (base.width(), base.height())) {
        return Err(NodeError::new("the images have different sizes: resize one of them first").input("Layer"));
    }
    Ok(base.map_bgr(|x, y, color| {
        let pixel = layer.pixel(x, y);
        let alpha = if layer.channels() == 4 { pixel[3] } else { 1.0 };
        let alpha = alpha * mask.map_or(1.0, |mask| mask.pixel(x, y)[0]);
        let mix = |from: f32, to: f32| from + (to - from) * alpha;
        Bgr { b: mix(color.b, pixel[0]), g: mix(color.g, pixel[1]), r: mix(color.r, pixel[2]) }
    }))
}

/// Makes an image of any size, up to one that no test should make.
#[node(id = "seeded:sound:fill", group = SOUND)]
#[output(width = width, height = height, channels = 3)]
pub fn fill_sound(
    #[input(default = 64, range = 1..=65535)] width: u32,
    #[input(default = 64, range = 1..=65535)] height: u32,
    #[input(channels = 3, default = Color::rgb(0.5, 0.25, 1.0))] color: Color,
) -> Image {
    Image::from_pixels(width as usize, height as usize, |_, _| color.bgr())
}
