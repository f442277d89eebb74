//! Other numbers for the same colours.

use chainner_sdk::prelude::*;

use crate::{
    categories::utilities::MISCELLANEOUS,
    kernels::{
        channels,
        color::{
            cmyk, convert, hue,
            lab::{self, table::ToLab},
            yuv,
        },
        luma, map,
    },
};

/// What the numbers of the input are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
#[choice(host_type = "ColorSpace")]
pub enum ColorSpace {
    /// Red, green and blue, or shades of grey.
    #[choice(label = "RGB", id = 1000, navi = ColorSpace { channels: [1, 3, 4] })]
    Rgb,
    /// Shades of grey.
    #[choice(id = 0, navi = ColorSpace { channels: 1 })]
    Gray,
    /// Brightness and two differences from it.
    #[choice(label = "YUV", id = 1001, navi = ColorSpace { channels: [3, 4] })]
    Yuv,
    /// Hue, saturation and value.
    #[choice(label = "HSV", id = 1002, navi = ColorSpace { channels: [3, 4] })]
    Hsv,
    /// Hue, saturation and lightness.
    #[choice(label = "HSL", id = 1003, navi = ColorSpace { channels: [3, 4] })]
    Hsl,
    /// Four inks.
    #[choice(label = "CMYK", id = 6, navi = ColorSpace { channels: 4 })]
    Cmyk,
    /// Lightness, red to green and yellow to blue.
    #[choice(label = "L*a*b*", id = 1004, navi = ColorSpace { channels: [3, 4] })]
    LAB,
    /// Lightness, colourfulness and hue.
    #[choice(label = "L*C*h°", id = 1005, navi = ColorSpace { channels: [3, 4] })]
    LCH,
}

/// What the numbers of the output are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
#[choice(host_type = "ColorSpace")]
#[allow(missing_docs, reason = "as in `ColorSpace`")]
pub enum ToColorSpace {
    #[choice(label = "RGB", id = 1, navi = ColorSpace { channels: 3, supportsAlpha: true })]
    Rgb,
    #[choice(id = 0, navi = ColorSpace { channels: 1, supportsAlpha: false })]
    Gray,
    #[choice(label = "YUV", id = 3, navi = ColorSpace { channels: 3, supportsAlpha: true })]
    Yuv,
    #[choice(label = "HSV", id = 4, navi = ColorSpace { channels: 3, supportsAlpha: true })]
    Hsv,
    #[choice(label = "HSL", id = 5, navi = ColorSpace { channels: 3, supportsAlpha: true })]
    Hsl,
    #[choice(label = "CMYK", id = 6, navi = ColorSpace { channels: 4, supportsAlpha: false })]
    Cmyk,
    #[choice(label = "L*a*b*", id = 10, navi = ColorSpace { channels: 3, supportsAlpha: true })]
    LAB,
    #[choice(label = "L*C*h°", id = 12, navi = ColorSpace { channels: 3, supportsAlpha: true })]
    LCH,
}

/// Writes colours in the numbers of another model, in the place of blue, green and red: the last letter of its name is blue.
///
/// To L\*a\*b\*, colours are looked up in a table, as in the app's own node: it is off by up to 0.2 of L\*, and gives grey a hue. The app
/// interpolates the curve of sRGB on the way back from it, which shows in the saturation of dark colours (recording 062); this node
/// does not.
#[node(
    id = "chainner_native:image:change_colorspace",
    group = MISCELLANEOUS,
    name = "Change Color Model",
    icon = "MdColorLens",
)]
#[output(
    navi = Image { channels: "if $output_alpha and $to.supportsAlpha { 4 } else { $to.channels }" },
    size_as = image,
)]
#[layout(
    image,
    from_to[from, to],
    when(matches!(to, ToColorSpace::Rgb | ToColorSpace::Yuv | ToColorSpace::Hsv | ToColorSpace::Hsl
        | ToColorSpace::LAB | ToColorSpace::LCH))[output_alpha],
)]
pub fn change_colorspace(
    #[input(navi = Image { channels: "$from.channels" })] image: ImageView<'_>,
    from: ColorSpace,
    to: ToColorSpace,
    /// Keeps opacity, or adds a full one.
    output_alpha: bool,
) -> Result<Image, NodeError> {
    let channels = image.channels();
    if !from.accepts(channels) {
        return Err(NodeError::new(format!(
            "an image of {from:?} colours has {}, but this is a {image}",
            from.channels()
        )));
    }
    let alpha = output_alpha && !matches!(to, ToColorSpace::Gray | ToColorSpace::Cmyk);
    let color_channels = match to {
        ToColorSpace::Gray => 1,
        ToColorSpace::Cmyk => 4,
        _ => 3,
    };
    let out_channels = if alpha { 4 } else { color_channels };
    match (from, to, channels) {
        (ColorSpace::Rgb, ToColorSpace::Gray, 3) => {
            return Ok(map::pixels(image, |[b, g, r]: [f32; 3]| [luma::of(b, g, r)]));
        }
        (ColorSpace::Rgb, ToColorSpace::Gray, 4) => {
            return Ok(map::pixels(image, |[b, g, r, _]: [f32; 4]| [luma::of(b, g, r)]));
        }
        _ => {}
    }
    Ok(Image::from_rows(image.width(), image.height(), out_channels, |y, row| {
        let pixels = image.row(y);
        let mut memory = Vec::new();
        // Colours of the model, three numbers each, unless it is one of four.
        let (colors, model): (&[f32], ColorSpace) = match (from, channels) {
            (ColorSpace::Cmyk, _) => (pixels, from),
            (_, 3) => (pixels, from),
            (_, 1) => {
                memory.resize(image.width() * 3, 0.0);
                channels::widen(pixels, 1, &mut memory, 3);
                (&memory, ColorSpace::Rgb)
            }
            _ => {
                memory.resize(image.width() * 3, 0.0);
                convert::<3, 4, 3, 3, _>(pixels, &mut memory, |color| color);
                (&memory, from)
            }
        };
        let mut rgb = Vec::new();
        let same = to.is(model);
        let colors = if same || model == ColorSpace::Rgb || model.is_beside(to) {
            colors
        } else {
            rgb.resize(image.width() * 3, 0.0);
            model.to_bgr(colors, &mut rgb);
            rgb.iter_mut().for_each(|sample| *sample = sample.clamp(0.0, 1.0));
            &rgb
        };
        let between = if same { None } else { Some(model) };
        if alpha {
            to.write::<4>(between, colors, row);
            let opacity = |x: usize| if channels == 4 && from != ColorSpace::Cmyk { pixels[x * 4 + 3] } else { 1.0 };
            row.as_chunks_mut::<4>().0.iter_mut().enumerate().for_each(|(x, to)| to[3] = opacity(x));
        } else if color_channels == 3 {
            to.write::<3>(between, colors, row);
        } else if same {
            row.copy_from_slice(&colors[..row.len()]);
        } else if color_channels == 4 {
            convert::<3, 3, 4, 4, _>(colors, row, cmyk::of_bgr);
        } else {
            convert::<3, 3, 1, 1, _>(colors, row, |[b, g, r]| [luma::of(b, g, r)]);
        }
    }))
}

