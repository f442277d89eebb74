//! Every group and every condition.

use chainner_sdk::prelude::*;

use crate::{LAYOUTS, Size, Tiles};

/// Puts every group to use.
#[node(id = "kitchen_sink:layouts:groups", group = LAYOUTS, side_effects)]
#[layout(
    when(is(image, "Image { channels: 4 }", or_unconnected) && any(bold, italic, size != Size::Large, tiles == Tiles::Auto))[
        menu_icons[icon_set("Style")[bold, italic], tabs],
        when(false)[seed[start]],
        linked[width, height],
    ],
    image,
    size,
    tiles,
    from_to[from, to],
    ncnn_files[param, bin],
    when(all(is(image, "Image"), matches!(size, Size::Small | Size::Huge)))[required_when(true)[mask]],
    optional_list[a, b, c, d],
)]
fn groups(
    #[input(icon = "FaBold")] bold: bool,
    #[input(icon = "FaItalic")] italic: bool,
    #[input(style = icons)] tabs: Size,
    start: Seed,
    #[input(slider, range = 1..=9)] width: u32,
    #[input(slider, range = 1..=9)] height: u32,
    image: ImageView<'_>,
    size: Size,
    tiles: Tiles,
    from: Size,
    to: Size,
    #[input(filetypes = [".param"], file_kind = "param")] param: FilePath,
    #[input(filetypes = [".bin"], file_kind = "bin")] bin: FilePath,
    mask: Option<ImageView<'_>>,
    a: Option<f32>,
    b: Option<f32>,
    c: Option<f32>,
    d: Option<f32>,
) {
}
