//! Colours.

use chainner_sdk::prelude::*;

use crate::LIGHT;

use super::assert_mirrors;

#[node(id = "film_lab:host:color", group = LIGHT, icon = "MdColorLens", key_info = "\"RGB\"")]
#[output(navi = "$color", suggest)]
fn color(#[input(fused = 0, default = Color::rgb(0.5, 0.5, 0.5))] color: Color) -> Color {
    color
}

#[node(id = "film_lab:host:create_color", group = LIGHT, icon = "MdFormatColorFill")]
#[output(navi = Image { width: width, height: height, channels: "$color.channels" })]
fn create_color(
    #[input(default = Color::rgb(0.5, 0.5, 0.5))] color: Color,
    #[input(range = 1.., default = 1, unit = "px")] width: u32,
    #[input(range = 1.., default = 1, unit = "px")] height: u32,
) -> Image {
    Image::new(width as usize, height as usize, 3)
}

#[test]
fn colours_are_declared_as_the_app_has_them() {
    assert_mirrors("color", "chainner:utility:color", &["keyInfo/expression"]);
    assert_mirrors("create_color", "chainner:image:create_color", &["icon"]);
}