impl ColorSpace {
    fn accepts(self, channels: usize) -> bool {
        match self {
            Self::Rgb => [1, 3, 4].contains(&channels),
            Self::Gray => channels == 1,
            Self::Cmyk => channels == 4,
            _ => [3, 4].contains(&channels),
        }
    }

    fn channels(self) -> &'static str {
        match self {
            Self::Rgb => "1, 3 or 4 channels",
            Self::Gray => "1 channel",
            Self::Cmyk => "4 channels",
            _ => "3 or 4 channels",
        }
    }

    /// Whether there is a way to the other that does not lead over red, green and blue.
    fn is_beside(self, to: ToColorSpace) -> bool {
        matches!((self, to), (Self::LAB, ToColorSpace::LCH) | (Self::LCH, ToColorSpace::LAB))
    }

    fn to_bgr(self, colors: &[f32], to: &mut [f32]) {
        match self {
            Self::Rgb | Self::Gray => to.copy_from_slice(colors),
            Self::Yuv => convert::<3, 3, 3, 3, _>(colors, to, yuv::to_bgr),
            Self::Hsv => convert::<3, 3, 3, 3, _>(colors, to, hue::of_hsv),
            Self::Hsl => convert::<3, 3, 3, 3, _>(colors, to, hue::of_hsl),
            Self::Cmyk => convert::<4, 4, 3, 3, _>(colors, to, cmyk::to_bgr),
            // In two passes, of which each is short enough to become one over vectors.
            Self::LAB => {
                convert::<3, 3, 3, 3, _>(colors, to, |color| lab::to_linear_bgr(lab::of_samples(color)));
                lab::encode_all(to);
            }
            Self::LCH => {
                convert::<3, 3, 3, 3, _>(colors, to, |color| lab::to_linear_bgr(lab::of_samples(lab::of_lch(color))));
                lab::encode_all(to);
            }
        }
    }
}

impl ToColorSpace {
    fn is(self, model: ColorSpace) -> bool {
        matches!(
            (self, model),
            (Self::Rgb, ColorSpace::Rgb)
                | (Self::Yuv, ColorSpace::Yuv)
                | (Self::Hsv, ColorSpace::Hsv)
                | (Self::Hsl, ColorSpace::Hsl)
                | (Self::Cmyk, ColorSpace::Cmyk)
                | (Self::LAB, ColorSpace::LAB)
                | (Self::LCH, ColorSpace::LCH)
        )
    }

    /// Writes colours in a model of three numbers, `TO` samples apart. They are of red, green and blue, or beside this model; `None` if
    /// they are of this model already.
    fn write<const TO: usize>(self, from: Option<ColorSpace>, colors: &[f32], to: &mut [f32]) {
        match (self, from) {
            (_, None) | (Self::Rgb | Self::Gray | Self::Cmyk, _) => {
                convert::<3, 3, 3, TO, _>(colors, to, |color| color)
            }
            (Self::Yuv, _) => convert::<3, 3, 3, TO, _>(colors, to, yuv::of_bgr),
            (Self::Hsv, _) => convert::<3, 3, 3, TO, _>(colors, to, hue::to_hsv),
            (Self::Hsl, _) => convert::<3, 3, 3, TO, _>(colors, to, hue::to_hsl),
            (Self::LAB, Some(ColorSpace::LCH)) => convert::<3, 3, 3, TO, _>(colors, to, lab::of_lch),
            (Self::LAB, _) => convert::<3, 3, 3, TO, _>(&lab_of(colors), to, lab::to_samples),
            (Self::LCH, Some(ColorSpace::LAB)) => convert::<3, 3, 3, TO, _>(colors, to, lab::to_lch),
            (Self::LCH, _) => {
                convert::<3, 3, 3, TO, _>(&lab_of(colors), to, |color| lab::to_lch(lab::to_samples(color)))
            }
        }
    }
}

/// L*, a* and b* of blue, green and red.
fn lab_of(colors: &[f32]) -> Vec<f32> {
    let mut lab = vec![0.0; colors.len()];
    ToLab::new().convert_all(colors, &mut lab);
    lab
}
