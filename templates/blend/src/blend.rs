//! Two images into one.

use chainner_sdk::prelude::*;

use crate::MIX;

/// How the two images meet.
#[derive(Choice)]
pub enum Mode {
    /// The layer covers the image.
    Normal,
    /// Darkens, as two slides on one another.
    Multiply,
    /// Brightens, as two projectors on one wall.
    Screen,
}

/// Lays a second image over an image.
#[node(id = "{{module}}:mix:blend", group = MIX)]
#[output(same_as = image)]
pub fn blend(
    #[input(channels = [1, 3, 4])] image: ImageView<'_>,
    /// An image of the same size, or a colour.
    #[input(channels = [1, 3, 4])]
    layer: ImageOrColor<'_>,
    /// What becomes of the samples that meet.
    mode: Mode,
    /// How much of the layer is seen.
    #[input(default = 100.0, range = 0.0..=100.0, unit = "%", slider)]
    opacity: f32,
) -> Result<Image, NodeError> {
    if let ImageOrColor::Image(layer) = &layer {
        let [own, other] = [&image, layer].map(|image| (image.width(), image.height()));
        if own != other {
            let message = format!(
                "is {}×{}, and the image {}×{}",
                other.0, other.1, own.0, own.1
            );
            return Err(NodeError::new(message).input("Layer"));
        }
    }
    Ok(image.map_bgr(|x, y, below| {
        let above = match &layer {
            ImageOrColor::Image(layer) => pixel(layer, x, y),
            ImageOrColor::Color(color) => color.bgra(),
        };
        let share = above.a * opacity / 100.0;
        let mix = |below: f32, above: f32| below + (mode.of(below, above) - below) * share;
        Bgr {
            b: mix(below.b, above.b),
            g: mix(below.g, above.g),
            r: mix(below.r, above.r),
        }
    }))
}

impl Mode {
    /// The formulas of the W3C's *Compositing and Blending Level 1*.
    fn of(&self, below: f32, above: f32) -> f32 {
        match self {
            Self::Normal => above,
            Self::Multiply => below * above,
            Self::Screen => below + above - below * above,
        }
    }
}

/// A pixel of an image of 1, 3 or 4 channels.
fn pixel(image: &ImageView<'_>, x: usize, y: usize) -> Bgra {
    match *image.pixel(x, y) {
        [b, g, r, a] => Bgra { b, g, r, a },
        [b, g, r] => Bgra { b, g, r, a: 1.0 },
        ref gray => Bgra {
            b: gray[0],
            g: gray[0],
            r: gray[0],
            a: 1.0,
        },
    }
}
