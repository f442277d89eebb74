//! Turned by any angle.

use chainner_sdk::prelude::*;

use crate::{
    categories::utilities::MODIFICATION,
    kernels::rotation::{self, Reading, Turn},
};

/// How the image is read between its pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
pub enum RotationInterpolationMethod {
    /// Sharp.
    #[choice(id = 3)]
    Cubic,
    /// Soft.
    #[choice(id = 2)]
    Linear,
    /// Pixels stay as they are, but have steps.
    #[choice(label = "Nearest Neighbor", id = 0)]
    Nearest,
}

/// How large the result is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
pub enum RotateSizeChange {
    /// Holds the whole image.
    #[choice(label = "Expand to fit", id = 1)]
    Expand,
    /// As large as the image was.
    #[choice(label = "Crop to original", id = 0)]
    Crop,
}

/// What is seen where the image does not reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
pub enum FillColor {
    /// Nothing if the image has opacity, else black.
    #[choice(id = -1)]
    Auto,
    /// Black.
    #[choice(id = 0)]
    Black,
    /// Nothing.
    #[choice(id = 1)]
    Transparent,
}

/// Turns an image against the clock.
///
/// The app's own node works with eight bits, and with colours that are multiplied by their opacity in eight bits; this one keeps the full
/// precision, so that nearly transparent pixels keep their colour (recording 017).
#[node(id = "chainner_native:image:rotate", group = MODIFICATION, icon = "MdRotate90DegreesCcw", key_info = rotation_angle)]
#[output(navi = r"
    let turn = number::degToRad(number::mod($rotation_angle, 360));
    let wide = $image.width;
    let high = $image.height;
    // The corners, seen from the middle, and the middle put back to where it was.
    def across(x: number, y: number): number { wide / 2 + number::cos(turn) * (x - wide / 2) - number::sin(turn) * (y - high / 2) }
    def along(x: number, y: number): number { high / 2 + number::sin(turn) * (x - wide / 2) + number::cos(turn) * (y - high / 2) }
    let width = ceil(max(across(0, 0), across(wide, 0), across(wide, high), across(0, high)))
        - floor(min(across(0, 0), across(wide, 0), across(wide, high), across(0, high)));
    let height = ceil(max(along(0, 0), along(wide, 0), along(wide, high), along(0, high)))
        - floor(min(along(0, 0), along(wide, 0), along(wide, high), along(0, high)));
    let grown = match $image_dimensions {
        chainner_native::RotateSizeChange::Expand => Image { width: Image.width & width, height: Image.height & height },
        chainner_native::RotateSizeChange::Crop => Image { width: wide, height: high }
    };
    let size = match number::mod($rotation_angle, 360) {
        0 | 180 => Image { width: wide, height: high },
        90 | 270 => if $image_dimensions == chainner_native::RotateSizeChange::Expand or wide == high {
            Image { width: high, height: wide }
        } else {
            grown
        },
        _ => grown
    };
    let channels = match $negative_space_fill {
        chainner_native::FillColor::Transparent => 4,
        _ => $image.channels
    };
    size & Image { channels: channels }
")]
pub fn rotate(
    image: ImageView<'_>,
    #[input(range = 0.0..=360.0, step = 45.0, precision = 1, slider_step = 1.0, unit = "°", slider)]
    rotation_angle: f64,
    interpolation_method: RotationInterpolationMethod,
    image_dimensions: RotateSizeChange,
    negative_space_fill: FillColor,
) -> Result<Image, NodeError> {
    let channels = image.channels();
    if ![1, 3, 4].contains(&channels) {
        return Err(NodeError::new(format!("an image to be turned has 1, 3 or 4 channels, but this is a {image}")));
    }
    let reading = match interpolation_method {
        RotationInterpolationMethod::Cubic => Reading::Cubic,
        RotationInterpolationMethod::Linear => Reading::Linear,
        RotationInterpolationMethod::Nearest => Reading::Nearest,
    };
    let free: &[f32] = match (negative_space_fill, channels) {
        (FillColor::Transparent, _) | (FillColor::Auto, 4) => &[0.0; 4],
        (FillColor::Black, 4) => &[0.0, 0.0, 0.0, 1.0],
        (_, 3) => &[0.0; 3],
        _ => &[0.0],
    };
    let size = [image.width(), image.height()];
    let right_angle = rotation_angle % 90.0 == 0.0 && (size[0] == size[1] || rotation_angle % 180.0 == 0.0);
    let expand = image_dimensions == RotateSizeChange::Expand || right_angle;
    Ok(rotation::rotate(image, &Turn::new(size, rotation_angle, expand), reading, free))
}
