//! One layer over another.

use chainner_sdk::prelude::*;

use crate::{
    categories::utilities::COMPOSITING,
    kernels::blend::{self, Layer, Mode},
};

/// How the colours of two layers become one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
pub enum BlendMode {
    /// The overlay covers the base.
    #[choice(id = 0)]
    Normal,
    /// The darker of the two.
    #[choice(id = 2, divider)]
    Darken,
    /// As two slides on one another.
    #[choice(id = 1)]
    Multiply,
    /// The overlay darkens the base strongly.
    #[choice(id = 5)]
    ColorBurn,
    /// What both lack is taken away.
    #[choice(id = 22)]
    LinearBurn,
    /// The lighter of the two.
    #[choice(id = 3, divider)]
    Lighten,
    /// As two projectors on one screen.
    #[choice(id = 12)]
    Screen,
    /// The overlay lightens the base strongly.
    #[choice(id = 6)]
    ColorDodge,
    /// The sum.
    #[choice(label = "Linear Dodge (Add)", id = 4)]
    Add,
    /// Multiplies where the base is dark, screens where it is light.
    #[choice(id = 9, divider)]
    Overlay,
    /// A gentler hard light.
    #[choice(id = 17)]
    SoftLight,
    /// Multiplies where the overlay is dark, screens where it is light.
    #[choice(id = 18)]
    HardLight,
    /// Burns where the overlay is dark, dodges where it is light.
    #[choice(id = 19)]
    VividLight,
    /// Linear burn where the overlay is dark, linear dodge where it is light.
    #[choice(id = 20)]
    LinearLight,
    /// Darkens where the overlay is dark, lightens where it is light.
    #[choice(id = 21)]
    PinLight,
    /// The base shines where the overlay is light.
    #[choice(id = 7)]
    Reflect,
    /// The overlay shines where the base is light.
    #[choice(id = 8)]
    Glow,
    /// How far the two are apart.
    #[choice(id = 10, divider)]
    Difference,
    /// A gentler difference.
    #[choice(id = 16)]
    Exclusion,
    /// A lighter difference.
    #[choice(id = 11)]
    Negation,
    /// The base less the overlay.
    #[choice(id = 14)]
    Subtract,
    /// The base divided by the overlay.
    #[choice(id = 15)]
    Divide,
    /// Bits of eight that one of the two has.
    #[choice(id = 13)]
    Xor,
}

/// Where the overlay lies on the base.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
#[allow(missing_docs, reason = "places need no words")]
pub enum BlendOverlayPosition {
    TopLeft,
    #[choice(id = "top_centered")]
    Top,
    TopRight,
    #[choice(id = "centered_left")]
    Left,
    #[choice(id = "centered", default)]
    Center,
    #[choice(id = "centered_right")]
    Right,
    BottomLeft,
    #[choice(id = "bottom_centered")]
    Bottom,
    BottomRight,
    /// Shares of the room that the overlay has in the base.
    #[choice(label = "Offset (%)")]
    PercentOffset,
    /// Pixels from the left upper corner of the base.
    #[choice(label = "Offset (pixels)")]
    PixelOffset,
}

