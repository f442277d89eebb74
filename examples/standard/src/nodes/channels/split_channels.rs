//! One image into its channels.

use chainner_sdk::prelude::*;

use crate::{categories::channels::ALL, kernels::planes};

/// Takes an image apart into its red, green, blue and alpha channels.
///
/// Channels that are not there are white. The one channel of a greyscale image comes out as the red one.
#[node(id = "chainner_native:image:split_channels", group = ALL, name = "Split R/G/B/A", icon = "MdCallSplit")]
#[output(label = "R Channel", docs = "Red.", size_as = image, channels = 1, id = 2)]
#[output(label = "G Channel", docs = "Green.", size_as = image, channels = 1)]
#[output(label = "B Channel", docs = "Blue.", size_as = image, channels = 1, id = 0)]
#[output(label = "A Channel", docs = "Opacity; white where the image has none.", size_as = image, channels = 1)]
pub fn split_channels(image: ImageView<'_>) -> (Image, Image, Image, Image) {
    let channel = |index: usize| {
        let index = if image.channels() == 1 { index.checked_sub(2) } else { Some(index) };
        index.and_then(|index| planes::channel(image, index)).unwrap_or_else(|| planes::flat(image, 1.0))
    };
    (channel(2), channel(1), channel(0), channel(3))
}
