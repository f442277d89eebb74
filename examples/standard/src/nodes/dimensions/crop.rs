//! Parts of images.

use chainner_sdk::prelude::*;

use crate::{
    categories::dimensions::CROP,
    kernels::place::{self, Rect},
};

/// How the part is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
#[choice(type_name = "CropMode", style = tabs)]
pub enum CropMode {
    /// The same is cut off on all sides.
    #[choice(id = 0)]
    Border,
    /// What is cut off on each side.
    #[choice(id = 1)]
    Edges,
    /// A corner and a size.
    #[choice(id = 2)]
    Offsets,
}

/// Cuts a part out of an image.
#[node(id = "chainner_native:image:crop", group = CROP, icon = "MdCrop", key_info = crop_mode)]
#[output(
    navi = "
        let i = $image;
        let left = match $crop_mode { CropMode::Border => $amount, _ => $left };
        let top = match $crop_mode { CropMode::Border => $amount, _ => $top };
        let wide = match $crop_mode {
            CropMode::Border => i.width - left - $amount,
            CropMode::Edges => i.width - left - $right,
            CropMode::Offsets => min(i.width - left, $width)
        };
        let high = match $crop_mode {
            CropMode::Border => i.height - top - $amount,
            CropMode::Edges => i.height - top - $bottom,
            CropMode::Offsets => min(i.height - top, $height)
        };
        Image { width: wide & 1.., height: high & 1.., channels: i.channels }
    ",
    never_reason = "Nothing of the image would be left."
)]
#[allow(clippy::too_many_arguments, reason = "the inputs of the node")]
pub fn crop(
    image: ImageView<'_>,
    crop_mode: CropMode,
    #[input(unit = "px", when(crop_mode == CropMode::Border))] amount: usize,
    #[input(id = 4, unit = "px", when(matches!(crop_mode, CropMode::Edges | CropMode::Offsets)))] left: usize,
    #[input(id = 3, unit = "px", when(matches!(crop_mode, CropMode::Edges | CropMode::Offsets)))] top: usize,
    #[input(id = 6, unit = "px", when(crop_mode == CropMode::Edges))] right: usize,
    #[input(id = 5, unit = "px", when(crop_mode == CropMode::Edges))] bottom: usize,
    /// At most; as far as the image reaches.
    #[input(id = 8, default = 100, range = 1.., unit = "px", when(crop_mode == CropMode::Offsets))]
    width: usize,
    /// At most; as far as the image reaches.
    #[input(id = 7, default = 100, range = 1.., unit = "px", when(crop_mode == CropMode::Offsets))]
    height: usize,
) -> Result<Image, NodeError> {
    let (columns, rows) = (image.width(), image.height());
    let part = match crop_mode {
        CropMode::Border => Rect {
            left: amount,
            top: amount,
            right: columns.saturating_sub(amount),
            bottom: rows.saturating_sub(amount),
        },
        CropMode::Edges => {
            Rect { left, top, right: columns.saturating_sub(right), bottom: rows.saturating_sub(bottom) }
        }
        CropMode::Offsets => Rect {
            left,
            top,
            right: left.saturating_add(width).min(columns),
            bottom: top.saturating_add(height).min(rows),
        },
    };
    if part.left >= part.right || part.top >= part.bottom {
        return Err(NodeError::new(format!("nothing would be left of an image of {columns}×{rows} pixels")));
    }
    Ok(place::crop(image, part))
}
