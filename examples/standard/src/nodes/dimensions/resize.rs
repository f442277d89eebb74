//! Other sizes.

use chainner_sdk::prelude::*;

use crate::{
    categories::dimensions::RESIZE,
    kernels::{
        map,
        resample::{self, Filter},
    },
};

/// How the size is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
#[choice(type_name = "ImageResizeMode", style = tabs)]
pub enum ImageResizeMode {
    /// Of the image's own.
    #[choice(id = 0)]
    Percentage,
    /// In pixels.
    #[choice(id = 1)]
    Absolute,
}

/// How samples between those of the image are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
#[choice(type_name = "ResizeFilter")]
pub enum ResizeFilter {
    /// Area to make an image smaller, Lanczos to make it larger.
    #[choice(id = -1, heading = "Basic")]
    Auto,
    /// The nearest sample as it is.
    #[choice(label = "Nearest Neighbor", id = 0)]
    Nearest,
    /// The mean of the area.
    #[choice(label = "Area (Box)", id = 4)]
    Box,
    /// Along straight lines.
    #[choice(id = 2)]
    Linear,
    /// Along curves through the samples.
    #[choice(label = "Cubic", id = 3)]
    Catrom,
    /// Sharpest, with slight ringing.
    #[choice(id = 1)]
    Lanczos,
    /// Along steep curves.
    #[choice(id = 5, heading = "Advanced")]
    Hermite,
    /// Between sharp and soft.
    #[choice(id = 6)]
    Mitchell,
    /// Soft.
    #[choice(label = "B-Spline", id = 7)]
    Bspline,
    /// As sharp as Linear is soft.
    #[choice(id = 8)]
    Hamming,
    /// Nearly the same.
    #[choice(id = 9)]
    Hann,
    /// Along curves, nearly without ringing.
    #[choice(id = 10)]
    Lagrange,
    /// Soft, without any ringing.
    #[choice(id = 11)]
    Gauss,
}

impl ResizeFilter {
    /// The filter that makes the image the given size.
    fn filter(self, image: ImageView<'_>, [width, height]: [usize; 2]) -> Filter {
        match self {
            Self::Auto if width <= image.width() && height <= image.height() => Filter::Box,
            Self::Auto | Self::Lanczos => Filter::Lanczos,
            Self::Nearest => Filter::Nearest,
            Self::Box => Filter::Box,
            Self::Linear => Filter::Linear,
            Self::Catrom => Filter::CatmullRom,
            Self::Hermite => Filter::Hermite,
            Self::Mitchell => Filter::Mitchell,
            Self::Bspline => Filter::BSpline,
            Self::Hamming => Filter::Hamming,
            Self::Hann => Filter::Hann,
            Self::Lagrange => Filter::Lagrange,
            Self::Gauss => Filter::Gauss,
        }
    }
}

/// Makes an image larger or smaller.
///
/// Hamming and Hann make an image that gets smaller a little brighter, as the app's own node does.
#[node(
    id = "chainner_native:image:resize",
    group = RESIZE,
    key_info = r#"
        match $image_resize_mode {
            ImageResizeMode::Absolute => string::concat(toString($width), "x", toString($height)),
            ImageResizeMode::Percentage => string::concat(toString($percentage), "%")
        }
    "#
)]
#[output(navi = "
    def scaled(of: uint): uint = max(round(of * $percentage / 100) & int, 1);
    let size = match $image_resize_mode {
        ImageResizeMode::Absolute => Image { width: $width, height: $height },
        ImageResizeMode::Percentage => Image { width: scaled($image.width), height: scaled($image.height) }
    };
    size & Image { channels: $image.channels }
")]
pub fn resize(
    image: ImageView<'_>,
    image_resize_mode: ImageResizeMode,
    #[input(
        default = 100.0,
        range = 0.0..,
        step = 25.0,
        precision = 4,
        unit = "%",
        label_style = hidden,
        when(image_resize_mode == ImageResizeMode::Percentage)
    )]
    percentage: f64,
    #[input(range = 1.., unit = "px", when(image_resize_mode == ImageResizeMode::Absolute))] width: usize,
    #[input(range = 1.., unit = "px", when(image_resize_mode == ImageResizeMode::Absolute))] height: usize,
    interpolation_method: ResizeFilter,
    /// The fourth channel is not opacity.
    ///
    /// Colours are otherwise multiplied by their opacity while the image is resized, so that what is transparent leaves no trace of
    /// its colour. Where the fourth channel means something else, as in textures of games, it has to be resized by itself.
    #[input(hint, when(is(image, "Image { channels: 4 } ")))]
    separate_alpha: bool,
) -> Result<Image, NodeError> {
    let scaled = |length: usize| ((length as f64 * percentage / 100.0).round() as usize).max(1);
    let size = match image_resize_mode {
        ImageResizeMode::Percentage => [scaled(image.width()), scaled(image.height())],
        ImageResizeMode::Absolute => [width, height],
    };
    resized(image, size, interpolation_method, separate_alpha)
}

/// The image in another size.
pub(super) fn resized(
    image: ImageView<'_>,
    size: [usize; 2],
    by: ResizeFilter,
    separate_alpha: bool,
) -> Result<Image, NodeError> {
    if image.channels() > 4 {
        let came = image.channels();
        return Err(NodeError::new(format!("expected up to four channels, got {came}")).input("Image"));
    }
    // Between the two passes, the image is of the new width or height, and of the old height or width.
    let samples = size[0].max(image.width()).checked_mul(size[1].max(image.height()));
    let bytes = samples.and_then(|samples| samples.checked_mul(image.channels() * size_of::<f32>()));
    if bytes.is_none_or(|bytes| isize::try_from(bytes).is_err()) {
        let [width, height] = size;
        return Err(NodeError::new(format!("an image of {width}x{height} pixels is larger than any memory")));
    }
    let filter = by.filter(image, size);
    if image.channels() != 4 || separate_alpha || filter == Filter::Nearest {
        return Ok(resample::resize(image, size, filter));
    }
    let weighted = map::pixels(image, |[b, g, r, a]: [f32; 4]| [b * a, g * a, r * a, a]);
    let resized = resample::resize(weighted.view(), size, filter);
    drop(weighted);
    Ok(map::pixels(resized.view(), |[b, g, r, a]: [f32; 4]| {
        let by = if a > 0.0 { 1.0 / a } else { 0.0 };
        [b * by, g * by, r * by, a]
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_memory_holds_is_refused() {
        let image = Image::new(2, 2, 3);
        let to = |size| resized(image.view(), size, ResizeFilter::Nearest, false);
        assert_eq!(to([4, 3]).map(|image| image.width()).ok(), Some(4));
        for size in [[usize::MAX; 2], [usize::MAX, 1], [1, usize::MAX / 2]] {
            assert!(to(size).is_err_and(|error| error.to_string().contains("larger than any memory")), "{size:?}");
        }
    }
}
