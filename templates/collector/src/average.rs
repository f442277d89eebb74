//! Many images into one: what stands before it in a chain runs once for each image, this node once for all of them.

use chainner_sdk::prelude::*;

use crate::BATCH;

/// Takes the average of images, pixel by pixel.
///
/// Of many exposures of one scene, the average has less noise than each of them. Only one image at a time is held in memory.
#[node(id = "{{module}}:batch:average", group = BATCH)]
#[output(label = "Average")]
#[output(label = "Count", docs = "How many images there were.")]
pub fn average(mut images: Items<Image>) -> Result<(Image, u32), NodeError> {
    let mut sum = images
        .next()
        .ok_or_else(|| NodeError::new("there are no images"))?;
    let mut count = 1;
    for image in images {
        let [first, this] =
            [&sum, &image].map(|image| (image.width(), image.height(), image.channels()));
        if first != this {
            let [first, this] = [first, this]
                .map(|(width, height, channels)| format!("{width}×{height}×{channels}"));
            return Err(NodeError::new(format!(
                "image {} is {this}, and the first {first}",
                count + 1
            )));
        }
        for (sum, sample) in sum.samples_mut().iter_mut().zip(image.view().samples()) {
            *sum += sample;
        }
        count += 1;
    }
    sum.samples_mut()
        .iter_mut()
        .for_each(|sample| *sample /= count as f32);
    Ok((sum, count))
}
