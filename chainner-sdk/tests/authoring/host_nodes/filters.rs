//! Filters: sliders, icon sets, linked numbers, inputs that are asked for under a condition.

use chainner_sdk::prelude::*;

use crate::LIGHT;

use super::assert_mirrors;

#[node(id = "film_lab:host:opacity", group = LIGHT, icon = "MdOutlineOpacity", key_info = opacity)]
#[output(size_as = image, channels = 4)]
fn opacity(
    image: ImageView<'_>,
    #[input(range = 0.0..=100.0, default = 100.0, precision = 1, step = 1.0, unit = "%", slider)] opacity: f64,
) -> Image {
    image.to_image()
}

#[node(id = "film_lab:host:color_levels", group = LIGHT, icon = "MdOutlineColorLens")]
#[output(same_as = image)]
#[layout(image, icon_set("Channels")[red, green, blue, alpha], in_black, in_white, gamma, out_black, out_white)]
fn color_levels(
    #[input(channels = [1, 3, 4])] image: ImageView<'_>,
    #[input(default = true)] red: bool,
    #[input(default = true)] green: bool,
    #[input(default = true)] blue: bool,
    alpha: bool,
    #[input(range = 0.0..=1.0, default = 0.0, precision = 3, step = 0.01, slider)] in_black: f64,
    #[input(range = 0.0..=1.0, default = 1.0, precision = 3, step = 0.01, slider)] in_white: f64,
    #[input(range = 0.0..=10.0, default = 1.0, precision = 3, step = 0.01, slider, scale = log)] gamma: f64,
    #[input(range = 0.0..=1.0, default = 0.0, precision = 3, step = 0.01, slider)] out_black: f64,
    #[input(range = 0.0..=1.0, default = 1.0, precision = 3, step = 0.01, slider)] out_white: f64,
) -> Image {
    image.to_image()
}

#[node(id = "film_lab:host:gaussian_blur", group = LIGHT, icon = "MdBlurOn")]
#[output(same_as = image)]
fn gaussian_blur(
    image: ImageView<'_>,
    #[input(
        range = 0.0..=1000.0, default = 1.0, precision = 1, step = 1.0, slider, slider_step = 0.1, scale = log,
        linked = "radius",
    )]
    radius_x: f64,
    #[input(
        range = 0.0..=1000.0, default = 1.0, precision = 1, step = 1.0, slider, slider_step = 0.1, scale = log,
        linked = "radius",
    )]
    radius_y: f64,
) -> Image {
    image.to_image()
}

#[derive(Choice)]
#[choice(type_name = "BlurMode")]
enum BlurMode {
    #[choice(id = 0)]
    Gaussian,
    #[choice(id = 1)]
    Custom,
}

#[node(id = "film_lab:host:high_pass", group = LIGHT, icon = "MdOutlineAutoFixHigh")]
fn high_pass(
    #[input(channels = [1, 3, 4])] image: ImageView<'_>,
    #[input(id = 3, style = tabs)] blur_mode: BlurMode,
    #[input(
        id = 1, range = 0.0..=1000.0, default = 3.0, precision = 1, step = 1.0, slider, slider_step = 0.1, scale = log,
        when(blur_mode == BlurMode::Gaussian),
    )]
    blur_radius: f64,
    #[input(id = 4, channels = [1, 3, 4], when(blur_mode == BlurMode::Custom), required_when(true))]
    blurred_image: Option<ImageView<'_>>,
    #[input(id = 2, range = 0.0..=100.0, default = 1.0, precision = 2, step = 0.1, slider, scale = log_offset)]
    contrast: f64,
) -> Image {
    image.to_image()
}

#[derive(Choice)]
#[choice(type_name = "InpaintAlgorithm")]
enum InpaintAlgorithm {
    #[choice(label = "Navier Stokes", id = 0)]
    Ns,
    #[choice(id = 1)]
    Telea,
}

#[node(id = "film_lab:host:inpaint", group = LIGHT, icon = "MdOutlineAutoFixHigh")]
#[output(
    never_reason = "The given image and mask must have the same resolution.",
    navi = Image { width: "$image.width & $mask.width", height: "$image.height & $mask.height", channels: "$image.channels" },
)]
fn inpaint(
    #[input(channels = [1, 3])] image: ImageView<'_>,
    #[input(hint, channels = 1)] mask: ImageView<'_>,
    inpaint_algorithm: InpaintAlgorithm,
    #[input(range = 0.0.., default = 1.0, precision = 1, step = 1.0)] search_radius: f64,
) -> Image {
    image.to_image()
}

#[test]
fn filters_are_declared_as_the_app_has_them() {
    assert_mirrors("opacity", "chainner:image:opacity", &[]);
    assert_mirrors("color_levels", "chainner:image:color_levels", &[]);
    assert_mirrors("gaussian_blur", "chainner:image:gaussian_blur", &[]);
    assert_mirrors("high_pass", "chainner:image:high_pass", &["outputs/0/type"]);
    assert_mirrors("inpaint", "chainner:image:inpaint", &["outputs/0/neverReason"]);
}
