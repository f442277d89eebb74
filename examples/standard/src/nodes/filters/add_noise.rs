//! Add Noise.

use chainner_sdk::prelude::*;

use crate::{
    categories::filters::NOISE,
    kernels::add_noise::{self, Noise},
};

/// How the noise is spread.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
#[choice(type_name = "NoiseType")]
pub enum NoiseType {
    /// As a bell; the amount is its deviation.
    Gaussian,
    /// Evenly, up to the amount.
    Uniform,
    /// White and black specks.
    #[choice(label = "Salt & Pepper")]
    SaltAndPepper,
    /// As a bell, more where it is bright.
    Speckle,
    /// Bright specks.
    Poisson,
}

/// What colour the noise has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
#[choice(type_name = "NoiseColor")]
pub enum NoiseColor {
    /// Every channel has noise of its own.
    #[choice(label = "Color")]
    Rgb,
    /// All channels have the same.
    #[choice(label = "Monochrome")]
    Gray,
}

/// Adds noise to an image. Opacity stays as it is.
///
/// The noise has the statistics of that of the app's own node, not the same random numbers.
#[node(id = "chainner_native:image:add_noise", group = NOISE, icon = "CgEditNoise")]
#[output(navi = r"
        Image {
            width: $image.width,
            height: $image.height,
            channels: max(
                $image.channels,
                match $noise_color { NoiseColor::Rgb => 3, NoiseColor::Gray => 1 }
            )
        }
    ")]
pub fn add_noise(
    #[input(channels = [1, 3, 4])] image: ImageView<'_>,
    noise_type: NoiseType,
    noise_color: NoiseColor,
    #[input(default = 50.0, range = 0.0..=100.0, step = 0.1, slider)] amount: f32,
    seed: Seed,
) -> Image {
    let noise = match noise_type {
        NoiseType::Gaussian => Noise::Gaussian,
        NoiseType::Uniform => Noise::Uniform,
        NoiseType::SaltAndPepper => Noise::SaltAndPepper,
        NoiseType::Speckle => Noise::Speckle,
        NoiseType::Poisson => Noise::Poisson,
    };
    add_noise::add(image, noise, noise_color == NoiseColor::Gray, amount / 100.0, seed.mixed())
}
