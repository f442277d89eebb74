//! From one colour to another.

use chainner_sdk::prelude::*;

use crate::{
    categories::image::CREATE_IMAGES,
    kernels::{gradient::Ramp, mix},
};

/// The shape of a gradient.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
pub enum GradientStyle {
    /// From left to right.
    #[choice(id = "Horizontal")]
    Horizontal,
    /// From top to bottom.
    #[choice(id = "Vertical")]
    Vertical,
    /// Across a line through the centre.
    #[choice(id = "Diagonal")]
    Diagonal,
    /// From the centre outwards.
    #[choice(id = "Radial")]
    Radial,
    /// Around the centre.
    #[choice(id = "Conic")]
    Conic,
}

/// Makes an image whose colour goes from one to another.
///
/// Where the app's own node divides by 0 and gives no numbers at all, this one has the first colour (images of one column or row) or a sharp
/// edge (radii that are the same).
#[node(id = "chainner_native:image:create_gradient", group = CREATE_IMAGES, icon = "MdFormatColorFill")]
#[output(navi = Image { width: "$width", height: "$height", channels: "max($color_1.channels, $color_2.channels)" })]
pub fn create_gradient(
    #[input(default = 64, range = 1.., unit = "px")] width: u32,
    #[input(default = 64, range = 1.., unit = "px")] height: u32,
    #[input(id = 9, default = Color::gray(0.0))] color_1: Color,
    #[input(id = 10, default = Color::gray(1.0))] color_2: Color,
    #[input(id = 2)] reverse: bool,
    #[input(id = 3)] gradient_style: GradientStyle,
    /// Where the second colour is: 0° is below, 90° at the right.
    #[input(
        id = 4,
        default = 45,
        range = 0..=360,
        unit = "deg",
        slider,
        when(gradient_style == GradientStyle::Diagonal),
    )]
    angle: u32,
    /// Length of the way from one colour to the other.
    #[input(label = "Width", id = 5, default = 100, unit = "px", when(gradient_style == GradientStyle::Diagonal))]
    width_diagonal: u32,
    /// Where the first colour ends, of half the width.
    #[input(id = 6, range = 0..=100, unit = "%", slider, when(gradient_style == GradientStyle::Radial))]
    inner_radius: u32,
    /// Where the second colour begins, of half the width.
    #[input(id = 7, default = 100, range = 0..=100, unit = "%", slider, when(gradient_style == GradientStyle::Radial))]
    outer_radius: u32,
    #[input(id = 8, range = 0..=360, unit = "deg", slider, when(gradient_style == GradientStyle::Conic))] rotation: u32,
) -> Image {
    let [mut from, mut to] = super::pixels([&color_1, &color_2]);
    if reverse {
        (from, to) = (to, from);
    }
    let ramp = match gradient_style {
        GradientStyle::Horizontal => Ramp::Horizontal,
        GradientStyle::Vertical => Ramp::Vertical,
        GradientStyle::Diagonal => Ramp::Diagonal { angle: angle.into(), width: width_diagonal.into() },
        GradientStyle::Radial => {
            Ramp::Radial { inner: f64::from(inner_radius) / 100.0, outer: f64::from(outer_radius) / 100.0 }
        }
        GradientStyle::Conic => Ramp::Conic { rotation: rotation.into() },
    };
    let size = [width as usize, height as usize];
    Image::from_rows(size[0], size[1], from.len(), |y, row| {
        let mut shares = vec![0.0; size[0]];
        ramp.row(size, y, &mut shares);
        mix::row(&shares, &from, &to, row);
    })
}