/// Lays one image or colour over another.
///
/// An overlay that reaches beyond the base makes the image larger; what neither covers is transparent.
#[node(id = "chainner_native:image:blend", group = COMPOSITING, name = "Blend Images", icon = "BsLayersHalf")]
#[output(
    navi = r"
        def wide(layer: Image | Color): int = match layer { Image => layer.width, Color => 0 };
        def high(layer: Image | Color): int = match layer { Image => layer.height, Color => 0 };
        def isImage(layer: Image | Color): bool = match layer { Image => true, Color => false };
        let both = isImage($base_layer) and isImage($overlay_layer);

        // From the left or upper end of one layer to the right or lower end of the other.
        def span(base: int, overlay: int, offset: int): int { max(base, overlay + offset) - min(offset, 0) }
        def share(base: int, overlay: int, percent: int): int { round((base - overlay) * percent / 100) & int }
        let width = match $overlay_position {
            chainner_native::BlendOverlayPosition::PercentOffset => span(
                wide($base_layer),
                wide($overlay_layer),
                share(wide($base_layer), wide($overlay_layer), $x_offset_percent_offset)
            ),
            chainner_native::BlendOverlayPosition::PixelOffset => span(wide($base_layer), wide($overlay_layer), $x_offset_pixel_offset),
            _ => max(wide($base_layer), wide($overlay_layer))
        };
        let height = match $overlay_position {
            chainner_native::BlendOverlayPosition::PercentOffset => span(
                high($base_layer),
                high($overlay_layer),
                share(high($base_layer), high($overlay_layer), $y_offset_percent_offset)
            ),
            chainner_native::BlendOverlayPosition::PixelOffset => span(high($base_layer), high($overlay_layer), $y_offset_pixel_offset),
            _ => max(high($base_layer), high($overlay_layer))
        };
        let size = if both {
            if $crop_to_fit_base_layer {
                Image { width: wide($base_layer) & int(1..), height: high($base_layer) & int(1..) }
            } else {
                Image { width: width & int(1..), height: height & int(1..) }
            }
        } else {
            Image {
                width: max(wide($base_layer), wide($overlay_layer)) & int(1..),
                height: max(high($base_layer), high($overlay_layer)) & int(1..)
            }
        };
        // What the base leaves free is transparent.
        let free = both and (size.width != wide($base_layer) or size.height != high($base_layer));
        size & Image { channels: if free { 4 } else { max($base_layer.channels, $overlay_layer.channels) } }
    ",
    never_reason = "One of the layers must be an image."
)]
#[layout(
    base_layer,
    overlay_layer,
    blend_mode,
    when(is(base_layer, "Image") && is(overlay_layer, "Image"))[
        overlay_position,
        when(overlay_position == BlendOverlayPosition::PercentOffset)[
            x_offset_percent_offset,
            y_offset_percent_offset,
        ],
        when(overlay_position == BlendOverlayPosition::PixelOffset)[
            x_offset_pixel_offset,
            y_offset_pixel_offset,
        ],
        crop_to_fit_base_layer,
    ],
)]
#[allow(clippy::too_many_arguments, reason = "the inputs of the app's node")]
pub fn blend(
    #[input(channels = [1, 3, 4])] base_layer: ImageOrColor<'_>,
    #[input(channels = [1, 3, 4])] overlay_layer: ImageOrColor<'_>,
    blend_mode: BlendMode,
    #[input(label = "Overlay position")] overlay_position: BlendOverlayPosition,
    #[input(label = "X offset", range = -200..=200, unit = "%", slider)] x_offset_percent_offset: i32,
    #[input(label = "Y offset", range = -200..=200, unit = "%", slider)] y_offset_percent_offset: i32,
    #[input(label = "X offset", unit = "px")] x_offset_pixel_offset: i32,
    #[input(label = "Y offset", unit = "px")] y_offset_pixel_offset: i32,
    #[input(label = "Crop to fit base layer")] crop_to_fit_base_layer: bool,
) -> Result<Image, NodeError> {
    let mode = blend_mode.mode();
    let flat = |color: &Color| Layer::Color(color.bgra(), color.channels() as usize);
    let (base, over) = match (&base_layer, &overlay_layer) {
        (ImageOrColor::Image(base), ImageOrColor::Image(over)) => (base, over),
        (ImageOrColor::Image(image), ImageOrColor::Color(color)) => {
            let size = [image.width(), image.height()];
            return Ok(blend::compose(mode, Layer::Picture(*image, [0, 0]), flat(color), size));
        }
        (ImageOrColor::Color(color), ImageOrColor::Image(image)) => {
            let size = [image.width(), image.height()];
            return Ok(blend::compose(mode, flat(color), Layer::Picture(*image, [0, 0]), size));
        }
        (ImageOrColor::Color(_), ImageOrColor::Color(_)) => {
            return Err(NodeError::new("one of the layers must be an image, but both are colours"));
        }
    };

    // Where the overlay lies from the base on; both have their place on a canvas that holds them, from which the base may be cut out.
    let sizes = [[base.width(), over.width()], [base.height(), over.height()]];
    let aligned = |[base, over]: [usize; 2], [numerator, denominator]: [usize; 2]| {
        let canvas = base.max(over);
        let start = |size: usize| ((canvas - size) * numerator / denominator) as isize;
        start(over) - start(base)
    };
    let share = |[base, over]: [usize; 2], percent: i32| {
        ((base as f64 - over as f64) * f64::from(percent) / 100.0).round_ties_even() as isize
    };
    let [right, down] = match overlay_position {
        BlendOverlayPosition::PercentOffset => {
            [share(sizes[0], x_offset_percent_offset), share(sizes[1], y_offset_percent_offset)]
        }
        BlendOverlayPosition::PixelOffset => [x_offset_pixel_offset as isize, y_offset_pixel_offset as isize],
        place => {
            let [across, along] = place.shares();
            [aligned(sizes[0], across), aligned(sizes[1], along)]
        }
    };
    let (corner, size) = if crop_to_fit_base_layer {
        ([0, 0], [base.width(), base.height()])
    } else {
        let end = |[base, over]: [usize; 2], offset: isize| (base as isize).max(over as isize + offset);
        let corner = [right.min(0), down.min(0)];
        (corner, [end(sizes[0], right) - corner[0], end(sizes[1], down) - corner[1]].map(|size| size as usize))
    };
    let base = Layer::Picture(*base, corner.map(|place| -place));
    let over = Layer::Picture(*over, [right - corner[0], down - corner[1]]);
    Ok(blend::compose(mode, base, over, size))
}

impl BlendOverlayPosition {
    /// How much of the room is left of the overlay, and above it, as fractions.
    fn shares(self) -> [[usize; 2]; 2] {
        let (none, half, all) = ([0, 1], [1, 2], [1, 1]);
        match self {
            Self::TopLeft | Self::PercentOffset | Self::PixelOffset => [none, none],
            Self::Top => [half, none],
            Self::TopRight => [all, none],
            Self::Left => [none, half],
            Self::Center => [half, half],
            Self::Right => [all, half],
            Self::BottomLeft => [none, all],
            Self::Bottom => [half, all],
            Self::BottomRight => [all, all],
        }
    }
}

impl BlendMode {
    fn mode(self) -> Mode {
        match self {
            Self::Normal => Mode::Normal,
            Self::Darken => Mode::Darken,
            Self::Multiply => Mode::Multiply,
            Self::ColorBurn => Mode::ColorBurn,
            Self::LinearBurn => Mode::LinearBurn,
            Self::Lighten => Mode::Lighten,
            Self::Screen => Mode::Screen,
            Self::ColorDodge => Mode::ColorDodge,
            Self::Add => Mode::Add,
            Self::Overlay => Mode::Overlay,
            Self::SoftLight => Mode::SoftLight,
            Self::HardLight => Mode::HardLight,
            Self::VividLight => Mode::VividLight,
            Self::LinearLight => Mode::LinearLight,
            Self::PinLight => Mode::PinLight,
            Self::Reflect => Mode::Reflect,
            Self::Glow => Mode::Glow,
            Self::Difference => Mode::Difference,
            Self::Exclusion => Mode::Exclusion,
            Self::Negation => Mode::Negation,
            Self::Subtract => Mode::Subtract,
            Self::Divide => Mode::Divide,
            Self::Xor => Mode::Xor,
        }
    }
}
