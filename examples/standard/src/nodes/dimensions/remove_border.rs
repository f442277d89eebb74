//! Cut to what is not border.

use chainner_sdk::prelude::*;

use crate::{
    categories::dimensions::CROP,
    kernels::{
        content::{self, Section},
        place,
    },
};

/// Which part of the content is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
#[choice(type_name = "SelectMode")]
pub enum SelectMode {
    /// All of it.
    #[choice(id = 1)]
    AllSections,
    /// What is nearest to the middle of the image.
    #[choice(id = 2)]
    CenterSection,
    /// What is largest.
    #[choice(id = 3)]
    LargestSection,
}

/// Cuts off a border of nearly one colour: the median of the image's outermost pixels.
///
/// What is left may fall into sections, which straight rows or columns of border separate: a picture and its caption, say.
#[node(id = "chainner_native:image:remove_border", group = CROP, name = "Crop Border", icon = "MdCrop")]
#[output(navi = "
    let least = $padding + $padding + 1;
    def some(of: uint): uint = min(of, max(least, uint));
    Image { width: some($image.width), height: some($image.height), channels: $image.channels }
")]
pub fn remove_border(
    image: ImageView<'_>,
    /// How much a pixel may differ from the border.
    #[input(default = 5.0, range = 0.0..=30.0, step = 1.0, precision = 1, unit = "%", slider)]
    tolerance: f32,
    /// Which of several sections is taken.
    #[input(label_style = inline)]
    select: SelectMode,
    /// Keeps so much of the border on each side.
    #[input(range = 0..=1000, unit = "px")]
    padding: usize,
) -> Image {
    let section = match select {
        SelectMode::AllSections => Section::All,
        SelectMode::CenterSection => Section::Center,
        SelectMode::LargestSection => Section::Largest,
    };
    match content::without_border(image, tolerance / 100.0, section) {
        Some(part) => place::crop(image, part.grown(padding, image)),
        None => image.to_image(),
    }
}
