//! Opacity.

use chainner_sdk::prelude::*;

use crate::{categories::adjustments::ADJUSTMENTS, kernels::map};

/// Makes an image more transparent.
///
/// What is transparent already becomes more so; an image without opacity gets one.
#[node(id = "chainner_native:image:opacity", group = ADJUSTMENTS, icon = "MdOutlineOpacity", key_info = opacity)]
#[output(size_as = image, channels = 4)]
pub fn opacity(
    image: ImageView<'_>,
    #[input(default = 100.0, range = 0.0..=100.0, step = 1.0, precision = 1, unit = "%", slider)] opacity: f32,
) -> Result<Image, NodeError> {
    let opacity = opacity / 100.0;
    match image.channels() {
        1 => Ok(map::pixels(image, move |[v]: [f32; 1]| [v, v, v, opacity])),
        3 => Ok(map::pixels(image, move |[b, g, r]: [f32; 3]| [b, g, r, opacity])),
        4 => Ok(map::pixels(image, move |[b, g, r, a]: [f32; 4]| [b, g, r, a * opacity])),
        channels => Err(NodeError::new(format!(
            "an image of {channels} channels cannot get an opacity; it takes one, three or four"
        ))
        .input("Image")),
    }
}
