//! More image around an image.

use chainner_sdk::prelude::*;

use crate::{
    categories::dimensions::PADDING,
    kernels::{
        map,
        place::{self, Around},
        planes::{self, Plane},
    },
};

/// What is put around the image.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
pub enum BorderType {
    /// The image, mirrored again and again.
    #[choice(label = "Reflect (Mirror)", id = 4)]
    ReflectMirror,
    /// The image, again and again.
    #[choice(label = "Wrap (Tile)", id = 3)]
    Wrap,
    /// Its outermost pixels.
    #[choice(label = "Replicate Edges", id = 1)]
    Replicate,
    /// Black.
    #[choice(id = 0)]
    Black,
    /// White.
    #[choice(id = 6)]
    White,
    /// Nothing.
    #[choice(id = 5)]
    Transparent,
    /// A colour.
    #[choice(id = 7)]
    CustomColor,
}

/// How its size is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
#[choice(type_name = "BorderMode", style = tabs)]
pub enum BorderMode {
    /// The same on all sides.
    #[choice(id = 0)]
    Border,
    /// For each side.
    #[choice(id = 1)]
    Edges,
    /// The whole, and where in it the image lies.
    #[choice(id = 2)]
    Offsets,
}

/// Puts a border around an image.
#[node(id = "chainner_native:image:pad", group = PADDING, icon = "BsBorderOuter", key_info = border_mode)]
#[output(navi = "
    let i = $image;
    let wide = match $border_mode {
        BorderMode::Border => i.width + $amount + $amount,
        BorderMode::Edges => i.width + $left + $right,
        BorderMode::Offsets => $width
    };
    let high = match $border_mode {
        BorderMode::Border => i.height + $amount + $amount,
        BorderMode::Edges => i.height + $top + $bottom,
        BorderMode::Offsets => $height
    };
    let channels = match $border_type {
        chainner_native::BorderType::Transparent => 4,
        chainner_native::BorderType::CustomColor => max(i.channels, $color.channels),
        _ => i.channels
    };
    Image { width: wide, height: high, channels: channels }
")]
#[allow(clippy::too_many_arguments, reason = "the inputs of the node")]
pub fn pad(
    image: ImageView<'_>,
    border_type: BorderType,
    #[input(default = Color::rgb(0.5, 0.5, 0.5), when(border_type == BorderType::CustomColor))] color: Color,
    border_mode: BorderMode,
    #[input(unit = "px", when(border_mode == BorderMode::Border))] amount: usize,
    #[input(unit = "px", when(matches!(border_mode, BorderMode::Edges | BorderMode::Offsets)))] left: usize,
    #[input(unit = "px", when(matches!(border_mode, BorderMode::Edges | BorderMode::Offsets)))] top: usize,
    #[input(unit = "px", when(border_mode == BorderMode::Edges))] right: usize,
    #[input(unit = "px", when(border_mode == BorderMode::Edges))] bottom: usize,
    #[input(default = 100, range = 1.., unit = "px", when(border_mode == BorderMode::Offsets))] width: usize,
    #[input(default = 100, range = 1.., unit = "px", when(border_mode == BorderMode::Offsets))] height: usize,
) -> Result<Image, NodeError> {
    let (columns, rows) = (image.width(), image.height());
    let (at, size) = match border_mode {
        BorderMode::Border => ([amount; 2], [columns + 2 * amount, rows + 2 * amount]),
        BorderMode::Edges => ([left, top], [columns + left + right, rows + top + bottom]),
        BorderMode::Offsets => ([left, top], [width, height]),
    };
    let may_gain_channels = matches!(border_type, BorderType::Transparent | BorderType::CustomColor);
    if size == [columns, rows] && at == [0, 0] && !may_gain_channels {
        return Ok(image.to_image());
    }
    let padded = |image, around| place::pad(image, at, size, around);
    Ok(match border_type {
        BorderType::ReflectMirror => padded(image, Around::Reflected),
        BorderType::Wrap => padded(image, Around::Tiled),
        BorderType::Replicate => padded(image, Around::Edges),
        BorderType::Black => padded(image, Around::Color([0.0, 0.0, 0.0, 1.0])),
        BorderType::White => padded(image, Around::Color([1.0; 4])),
        BorderType::Transparent => padded(with_channels(image, 4)?.as_view(image), Around::Color([0.0; 4])),
        BorderType::CustomColor => {
            let channels = image.channels().max(color.channels() as usize);
            if channels == 2 {
                return Err(NodeError::new("a colour has one, three or four components, and the image two channels")
                    .input("Color"));
            }
            let Bgra { b, g, r, a } = color.bgra();
            padded(with_channels(image, channels)?.as_view(image), Around::Color([b, g, r, a]))
        }
    })
}

/// The image itself, or one made of it.
struct Converted(Option<Image>);

impl Converted {
    fn as_view<'a>(&'a self, image: ImageView<'a>) -> ImageView<'a> {
        self.0.as_ref().map_or(image, Image::view)
    }
}

/// The image with three or four channels: grey in all colours, opaque.
fn with_channels(image: ImageView<'_>, channels: usize) -> Result<Converted, NodeError> {
    let came = image.channels();
    let converted = match (came, channels) {
        _ if came == channels => return Ok(Converted(None)),
        (1, 3) => Some(map::pixels(image, |[v]: [f32; 1]| [v; 3])),
        (1 | 3, 4) => planes::with_alpha(image, Plane::Value(1.0)),
        _ => None,
    };
    match converted {
        Some(image) => Ok(Converted(Some(image))),
        None => {
            Err(NodeError::new(format!("an image of {came} channels cannot be made one of {channels}")).input("Image"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_image_gets_the_channels_of_its_border_also_without_one() {
        let gray = Image::new(2, 2, 1);
        let channels = |border_type| {
            let translucent = Color::rgba(0.1, 0.2, 0.3, 0.5);
            let padded = pad(gray.view(), border_type, translucent, BorderMode::Border, 0, 0, 0, 0, 0, 100, 100);
            padded.map(|image| image.channels()).ok()
        };
        assert_eq!(channels(BorderType::Black), Some(1));
        assert_eq!(channels(BorderType::Transparent), Some(4));
        assert_eq!(channels(BorderType::CustomColor), Some(4));
    }
}
