//! Images side by side.

use chainner_sdk::prelude::*;

use crate::{
    categories::utilities::COMPOSITING,
    kernels::stack::{self, Direction},
};

/// Where the next image goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
pub enum Orientation {
    /// To the right.
    Horizontal,
    /// Below.
    Vertical,
}

impl Orientation {
    fn direction(self) -> Direction {
        match self {
            Self::Horizontal => Direction::Right,
            Self::Vertical => Direction::Down,
        }
    }
}

/// Puts images side by side, or one below another. They are scaled to the height or the width of the largest.
///
/// The result is always a colour image, also of shades of grey alone.
#[node(id = "chainner_native:image:stack", group = COMPOSITING, name = "Stack Images", icon = "CgMergeVertical")]
#[output(navi = r"
    def wide(image: Image | null) = match image { null => 0, Image as image => image.width };
    def high(image: Image | null) = match image { null => 0, Image as image => image.height };
    def many(image: Image | null) = match image { null => 0, Image as image => max(3, image.channels) };
    let side = match $orientation {
        chainner_native::Orientation::Horizontal => max(
            high($image_a), high($image_b), high($image_c), high($image_d), high($image_e), high($image_f), high($image_g),
            high($image_h), high($image_i), high($image_j), high($image_k), high($image_l), high($image_m), high($image_n)
        ),
        chainner_native::Orientation::Vertical => max(
            wide($image_a), wide($image_b), wide($image_c), wide($image_d), wide($image_e), wide($image_f), wide($image_g),
            wide($image_h), wide($image_i), wide($image_j), wide($image_k), wide($image_l), wide($image_m), wide($image_n)
        )
    };
    def long(image: Image | null) = match image {
        null => 0,
        Image as image => int(1..) & match $orientation {
            chainner_native::Orientation::Horizontal => round(image.width * side / image.height),
            chainner_native::Orientation::Vertical => round(image.height * side / image.width)
        }
    };
    let length = long($image_a) + long($image_b) + long($image_c) + long($image_d) + long($image_e) + long($image_f)
        + long($image_g) + long($image_h) + long($image_i) + long($image_j) + long($image_k) + long($image_l)
        + long($image_m) + long($image_n);
    let channels = max(
        many($image_a), many($image_b), many($image_c), many($image_d), many($image_e), many($image_f), many($image_g),
        many($image_h), many($image_i), many($image_j), many($image_k), many($image_l), many($image_m), many($image_n)
    );
    match $orientation {
        chainner_native::Orientation::Horizontal => Image { width: length, height: side, channels: channels },
        chainner_native::Orientation::Vertical => Image { width: side, height: length, channels: channels }
    }
")]
#[allow(clippy::too_many_arguments, reason = "the inputs of the app's node")]
pub fn stack(
    #[input(id = 4)] orientation: Orientation,
    #[input(id = 0)] image_a: ImageView<'_>,
    #[input(id = 1)] image_b: Option<ImageView<'_>>,
    #[input(id = 2, optional_list)] image_c: Option<ImageView<'_>>,
    #[input(id = 3, optional_list)] image_d: Option<ImageView<'_>>,
    #[input(optional_list)] image_e: Option<ImageView<'_>>,
    #[input(optional_list)] image_f: Option<ImageView<'_>>,
    #[input(optional_list)] image_g: Option<ImageView<'_>>,
    #[input(optional_list)] image_h: Option<ImageView<'_>>,
    #[input(optional_list)] image_i: Option<ImageView<'_>>,
    #[input(optional_list)] image_j: Option<ImageView<'_>>,
    #[input(optional_list)] image_k: Option<ImageView<'_>>,
    #[input(optional_list)] image_l: Option<ImageView<'_>>,
    #[input(optional_list)] image_m: Option<ImageView<'_>>,
    #[input(optional_list)] image_n: Option<ImageView<'_>>,
) -> Result<Image, NodeError> {
    let others = [
        image_b, image_c, image_d, image_e, image_f, image_g, image_h, image_i, image_j, image_k, image_l, image_m,
        image_n,
    ];
    let images: Vec<ImageView<'_>> = [image_a].into_iter().chain(others.into_iter().flatten()).collect();
    stacked(&images, orientation)
}

/// Puts the images of a sequence side by side, or one below another. They are scaled to the height or the width of the largest.
///
/// The result is always a colour image, also of shades of grey alone.
#[node(
    id = "chainner_native:image:stack_images_sequence",
    group = COMPOSITING,
    name = "Stack Images (Sequence)",
    icon = "CgMergeVertical",
)]
#[output(navi = "Image { width: int(1..), height: int(1..), channels: 1 | 3 | 4 }")]
pub fn stack_images_sequence(image_sequence: Items<Image>, orientation: Orientation) -> Result<Image, NodeError> {
    let images: Vec<Image> = image_sequence.collect();
    let views: Vec<ImageView<'_>> = images.iter().map(Image::view).collect();
    stacked(&views, orientation)
}

fn stacked(images: &[ImageView<'_>], orientation: Orientation) -> Result<Image, NodeError> {
    if let Some(image) = images.iter().find(|image| ![1, 3, 4].contains(&image.channels())) {
        return Err(NodeError::new(format!("images to be stacked have 1, 3 or 4 channels, but one is a {image}")));
    }
    let stacked = stack::stack(images, orientation.direction());
    stacked.ok_or_else(|| NodeError::new("there are no images to be stacked: the sequence is empty"))
}
