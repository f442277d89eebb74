//! Random textures.

use chainner_sdk::prelude::*;

use crate::{
    categories::image::CREATE_IMAGES,
    kernels::noise::{
        blue,
        simplex::SimplexNoise,
        tiling::{Places, Tiling},
        value::{Fade, ValueNoise},
    },
};

/// Kinds of noise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
pub enum NoiseMethod {
    /// Random values in a grid, joined by straight lines.
    #[choice(id = "Value Noise")]
    ValueNoise,
    /// Random values in a grid, joined by smooth curves.
    #[choice(label = "Value Noise (smooth)", id = "Smooth Value Noise")]
    SmoothValueNoise,
    /// Random slopes in a grid of triangles.
    #[choice(id = "Simplex", default)]
    Simplex,
    /// As even as noise can be, for dithering. Takes long for large images: make a tile of it.
    #[choice(id = "Blue Noise")]
    BlueNoise,
}

/// How layers of noise are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
pub enum FractalMethod {
    /// One layer.
    #[choice(id = "None")]
    None,
    /// Ever finer and fainter layers.
    #[choice(id = "Pink noise")]
    PinkNoise,
}

/// Makes an image of random texture, the same one for the same seed.
///
/// Blue noise always tiles, and has neither scale nor layers.
#[node(id = "chainner_native:image:create_noise", group = CREATE_IMAGES, icon = "MdFormatColorFill")]
#[output(width = width, height = height, channels = 1)]
#[layout(
    width,
    height,
    seed,
    noise_method,
    when(matches!(noise_method, NoiseMethod::ValueNoise | NoiseMethod::SmoothValueNoise | NoiseMethod::Simplex))[
        scale,
        brightness,
        tile_horizontal,
        tile_vertical,
        tile_spherical,
        fractal_method,
        when(fractal_method == FractalMethod::PinkNoise)[layers, scale_ratio, brightness_ratio, increment_seed],
    ],
    when(noise_method == NoiseMethod::BlueNoise)[standard_deviation],
)]
#[allow(clippy::too_many_arguments, reason = "the inputs of the app's node")]
pub fn create_noise(
    #[input(default = 256, range = 1.., unit = "px")] width: u32,
    #[input(default = 256, range = 1.., unit = "px")] height: u32,
    seed: Seed,
    noise_method: NoiseMethod,
    /// Size of the grid, in pixels.
    #[input(default = 50.0, range = 1.0.., step = 0.1)]
    scale: f64,
    #[input(default = 100.0, range = 0.0..=100.0, step = 0.01, slider)] brightness: f64,
    #[input(id = 10)] tile_horizontal: bool,
    #[input(id = 11)] tile_vertical: bool,
    /// Wraps the image around a sphere; goes before the other two.
    #[input(id = 12)]
    tile_spherical: bool,
    #[input(id = 6)] fractal_method: FractalMethod,
    #[input(id = 7, default = 3, range = 2..=20)] layers: u32,
    /// How many times finer each layer is than the one before.
    #[input(id = 8, default = 2.0, range = 1.0.., step = 0.01)]
    scale_ratio: f64,
    /// How many times fainter each layer is than the one before.
    #[input(id = 9, default = 2.0, range = 1.0.., step = 0.01)]
    brightness_ratio: f64,
    /// Gives each layer a seed of its own.
    #[input(default = true)]
    increment_seed: bool,
    /// How far pixels keep alike ones away, in pixels.
    #[input(default = 1.5, range = 1.0..=100.0, step = 0.001, slider, scale = log_offset)]
    standard_deviation: f64,
) -> Image {
    let size = [width as usize, height as usize];
    let seed = u64::from(seed.0 as u32);
    if noise_method == NoiseMethod::BlueNoise {
        let ranks = blue::ranks(size[0], size[1], standard_deviation, seed);
        let last = (ranks.len() - 1).max(1) as f32;
        return Image::from_rows(size[0], size[1], 1, |y, row| {
            row.iter_mut().zip(&ranks[y * size[0]..]).for_each(|(to, rank)| *to = *rank as f32 / last);
        });
    }

    let tiling = match (tile_spherical, tile_horizontal, tile_vertical) {
        (true, ..) => Tiling::Sphere,
        (_, true, true) => Tiling::Both,
        (_, true, false) => Tiling::Horizontal,
        (_, false, true) => Tiling::Vertical,
        _ => Tiling::None,
    };
    let layers = if fractal_method == FractalMethod::PinkNoise { layers } else { 1 };
    let mut fine = Vec::new();
    let (mut scale, mut weight) = (scale, 1.0);
    for layer in 0..layers {
        let seed = if increment_seed { seed + u64::from(layer) } else { seed };
        fine.push((Noise::new(noise_method, tiling, seed), scale, weight));
        scale /= scale_ratio;
        weight /= brightness_ratio;
    }
    let all = fine.iter().map(|(_, _, weight)| weight).sum::<f64>();
    let brightness = brightness / 100.0 / all;
    let places = Places::new(tiling, size);
    let begin = |_| vec![0.0; size[0]];
    Image::from_runs(size[0], size[1], 1, 1, begin, |sums, y, row| {
        sums.fill(0.0);
        for (noise, scale, weight) in &fine {
            noise.add_row(&places, *scale, *weight, y, sums);
        }
        row.iter_mut().zip(&*sums).for_each(|(to, sum)| *to = (sum * brightness) as f32);
    })
}

/// The noise of one layer, in the space that its tiling needs.
enum Noise {
    Value(ValueNoise),
    Plane(SimplexNoise<2>),
    Space(SimplexNoise<3>),
    Torus(SimplexNoise<4>),
}

impl Noise {
    fn new(method: NoiseMethod, tiling: Tiling, seed: u64) -> Self {
        match (method, tiling) {
            (NoiseMethod::ValueNoise, _) => Self::Value(ValueNoise::new(Fade::Linear, seed)),
            (NoiseMethod::SmoothValueNoise, _) => Self::Value(ValueNoise::new(Fade::Smooth, seed)),
            (_, Tiling::None) => Self::Plane(SimplexNoise::new(seed)),
            (_, Tiling::Both) => Self::Torus(SimplexNoise::new(seed)),
            _ => Self::Space(SimplexNoise::new(seed)),
        }
    }
}

impl Noise {
    /// Adds a row: chosen once, not for each pixel.
    fn add_row(&self, places: &Places, scale: f64, weight: f64, y: usize, to: &mut [f64]) {
        match self {
            Self::Value(noise) => places.add_row(noise, scale, weight, y, to),
            Self::Plane(noise) => places.add_row(noise, scale, weight, y, to),
            Self::Space(noise) => places.add_row(noise, scale, weight, y, to),
            Self::Torus(noise) => places.add_row(noise, scale, weight, y, to),
        }
    }
}
