//! Images side by side in their channels.

use chainner_sdk::prelude::*;

use crate::{categories::channels::ALL, kernels::planes};

/// Puts the channels of up to four images behind one another, and makes an image of the first four of them.
///
/// Of two channels, the second is taken twice.
#[node(id = "chainner_native:image:merge_channels", group = ALL, icon = "MdCallMerge", deprecated)]
#[output(
    navi = Image { channels: r"
        def count(of: any): uint = match of { Image => of.channels, _ => 0 };
        match count($channel_a) + count($channel_b) + count($channel_c) + count($channel_d) {
            1 => 1,
            2 | 3 => 3,
            int(4..) => 4
        }
    " },
    size_as = channel_a,
)]
pub fn merge_channels(
    #[input(label = "Channel(s) A")] channel_a: ImageView<'_>,
    #[input(label = "Channel(s) B")] channel_b: Option<ImageView<'_>>,
    #[input(label = "Channel(s) C")] channel_c: Option<ImageView<'_>>,
    #[input(label = "Channel(s) D")] channel_d: Option<ImageView<'_>>,
) -> Result<Image, NodeError> {
    let images: Vec<ImageView<'_>> = [Some(channel_a), channel_b, channel_c, channel_d].into_iter().flatten().collect();
    let size = |image: &ImageView<'_>| [image.width(), image.height()];
    if let Some(other) = images.iter().find(|image| size(image) != size(&channel_a)) {
        let ([width, height], [w, h]) = (size(&channel_a), size(other));
        return Err(NodeError::new(format!(
            "the images have to be of one size, and there are {width}×{height} and {w}×{h}"
        )));
    }
    // Which channel of which image.
    let mut all: Vec<(usize, usize)> = images
        .iter()
        .enumerate()
        .flat_map(|(i, image)| (0..image.channels()).map(move |channel| (i, channel)))
        .collect();
    if all.len() == 2 {
        all.push(all[1]);
    }
    all.truncate(4);
    Ok(planes::gathered(&images, &all))
}
