//! The mirror.

use chainner_sdk::prelude::*;

use crate::{categories::utilities::MODIFICATION, kernels::moving};

/// Which way an image is mirrored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
pub enum FlipAxis {
    /// Left becomes right.
    #[choice(id = 1)]
    Horizontal,
    /// Top becomes bottom.
    #[choice(id = 0)]
    Vertical,
    /// As if turned upside down.
    #[choice(id = -1)]
    Both,
    /// Not at all.
    #[choice(id = 2)]
    None,
}

/// Mirrors an image.
#[node(id = "chainner_native:image:flip", group = MODIFICATION, icon = "MdFlip", key_info = flip_axis)]
#[output(same_as = image)]
pub fn flip(image: ImageView<'_>, flip_axis: FlipAxis) -> Image {
    let (width, height, channels) = (image.width(), image.height(), image.channels());
    match flip_axis {
        FlipAxis::None => image.to_image(),
        FlipAxis::Vertical => {
            Image::from_fresh_rows(width, height, channels, |y, to| to.copy([image.row(height - 1 - y)]))
        }
        FlipAxis::Horizontal => mirrored(image, |y| y),
        FlipAxis::Both => mirrored(image, |y| height - 1 - y),
    }
}

/// Left is right, and each row is that of another place.
fn mirrored(image: ImageView<'_>, place: impl Fn(usize) -> usize + Sync) -> Image {
    let (width, height, channels) = (image.width(), image.height(), image.channels());
    // Pixels are moved whole, and clamped on their way out of the cache.
    Image::from_fresh_runs(
        width,
        height,
        channels,
        1,
        |_| vec![0.0; width * channels],
        |row, y, to| {
            moving::mirror(image.row(place(y)), channels, row);
            to.copy([row])
        },
    )
}
