//! Four channels into one image.

use chainner_sdk::prelude::*;

use crate::{
    categories::channels::ALL,
    kernels::planes::{self, Plane},
};

/// Makes an image of its red, green, blue and alpha channels.
///
/// Where a colour is given instead of a channel, it is the same everywhere. Without an alpha channel, the image is opaque.
#[node(id = "chainner_native:image:combine_rgba", group = ALL, name = "Combine R/G/B/A", icon = "MdCallMerge")]
#[output(
    navi = r#"
        def images(of: any): uint = match of { Image => 1, _ => 0 };
        def size(of: any): Image = match of { Image => Image { width: of.width, height: of.height }, _ => Image };
        if images($r_channel) + images($g_channel) + images($b_channel) + images($a_channel) == 0 {
            error("One of the channels has to be an image.")
        } else {
            size($r_channel) & size($g_channel) & size($b_channel) & size($a_channel)
        }
    "#,
    channels = 4,
    never_reason = "The channels have to be of one size."
)]
pub fn combine_rgba(
    /// Red.
    #[input(channels = 1)]
    r_channel: ImageOrColor<'_>,
    /// Green.
    #[input(channels = 1)]
    g_channel: ImageOrColor<'_>,
    /// Blue.
    #[input(channels = 1)]
    b_channel: ImageOrColor<'_>,
    /// Opacity.
    #[input(channels = 1)]
    a_channel: Option<ImageOrColor<'_>>,
) -> Result<Image, NodeError> {
    let opaque = ImageOrColor::Color(Color::gray(1.0));
    let channels = [b_channel, g_channel, r_channel, a_channel.unwrap_or(opaque)];
    let size = one_size(&channels)?;
    let [b, g, r, a] = channels.map(|channel| match channel {
        ImageOrColor::Image(image) => Plane::Samples(image),
        ImageOrColor::Color(color) => Plane::Value(color.bgr().b),
    });
    Ok(planes::interleaved(size, [b, g, r, a]))
}

/// Width and height that the images among the channels share.
pub(super) fn one_size(channels: &[ImageOrColor<'_>]) -> Result<[usize; 2], NodeError> {
    let mut images = channels.iter().filter_map(|channel| match channel {
        ImageOrColor::Image(image) => Some(image),
        ImageOrColor::Color(_) => None,
    });
    let Some(first) = images.next() else {
        return Err(NodeError::new("one of the channels has to be an image, and all are colours"));
    };
    let size = [first.width(), first.height()];
    match images.find(|image| [image.width(), image.height()] != size) {
        None => Ok(size),
        Some(other) => Err(NodeError::new(format!(
            "the channels have to be of one size, and there are {}×{} and {}×{}",
            size[0],
            size[1],
            other.width(),
            other.height()
        ))),
    }
}
