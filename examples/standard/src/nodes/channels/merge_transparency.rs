//! Colour and opacity together.

use chainner_sdk::prelude::*;

use crate::{
    categories::channels::TRANSPARENCY,
    kernels::planes::{self, Plane},
};

use super::combine_rgba::one_size;

/// Makes an image of its colours and its opacity, either of which can be the same everywhere.
///
/// If the image has an opacity already, it is replaced.
#[node(
    id = "chainner_native:image:merge_transparency",
    group = TRANSPARENCY,
    name = "Combine RGB/A",
    icon = "MdCallMerge"
)]
#[output(
    navi = r#"
        def images(of: any): uint = match of { Image => 1, _ => 0 };
        def size(of: any): Image = match of { Image => Image { width: of.width, height: of.height }, _ => Image };
        if images($rgb) + images($alpha) == 0 {
            error("One of the two has to be an image.")
        } else {
            size($rgb) & size($alpha)
        }
    "#,
    channels = 4,
    never_reason = "Colour and opacity have to be of one size."
)]
pub fn merge_transparency(
    #[input(label = "RGB")] rgb: ImageOrColor<'_>,
    #[input(channels = 1)] alpha: ImageOrColor<'_>,
) -> Result<Image, NodeError> {
    let size = one_size(&[rgb, alpha])?;
    let alpha = match alpha {
        ImageOrColor::Image(image) => Plane::Samples(image),
        ImageOrColor::Color(color) => Plane::Value(color.bgr().b),
    };
    match rgb {
        ImageOrColor::Color(color) => {
            let Bgr { b, g, r } = color.bgr();
            let [b, g, r] = [b, g, r].map(Plane::Value);
            Ok(planes::interleaved(size, [b, g, r, alpha]))
        }
        ImageOrColor::Image(image) => planes::with_alpha(image, alpha).ok_or_else(|| {
            let came = image.channels();
            NodeError::new(format!("expected an image with one, three or four channels, got one with {came}"))
                .input("RGB")
        }),
    }
}
