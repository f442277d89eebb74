//! Film stocks: what an emulsion makes of the light, layer by layer.
//!
//! Each layer answers by a characteristic curve, as Hurter and Driffield drew the first (*Photochemical investigations*, 1890): a
//! toe in the shadows, a straight middle whose slope is the contrast, a shoulder in the highlights. Its formula is the one of
//! Naka and Rushton (*S-potentials from colour units in the retina of fish*, Journal of Physiology 185, 1966), which is a logistic
//! curve over the logarithm of the light.

use chainner_sdk::image::Bgr;

use super::srgb::{self, Srgb};

/// Linear light of a mid-grey card, which the curves leave where it is.
const MID_GRAY: f32 = 0.18;
const STEPS: usize = 1024;

/// The properties of a stock.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Emulsion {
    /// How sensitive each layer is, in stops from neutral.
    pub speed: Bgr,
    /// How far the layers keep colours apart: 0 is black-and-white, 1 as they are.
    pub saturation: f32,
    /// What each colour adds to the brightness that remains without saturation; the three add up to 1.
    pub response: Bgr,
    /// Slope of each layer's curve at mid-grey; 1 is a straight line.
    pub contrast: Bgr,
    /// Samples of black.
    pub black: Bgr,
    /// Samples of white.
    pub white: Bgr,
}

impl Emulsion {
    /// A stock that changes nothing, to start from.
    pub const NEUTRAL: Self = Self {
        speed: rgb(0.0, 0.0, 0.0),
        saturation: 1.0,
        response: rgb(0.2126, 0.7152, 0.0722),
        contrast: rgb(1.0, 1.0, 1.0),
        black: rgb(0.0, 0.0, 0.0),
        white: rgb(1.0, 1.0, 1.0),
    };

    /// Linear light after one layer, both 0..1.
    pub fn characteristic(light: f32, contrast: f32) -> f32 {
        let powered = light.powf(contrast);
        let middle = MID_GRAY.powf(contrast);
        if middle >= MID_GRAY {
            return powered;
        }
        // The half-saturation constant that keeps mid-grey, with white scaled to 1.
        let half = middle * (1.0 - MID_GRAY) / (MID_GRAY - middle);
        powered * (1.0 + half) / (powered + half)
    }

    /// Prepares the stock for many pixels.
    pub fn developer(&self) -> Developer {
        let curve = |speed: f32, contrast: f32, black: f32, white: f32| -> Vec<f32> {
            let sample = |i: usize| {
                let light = (srgb::decode(i as f32 / STEPS as f32) * speed.exp2()).min(1.0);
                black + (white - black) * srgb::encode(Self::characteristic(light, contrast))
            };
            // One more than is looked up at white, so that there is always a next one.
            (0..=STEPS).chain([STEPS]).map(sample).collect()
        };
        let Self { speed, contrast, black, white, .. } = *self;
        Developer {
            saturation: self.saturation,
            response: self.response,
            curves: [
                curve(speed.b, contrast.b, black.b, white.b),
                curve(speed.g, contrast.g, black.g, white.g),
                curve(speed.r, contrast.r, black.r, white.r),
            ],
        }
    }
}

/// A colour by its red, green and blue, in this order.
pub const fn rgb(r: f32, g: f32, b: f32) -> Bgr {
    Bgr { b, g, r }
}

/// An [`Emulsion`] with its curves in tables.
#[derive(Debug)]
pub struct Developer {
    saturation: f32,
    response: Bgr,
    /// Over evenly spaced samples: blue, green, red.
    curves: [Vec<f32>; 3],
}

impl Developer {
    /// What the stock makes of a colour (of samples, not of linear light).
    pub fn develop(&self, color: Bgr) -> Bgr {
        let srgb = Srgb::tables();
        let light = srgb.decode_color(color);
        let gray = self.response.b * light.b + self.response.g * light.g + self.response.r * light.r;
        let mixed = light.map(|light| gray + (light - gray) * self.saturation);
        let Bgr { b, g, r } = srgb.encode_color(mixed);
        let [blue, green, red] = &self.curves;
        Bgr { b: look_up(blue, b), g: look_up(green, g), r: look_up(red, r) }
    }
}

fn look_up(curve: &[f32], sample: f32) -> f32 {
    let place = sample * STEPS as f32;
    let step = place as usize;
    curve[step] + (curve[step + 1] - curve[step]) * (place - step as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn curves_keep_black_mid_grey_and_white() {
        for contrast in [1.0, 1.1, 1.5, 2.5] {
            for fixed in [0.0, MID_GRAY, 1.0] {
                assert!((Emulsion::characteristic(fixed, contrast) - fixed).abs() < 1e-5, "{contrast}");
            }
            let mut last = -1.0;
            for i in 0..=100 {
                let light = Emulsion::characteristic(i as f32 / 100.0, contrast);
                assert!(light >= last);
                last = light;
            }
        }
    }

    #[test]
    fn contrast_darkens_shadows_and_brightens_highlights() {
        assert!(Emulsion::characteristic(0.05, 1.5) < 0.05);
        assert!(Emulsion::characteristic(0.5, 1.5) > 0.5);
    }

    #[test]
    fn the_neutral_stock_changes_nothing() {
        let developer = Emulsion::NEUTRAL.developer();
        for i in 0..=50 {
            let color = rgb(i as f32 / 50.0, 0.3, 1.0 - i as f32 / 50.0);
            let developed = developer.develop(color);
            for (was, is) in [(color.b, developed.b), (color.g, developed.g), (color.r, developed.r)] {
                assert!((was - is).abs() < 2e-5, "{color:?} {developed:?}");
            }
        }
    }
}
