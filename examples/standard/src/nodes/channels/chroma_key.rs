//! Chroma Key.

use chainner_sdk::prelude::*;

use crate::{
    categories::channels::MISCELLANEOUS,
    kernels::{
        keying::{self, Limits},
        matting::{closed_form, foreground},
        planes::{self, Plane},
    },
};

/// How opacity is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
#[choice(type_name = "KeyMethod")]
pub enum KeyMethod {
    /// A pixel is opaque or not. For images without smooth edges.
    #[choice(id = 1)]
    Binary,
    /// Between what is surely background and what is surely foreground, opacity follows the colours of the image.
    #[choice(id = 2)]
    TrimapMatting,
}

/// Makes what is of a key colour transparent.
///
/// Thresholds are the mean difference of red, green and blue from the key, in percent of the range. Matting takes a while on large
/// images: look at the trimap first, with **Output Trimap**.
#[node(id = "chainner_native:image:chroma_key", group = MISCELLANEOUS, icon = "MdOutlineFormatColorFill")]
#[output(size_as = image, channels = 4)]
pub fn chroma_key(
    #[input(channels = 3)] image: ImageView<'_>,
    /// The key.
    #[input(default = Color::rgb(0.5, 0.5, 0.5), channels = 3)]
    color: Color,
    key_method: KeyMethod,
    #[input(
        default = 1.0,
        range = 0.0..=100.0,
        step = 1.0,
        precision = 1,
        slider,
        when(key_method == KeyMethod::Binary),
    )]
    threshold: f32,
    /// What differs no more than this is background.
    #[input(
        label = "Threshold BG",
        default = 2.0,
        range = 0.0..=100.0,
        step = 1.0,
        precision = 1,
        slider,
        when(key_method == KeyMethod::TrimapMatting),
    )]
    threshold_bg: f32,
    /// What differs more than this is foreground.
    #[input(
        label = "Threshold FG",
        default = 10.0,
        range = 0.0..=100.0,
        step = 1.0,
        precision = 1,
        slider,
        when(key_method == KeyMethod::TrimapMatting),
    )]
    threshold_fg: f32,
    /// How near to other pixels background is not sure, in pixels.
    #[input(
        label = "Confusion BG",
        default = 4,
        range = 0..=100,
        slider,
        scale = log,
        linked = "confusion",
        when(key_method == KeyMethod::TrimapMatting),
    )]
    confusion_bg: u32,
    /// The same of foreground.
    #[input(
        label = "Confusion FG",
        default = 4,
        range = 0..=100,
        slider,
        scale = log,
        linked = "confusion",
        when(key_method == KeyMethod::TrimapMatting),
    )]
    confusion_fg: u32,
    /// Gives what is background, foreground and not sure as opacity, without matting.
    #[input(when(key_method == KeyMethod::TrimapMatting))]
    output_trimap: bool,
) -> Result<Image, NodeError> {
    let Bgr { b, g, r } = color.bgr();
    let key = [b, g, r];
    if key_method == KeyMethod::Binary {
        return Ok(keying::binary(image, key, threshold / 100.0));
    }
    let limits = Limits {
        background: threshold_bg / 100.0,
        foreground: threshold_fg / 100.0,
        background_confusion: confusion_bg as usize,
        foreground_confusion: confusion_fg as usize,
    };
    let trimap = keying::trimap(image, key, limits);
    let put = |colors: ImageView<'_>, alpha: ImageView<'_>| {
        planes::with_alpha(colors, Plane::Samples(alpha)).expect("three channels")
    };
    if output_trimap {
        return Ok(put(image, trimap.view()));
    }
    let alpha = closed_form::alpha(image, trimap.view().samples())?;
    let front = foreground::estimate(image, &alpha);
    let alpha = ImageView::new(&alpha, image.width(), image.height(), 1).expect("a sample for each pixel");
    Ok(put(front.view(), alpha))
}
