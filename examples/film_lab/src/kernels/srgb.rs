//! The sRGB curve (IEC 61966-2-1:1999): from samples of an image to linear light and back.
//!
//! [`decode`] and [`encode`] are the standard's formulas. [`Srgb`] answers from tables, an order of magnitude faster and within a
//! quarter of a 16-bit step. Its encoder finds its place in the table from the bits of the number, as in Giesen, *float->sRGB8
//! using SSE2* (2012): evenly in each octave, hence dense where the curve is steep.

use std::sync::LazyLock;

use chainner_sdk::image::Bgr;

use super::unit;

/// Linear light of a sample, both 0..1.
pub fn decode(sample: f32) -> f32 {
    if sample <= 0.04045 { sample / 12.92 } else { ((sample + 0.055) / 1.055).powf(2.4) }
}

/// The sample of linear light, both 0..1.
pub fn encode(light: f32) -> f32 {
    if light <= 0.003_130_8 { light * 12.92 } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 }
}

/// The curve in tables. Everything is clamped to 0..1 first, and NaN is black.
#[derive(Debug)]
pub struct Srgb {
    decoded: [f32; DECODE_STEPS + 2],
    encoded: [f32; ENCODE_STEPS + 2],
}

const DECODE_STEPS: usize = 1024;
/// Octaves below 1 in the encoder's table. The 10th begins at 1/512, where the curve is its straight toe.
const OCTAVES: usize = 9;
const TOE: f32 = 1.0 / (1 << OCTAVES) as f32;
const STEPS_OF_OCTAVE: usize = 128;
const ENCODE_STEPS: usize = OCTAVES * STEPS_OF_OCTAVE;
/// Bits of the mantissa below those that number the step.
const FRACTION_BITS: u32 = f32::MANTISSA_DIGITS - 1 - STEPS_OF_OCTAVE.ilog2();

impl Srgb {
    /// The tables, made on first use.
    pub fn tables() -> &'static Self {
        static TABLES: LazyLock<Srgb> = LazyLock::new(|| Srgb {
            decoded: std::array::from_fn(|i| decode(i as f32 / DECODE_STEPS as f32)),
            encoded: std::array::from_fn(|i| encode(f32::from_bits(TOE.to_bits() + ((i as u32) << FRACTION_BITS)))),
        });
        &TABLES
    }

    /// Linear light of a sample.
    pub fn decode(&self, sample: f32) -> f32 {
        let place = unit(sample) * DECODE_STEPS as f32;
        let step = place as usize;
        between(&self.decoded, step, place - step as f32)
    }

    /// The sample of linear light.
    pub fn encode(&self, light: f32) -> f32 {
        let light = unit(light);
        if light < TOE {
            return light * 12.92;
        }
        let offset = light.to_bits() - TOE.to_bits();
        let fraction = (offset & ((1 << FRACTION_BITS) - 1)) as f32 / (1 << FRACTION_BITS) as f32;
        between(&self.encoded, (offset >> FRACTION_BITS) as usize, fraction)
    }

    /// Linear light of a colour.
    pub fn decode_color(&self, color: Bgr) -> Bgr {
        color.map(|sample| self.decode(sample))
    }

    /// The colour of linear light.
    pub fn encode_color(&self, light: Bgr) -> Bgr {
        light.map(|light| self.encode(light))
    }
}

fn between(table: &[f32], step: usize, fraction: f32) -> f32 {
    table[step] + (table[step + 1] - table[step]) * fraction
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_agree_with_the_formulas() {
        let tables = Srgb::tables();
        for i in 0..=100_000 {
            let value = i as f32 / 100_000.0;
            assert!((tables.decode(value) - decode(value)).abs() < 1.5e-6, "decode {value}");
            assert!((tables.encode(value) - encode(value)).abs() < 4e-6, "encode {value}");
        }
    }

    #[test]
    fn samples_survive_the_way_there_and_back() {
        let tables = Srgb::tables();
        for level in 0..=255 {
            let sample = level as f32 / 255.0;
            assert!((tables.encode(tables.decode(sample)) - sample).abs() < 1e-5);
        }
    }

    #[test]
    fn values_that_are_no_samples_end_within_0_and_1() {
        let tables = Srgb::tables();
        for (value, end) in [(f32::NAN, 0.0), (-1.0, 0.0), (f32::NEG_INFINITY, 0.0), (2.0, 1.0), (f32::INFINITY, 1.0)] {
            assert_eq!(tables.decode(value), end);
            assert!((tables.encode(value) - end).abs() < 1e-6);
        }
    }
}
