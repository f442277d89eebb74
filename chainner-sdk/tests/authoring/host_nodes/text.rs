//! Text, anchors, rows of icons.

use chainner_sdk::prelude::*;

use crate::LIGHT;

use super::assert_mirrors;

#[derive(Choice)]
#[choice(type_name = "TextAlignment")]
enum TextAlignment {
    #[choice(icon = "FaAlignLeft")]
    Left,
    #[choice(icon = "FaAlignCenter")]
    Center,
    #[choice(icon = "FaAlignRight")]
    Right,
}

#[derive(Choice)]
#[choice(type_name = "Anchor", style = anchor)]
enum Anchor {
    #[choice(icon = "MdTextFields")]
    TopLeft,
    #[choice(id = "top_centered", icon = "MdTextFields")]
    Top,
    #[choice(icon = "MdTextFields")]
    TopRight,
    #[choice(id = "centered_left", icon = "MdTextFields")]
    Left,
    #[default]
    #[choice(id = "centered", icon = "MdTextFields")]
    Center,
    #[choice(id = "centered_right", icon = "MdTextFields")]
    Right,
    #[choice(icon = "MdTextFields")]
    BottomLeft,
    #[choice(id = "bottom_centered", icon = "MdTextFields")]
    Bottom,
    #[choice(icon = "MdTextFields")]
    BottomRight,
}

#[node(id = "film_lab:host:text_as_image", group = LIGHT, icon = "MdTextFields", name = "Text As Image")]
#[output(channels = 4, navi = "Image { width: $width, height: $height }")]
#[layout(text, menu_icons[icon_set("Style")[bold, italic], alignment], color, width, height, position)]
fn text_as_image(
    #[input(multiline, label_style = hidden)] text: String,
    #[input(icon = "FaBold")] bold: bool,
    #[input(icon = "FaItalic")] italic: bool,
    #[input(id = 4, default = TextAlignment::Center, style = icons)] alignment: TextAlignment,
    #[input(id = 3, default = Color::BLACK, channels = 3)] color: Color,
    #[input(range = 1.., default = 500, unit = "px")] width: u32,
    #[input(range = 1.., default = 100, unit = "px")] height: u32,
    position: Anchor,
) -> Image {
    Image::new(width as usize, height as usize, 4)
}

#[node(id = "film_lab:host:text_length", group = LIGHT, icon = "MdTextFields")]
#[output(label = "Length", navi = "string::len($text)")]
fn text_length(text: String) -> u32 {
    0
}

#[test]
fn text_is_declared_as_the_app_has_it() {
    assert_mirrors("text_as_image", "chainner:image:text_as_image", &[]);
    assert_mirrors("text_length", "chainner:utility:text_length", &["icon"]);
}
