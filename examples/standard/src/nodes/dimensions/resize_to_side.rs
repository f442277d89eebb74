//! Other sizes, by one of the sides.

use chainner_sdk::prelude::*;

use crate::categories::dimensions::RESIZE;

use super::resize::{ResizeFilter, resized};

/// The side that gets the given length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
#[choice(type_name = "SideSelection")]
pub enum SideSelection {
    /// From left to right.
    Width,
    /// From top to bottom.
    Height,
    /// The shorter one of both.
    #[choice(id = "shorter side")]
    ShorterSide,
    /// The longer one of both.
    #[choice(id = "longer side")]
    LongerSide,
}

/// Which images change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
#[choice(type_name = "ResizeCondition")]
pub enum ResizeCondition {
    /// All.
    #[choice(label = "Upscale And Downscale")]
    Both,
    /// Those that get larger.
    #[choice(label = "Upscale Only")]
    Upscale,
    /// Those that get smaller.
    #[choice(label = "Downscale Only")]
    Downscale,
}

/// Makes an image so large that one of its sides has the given length, and keeps its proportions.
#[node(id = "chainner_native:image:resize_to_side", group = RESIZE)]
#[output(navi = "
    let i = $image;
    let side = match $resize_to {
        SideSelection::Width => i.width,
        SideSelection::Height => i.height,
        SideSelection::ShorterSide => min(i.width, i.height),
        SideSelection::LongerSide => max(i.width, i.height)
    };
    let stays = match $resize_condition {
        ResizeCondition::Both => false,
        ResizeCondition::Upscale => $size_target < side,
        ResizeCondition::Downscale => $size_target > side
    };
    def scaled(of: uint): uint = max(round($size_target / side * of), 1);
    if stays { i } else {
        Image {
            width: match $resize_to { SideSelection::Width => $size_target, _ => scaled(i.width) },
            height: match $resize_to { SideSelection::Height => $size_target, _ => scaled(i.height) },
            channels: i.channels
        }
    }
")]
pub fn resize_to_side(
    image: ImageView<'_>,
    #[input(default = 2160, range = 1.., unit = "px")] size_target: usize,
    resize_to: SideSelection,
    #[input(id = 4)] resize_condition: ResizeCondition,
    #[input(id = 3)] interpolation_method: ResizeFilter,
) -> Result<Image, NodeError> {
    let (width, height) = (image.width(), image.height());
    let side = match resize_to {
        SideSelection::Width => width,
        SideSelection::Height => height,
        SideSelection::ShorterSide => width.min(height),
        SideSelection::LongerSide => width.max(height),
    };
    let changes = match resize_condition {
        ResizeCondition::Both => true,
        ResizeCondition::Upscale => size_target > side,
        ResizeCondition::Downscale => size_target < side,
    };
    let scaled = |length: usize| {
        let exact = size_target as f64 / side as f64 * length as f64;
        if length == side { size_target } else { (exact.round() as usize).max(1) }
    };
    // An image that stays as large still goes through the filter, and some of them blur.
    let size = if changes { [scaled(width), scaled(height)] } else { [width, height] };
    resized(image, size, interpolation_method, false)
}
