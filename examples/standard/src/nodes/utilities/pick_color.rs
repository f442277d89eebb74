//! The colour of a place.

use chainner_sdk::prelude::*;

use crate::categories::utilities::MISCELLANEOUS;

/// What places are measured in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
#[choice(style = tabs)]
pub enum CoordinateType {
    /// Shares of the way from the first pixel to the last.
    #[choice(id = 1)]
    Relative,
    /// Pixels.
    #[choice(id = 2, default)]
    Absolute,
}

/// Tells the colour of one pixel of an image.
#[node(id = "chainner_native:image:pick_color", group = MISCELLANEOUS, icon = "MdColorize")]
#[output(
    navi = r"
        let inside = match $coordinate_type {
            chainner_native::CoordinateType::Relative => true,
            chainner_native::CoordinateType::Absolute => $x_absolute < $image.width and $y_absolute < $image.height
        };
        if inside { Color { channels: $image.channels } } else { never }
    ",
    never_reason = "The place (X, Y) is not in the image."
)]
pub fn pick_color(
    #[input(channels = [1, 3, 4])] image: ImageView<'_>,
    #[input(id = 3)] coordinate_type: CoordinateType,
    /// From the left (0 %) to the right (100 %).
    #[input(
        label = "X",
        id = 4,
        range = 0..=100,
        unit = "%",
        slider,
        when(coordinate_type == CoordinateType::Relative),
    )]
    x_relative: u32,
    /// From the top (0 %) to the bottom (100 %).
    #[input(
        label = "Y",
        id = 5,
        range = 0..=100,
        unit = "%",
        slider,
        when(coordinate_type == CoordinateType::Relative),
    )]
    y_relative: u32,
    /// Pixels from the left.
    #[input(label = "X", id = 1, unit = "px", when(coordinate_type == CoordinateType::Absolute))]
    x_absolute: u32,
    /// Pixels from the top.
    #[input(label = "Y", id = 2, unit = "px", when(coordinate_type == CoordinateType::Absolute))]
    y_absolute: u32,
) -> Result<Color, NodeError> {
    let share = |percent: u32, size: usize| (f64::from(percent) / 100.0 * (size - 1) as f64).round_ties_even() as usize;
    let [x, y] = match coordinate_type {
        CoordinateType::Relative => [share(x_relative, image.width()), share(y_relative, image.height())],
        CoordinateType::Absolute => [x_absolute as usize, y_absolute as usize],
    };
    if x >= image.width() || y >= image.height() {
        return Err(NodeError::new(format!(
            "there is no pixel at X = {x}, Y = {y}: the image is {} pixels wide and {} high",
            image.width(),
            image.height()
        )));
    }
    Ok(match *image.pixel(x, y) {
        [b, g, r] => Color::rgb(r, g, b),
        [b, g, r, a] => Color::rgba(r, g, b, a),
        ref gray => Color::gray(gray[0]),
    })
}
