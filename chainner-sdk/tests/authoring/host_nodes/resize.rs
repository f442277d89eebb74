//! Sizes: tabs, headings, an option for images with opacity, a computed text in the header.

use chainner_sdk::prelude::*;

use crate::LIGHT;

use super::assert_mirrors;

#[derive(Choice)]
#[choice(type_name = "ImageResizeMode", style = tabs)]
enum ImageResizeMode {
    #[choice(id = 0)]
    Percentage,
    #[choice(id = 1)]
    Absolute,
}

#[derive(Choice)]
#[choice(type_name = "ResizeFilter")]
enum ResizeFilter {
    #[choice(id = -1, heading = "Basic")]
    Auto,
    #[choice(label = "Nearest Neighbor", id = 0)]
    Nearest,
    #[choice(label = "Area (Box)", id = 4)]
    Box,
    #[choice(id = 2)]
    Linear,
    #[choice(label = "Cubic", id = 3)]
    Catrom,
    #[choice(id = 1)]
    Lanczos,
    #[choice(id = 5, heading = "Advanced")]
    Hermite,
    #[choice(id = 6)]
    Mitchell,
    #[choice(label = "B-Spline", id = 7)]
    Bspline,
    #[choice(id = 8)]
    Hamming,
    #[choice(id = 9)]
    Hann,
    #[choice(id = 10)]
    Lagrange,
    #[choice(id = 11)]
    Gauss,
}

#[node(
    id = "film_lab:host:resize",
    group = LIGHT,
    icon = "MdOutlinePhotoSizeSelectLarge",
    key_info = "string::concat(toString($percentage), \"%\")",
)]
fn resize(
    image: ImageView<'_>,
    image_resize_mode: ImageResizeMode,
    #[input(
        range = 0.0.., default = 100.0, precision = 4, step = 25.0, unit = "%", label_style = hidden,
        when(image_resize_mode == ImageResizeMode::Percentage),
    )]
    percentage: f64,
    #[input(range = 1.., default = 1, unit = "px", when(image_resize_mode == ImageResizeMode::Absolute))] width: u32,
    #[input(range = 1.., default = 1, unit = "px", when(image_resize_mode == ImageResizeMode::Absolute))] height: u32,
    interpolation_method: ResizeFilter,
    #[input(hint, when(is(image, "Image { channels: 4 }")))] separate_alpha: bool,
) -> Image {
    image.to_image()
}

#[test]
fn sizes_are_declared_as_the_app_has_them() {
    let of_the_app = ["outputs/0/type", "keyInfo/expression"];
    assert_mirrors("resize", "chainner:image:resize", &of_the_app);
}
