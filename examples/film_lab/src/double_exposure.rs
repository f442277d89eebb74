//! Two pictures on one frame.

use chainner_sdk::prelude::*;

use crate::{
    LIGHT,
    kernels::{
        blend::{self, Formula},
        resample::Picture,
    },
};

/// How the two exposures meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
pub enum Blend {
    /// The second exposure covers the first.
    Normal,
    /// Both darken, as two slides on one another.
    Multiply,
    /// Both brighten, as light on film does.
    #[choice(default)]
    Screen,
    /// Multiplies where the image is dark, screens where it is light.
    Overlay,
    /// The darker of the two.
    Darken,
    /// The lighter of the two.
    Lighten,
    /// The second exposure lightens the image strongly.
    ColorDodge,
    /// The second exposure darkens the image strongly.
    ColorBurn,
    /// Multiplies where the second exposure is dark, screens where it is light.
    HardLight,
    /// A gentler hard light.
    SoftLight,
    /// How far the two are apart.
    Difference,
    /// A gentler difference.
    Exclusion,
}

/// How the second exposure is brought to the size of the image.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
#[choice(style = icons)]
pub enum Fit {
    /// Fills the image and keeps its proportions; what stands over is cut off.
    #[choice(icon = "MdCropFree")]
    Fill,
    /// Stretched to the image.
    #[choice(icon = "MdOpenInFull")]
    Stretch,
    /// Repeated at its own size, such as the scan of a paper.
    #[choice(icon = "MdGridOn")]
    Tile,
}

/// What a white mask means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
#[choice(style = checkbox)]
pub enum MaskUse {
    /// White protects the image.
    #[choice(label = "Invert mask")]
    Inverted,
    /// White lets the second exposure through.
    #[choice(default)]
    AsIs,
}

/// Exposes a frame twice: lays a picture or a colour over an image.
///
/// For light leaks, dust, paper textures and real double exposures. Opacity of the image stays as it is. Blend modes follow the
/// W3C recommendation *Compositing and Blending Level 1*, hence look as in browsers and in most editors.
#[node(id = "film_lab:light:double_exposure", group = LIGHT, icon = "MdLayers")]
#[output(same_as = image)]
pub fn double_exposure(
    #[input(channels = [1, 3, 4])] image: ImageView<'_>,
    /// The second exposure: a picture of any size, or a colour.
    #[input(channels = [1, 3, 4])]
    layer: ImageOrColor<'_>,
    blend: Blend,
    #[input(default = 100, range = 0..=100, unit = "%", slider, ends = ("clear", "full"))] opacity: u32,
    fit: Fit,
    /// Where the second exposure falls: white is everywhere it can, black nowhere. It is stretched to the image.
    #[input(channels = 1)]
    mask: Option<ImageView<'_>>,
    mask_use: MaskUse,
) -> Image {
    if opacity == 0 {
        return image.to_image();
    }
    let (width, height) = (image.width(), image.height());
    let layer = match layer {
        ImageOrColor::Color(color) => Layer::Flat(color.bgra()),
        ImageOrColor::Image(layer) => Layer::fitted(layer, &fit, width, height),
    };
    let mask = mask.map(|mask| stretched(&Picture::new(mask), width, height));
    let strength = |x: usize, y: usize| match (&mask, &mask_use) {
        (None, _) => 1.0,
        (Some(mask), MaskUse::AsIs) => mask.pixel(x, y).g,
        (Some(mask), MaskUse::Inverted) => 1.0 - mask.pixel(x, y).g,
    };
    let (formula, opacity) = (blend.formula(), opacity as f32 / 100.0);
    image.map_bgr(|x, y, color| {
        let alpha = if image.channels() == 4 { image.pixel(x, y)[3] } else { 1.0 };
        let source = layer.pixel(x, y);
        let source = source.bgr().with_alpha(source.a * opacity * strength(x, y));
        blend::source_atop(color, alpha, source, formula)
    })
}

impl Blend {
    fn formula(&self) -> Formula {
        match self {
            Self::Normal => blend::normal,
            Self::Multiply => blend::multiply,
            Self::Screen => blend::screen,
            Self::Overlay => blend::overlay,
            Self::Darken => blend::darken,
            Self::Lighten => blend::lighten,
            Self::ColorDodge => blend::color_dodge,
            Self::ColorBurn => blend::color_burn,
            Self::HardLight => blend::hard_light,
            Self::SoftLight => blend::soft_light,
            Self::Difference => blend::difference,
            Self::Exclusion => blend::exclusion,
        }
    }
}

/// The second exposure at the size of the image.
enum Layer {
    Flat(Bgra),
    Once(Picture),
    Tiled(Picture),
}

impl Layer {
    fn fitted(layer: ImageView<'_>, fit: &Fit, width: usize, height: usize) -> Self {
        let picture = Picture::new(layer);
        match fit {
            Fit::Tile => Self::Tiled(picture),
            Fit::Stretch => Self::Once(stretched(&picture, width, height)),
            Fit::Fill => {
                let (across, down) = (picture.width() as f32 / width as f32, picture.height() as f32 / height as f32);
                let scale = across.min(down);
                let [margin_x, margin_y] =
                    [(across, width), (down, height)].map(|(own, size)| (own - scale) * size as f32 / 2.0);
                Self::Once(picture.scaled(
                    margin_x..margin_x + scale * width as f32,
                    margin_y..margin_y + scale * height as f32,
                    width,
                    height,
                ))
            }
        }
    }

    fn pixel(&self, x: usize, y: usize) -> Bgra {
        match self {
            Self::Flat(color) => *color,
            Self::Once(picture) => picture.pixel(x, y),
            Self::Tiled(picture) => picture.pixel(x % picture.width(), y % picture.height()),
        }
    }
}

fn stretched(picture: &Picture, width: usize, height: usize) -> Picture {
    if (picture.width(), picture.height()) == (width, height) {
        return picture.clone();
    }
    picture.scaled(0.0..picture.width() as f32, 0.0..picture.height() as f32, width, height)
}
