//! High Pass.

use chainner_sdk::prelude::*;

use crate::{
    categories::filters::MISCELLANEOUS,
    kernels::{blur::gaussian, unsharp},
};

/// What an image is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
#[choice(type_name = "BlurMode", style = tabs)]
pub enum BlurMode {
    /// Itself, blurred.
    #[choice(id = 0)]
    Gaussian,
    /// An image blurred elsewhere.
    #[choice(id = 1)]
    Custom,
}

/// Leaves of an image what is finer than a blur: `contrast * (image - blurred) + 0.5`.
///
/// Opacity stays as it is.
#[node(id = "chainner_native:image:high_pass", group = MISCELLANEOUS, icon = "MdOutlineAutoFixHigh")]
#[output(navi = r"
        let i = $image;
        let mode = $blur_mode;
        let blurred = $blurred_image;

        match mode {
            BlurMode::Gaussian => i,
            BlurMode::Custom => {
                let valid = i == blurred;

                if valid { i } else { never }
            },
        }
    ")]
pub fn high_pass(
    #[input(channels = [1, 3, 4])] image: ImageView<'_>,
    #[input(id = 3)] blur_mode: BlurMode,
    #[input(
        id = 1,
        default = 3.0,
        range = 0.0..=1000.0,
        step = 1.0,
        precision = 1,
        slider_step = 0.1,
        slider,
        scale = log,
        when(blur_mode == BlurMode::Gaussian),
    )]
    blur_radius: f64,
    #[input(
        id = 4,
        channels = [1, 3, 4],
        when(blur_mode == BlurMode::Custom),
        required_when(true),
    )]
    blurred_image: Option<ImageView<'_>>,
    #[input(
        id = 2,
        default = 1.0,
        range = 0.0..=100.0,
        step = 0.1,
        precision = 2,
        slider,
        scale = log_offset,
    )]
    contrast: f32,
) -> Result<Image, NodeError> {
    let (width, height, channels) = (image.width(), image.height(), image.channels());
    let finish = |y: usize, row: &mut [f32]| {
        unsharp::high_pass(image.row(y), row, contrast);
        if channels == 4 {
            let alphas = image.row(y).iter().skip(3).step_by(4);
            row.iter_mut().skip(3).step_by(4).zip(alphas).for_each(|(to, alpha)| *to = *alpha);
        }
    };
    Ok(match blur_mode {
        BlurMode::Gaussian => gaussian::blur_and(image, blur_radius, blur_radius, finish),
        BlurMode::Custom => {
            let blame = |message: String| NodeError::new(message).input("Blurred Image");
            let blurred = blurred_image.ok_or_else(|| blame("connect the blurred image".to_owned()))?;
            if (blurred.width(), blurred.height(), blurred.channels()) != (width, height, channels) {
                return Err(blame(format!("expected the shape of the image, {image}, got {blurred}")));
            }
            blurred.map_rows(finish)
        }
    })
}
