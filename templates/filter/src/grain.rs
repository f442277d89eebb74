//! Film grain.

use chainner_sdk::prelude::*;

use crate::FILM;

/// How coarse the grain is.
#[derive(Choice)]
pub enum Stock {
    Fine,
    Coarse,
    /// As wide as you say.
    Custom,
}

/// Adds the grain of photographic film, strongest in the middle tones.
#[node(id = "{{module}}:film:grain", group = FILM)]
#[output(same_as = image)]
pub fn grain(
    image: ImageView<'_>,
    /// How far a sample moves at most.
    #[input(default = 10.0, range = 0.0..=100.0, unit = "%", slider)]
    amount: f32,
    /// Decides how wide a grain is.
    stock: Stock,
    /// Width of a grain.
    #[input(default = 4, range = 1..=32, unit = "px", when(stock == Stock::Custom))]
    size: usize,
    seed: Seed,
) -> Image {
    let size = match stock {
        Stock::Fine => 1,
        Stock::Coarse => 3,
        Stock::Custom => size,
    };
    image.map_colors(|x, y, sample| {
        let middle = 4.0 * sample * (1.0 - sample);
        sample + amount / 100.0 * middle * noise(x / size, y / size, seed)
    })
}

/// A number from -1 to 1 that looks random, the same for the same place and seed.
fn noise(x: usize, y: usize, seed: Seed) -> f32 {
    let place = x as u64 | (y as u64) << 32;
    (mix(place ^ mix(seed.0 as u64)) >> 40) as f32 / (1 << 23) as f32 - 1.0
}

/// The output function of SplitMix64 (Steele, Lea and Flood, 2014).
fn mix(bits: u64) -> u64 {
    let bits = bits.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    bits ^ (bits >> 31)
}
