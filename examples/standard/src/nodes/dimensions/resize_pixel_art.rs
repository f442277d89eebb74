//! Pixel art in larger sizes.

use chainner_sdk::prelude::*;

use crate::{
    categories::dimensions::RESIZE,
    kernels::pixel_art::{eagle, epx, hq, sai, super_eagle, super_sai},
};

/// How the image is made larger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
#[choice(type_name = "ResizeAlgorithm")]
#[allow(missing_docs, reason = "labels say it")]
pub enum ResizeAlgorithm {
    #[choice(label = "EXP/AdvMAME 2x", id = "adv_mame2x")]
    AdvMane2X,
    #[choice(label = "EXP/AdvMAME 3x", id = "adv_mame3x")]
    AdvMane3X,
    #[choice(label = "EXP/AdvMAME 4x", id = "adv_mame4x")]
    AdvMane4X,
    #[choice(label = "Eagle 2x", id = "eagle2x")]
    Eagle2X,
    #[choice(label = "Eagle 3x", id = "eagle3x")]
    Eagle3X,
    #[choice(label = "Super Eagle 2x", id = "super_eagle2x")]
    SuperEagle2X,
    #[choice(label = "SaI 2x", id = "sai2x")]
    Sai2X,
    #[choice(label = "Super SaI 2x", id = "super_sai2x")]
    SuperSai2X,
    #[choice(label = "HQ 2x", id = "hqx2x", default)]
    Hq2X,
    #[choice(label = "HQ 3x", id = "hqx3x")]
    Hq3X,
    #[choice(label = "HQ 4x", id = "hqx4x")]
    Hq4X,
}

impl ResizeAlgorithm {
    fn scale(self) -> usize {
        match self {
            Self::AdvMane2X | Self::Eagle2X | Self::SuperEagle2X | Self::Sai2X | Self::SuperSai2X | Self::Hq2X => 2,
            Self::AdvMane3X | Self::Eagle3X | Self::Hq3X => 3,
            Self::AdvMane4X | Self::Hq4X => 4,
        }
    }

    fn enlarge<const N: usize>(self, image: ImageView<'_>) -> Image {
        match self {
            Self::AdvMane2X => epx::double::<N>(image),
            Self::AdvMane3X => epx::triple::<N>(image),
            Self::AdvMane4X => epx::quadruple::<N>(image),
            Self::Eagle2X => eagle::double::<N>(image),
            Self::Eagle3X => eagle::triple::<N>(image),
            Self::SuperEagle2X => super_eagle::double::<N>(image),
            Self::Sai2X => sai::double::<N>(image),
            Self::SuperSai2X => super_sai::double::<N>(image),
            Self::Hq2X => hq::double::<N>(image),
            Self::Hq3X => hq::triple::<N>(image),
            Self::Hq4X => hq::quadruple::<N>(image),
        }
    }
}

/// Makes pixel art larger, with its lines kept.
///
/// For images of few colours, drawn pixel by pixel. All methods but HQ look for pixels of exactly the same colour, and find no lines in
/// images that were blurred, resized or saved as JPEG before.
#[node(id = "chainner_native:image:resize_pixel_art", group = RESIZE)]
#[output(navi = "
    let scale: uint = match $method {
        ResizeAlgorithm::AdvMane2X => 2,
        ResizeAlgorithm::AdvMane3X => 3,
        ResizeAlgorithm::AdvMane4X => 4,
        ResizeAlgorithm::Eagle2X => 2,
        ResizeAlgorithm::Eagle3X => 3,
        ResizeAlgorithm::SuperEagle2X => 2,
        ResizeAlgorithm::Sai2X => 2,
        ResizeAlgorithm::SuperSai2X => 2,
        ResizeAlgorithm::Hq2X => 2,
        ResizeAlgorithm::Hq3X => 3,
        ResizeAlgorithm::Hq4X => 4
    };
    Image { width: $image.width * scale, height: $image.height * scale, channels: $image.channels }
")]
pub fn resize_pixel_art(
    #[input(channels = [1, 3, 4])] image: ImageView<'_>,
    method: ResizeAlgorithm,
) -> Result<Image, NodeError> {
    let bytes = image
        .width()
        .checked_mul(image.height())
        .and_then(|pixels| pixels.checked_mul(method.scale() * method.scale() * image.channels() * size_of::<f32>()));
    if bytes.is_none_or(|bytes| isize::try_from(bytes).is_err()) {
        return Err(NodeError::new("the image would be larger than any memory"));
    }
    Ok(match image.channels() {
        1 => method.enlarge::<1>(image),
        3 => method.enlarge::<3>(image),
        _ => method.enlarge::<4>(image),
    })
}
