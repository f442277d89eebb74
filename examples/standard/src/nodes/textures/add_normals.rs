//! One surface on another.

use chainner_sdk::prelude::*;
use multiversion::multiversion;

use crate::{
    categories::textures::NORMAL_MAP,
    kernels::normals::{self, Direction},
};

/// What of two surfaces is added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
pub enum AdditionMethod {
    /// How steep they are.
    #[choice(id = 0)]
    PartialDerivatives,
    /// How far they are turned.
    #[choice(id = 1)]
    Angles,
}

/// Lays the surface of one normal map on that of another, such as fine scratches on a curved shape. Only red and green are read.
#[node(id = "chainner_native:image:add_normals", group = NORMAL_MAP, icon = "MdAddCircleOutline")]
#[output(
    label = "Normal Map",
    navi = Image { width: "$normal_map_1.width & $normal_map_2.width", height: "$normal_map_1.height & $normal_map_2.height" },
    channels = 3,
    never_reason = "The normal maps must have the same size.",
)]
pub fn add_normals(
    #[input(channels = [3, 4])] normal_map_1: ImageView<'_>,
    #[input(default = 100, range = 0..=200, slider)] strength_1: u32,
    #[input(channels = [3, 4])] normal_map_2: ImageView<'_>,
    #[input(default = 100, range = 0..=200, slider)] strength_2: u32,
    method: AdditionMethod,
) -> Result<Image, NodeError> {
    super::require_same_size("the first", normal_map_1, "the second", normal_map_2)?;
    let strengths = [strength_1, strength_2].map(|strength| strength as f32 / 100.0);
    let sum = move |a: [f32; 2], b: [f32; 2]| [0, 1].map(|axis| a[axis] * strengths[0] + b[axis] * strengths[1]);
    Ok(match method {
        AdditionMethod::PartialDerivatives => both(normal_map_1, normal_map_2, move |a, b| {
            normals::of_slopes(sum(normals::slopes(a), normals::slopes(b)))
        }),
        AdditionMethod::Angles => both(normal_map_1, normal_map_2, move |a, b| {
            normals::of_angles(sum(normals::angles(a), normals::angles(b)))
        }),
    })
}

/// A normal map of what `f` makes of the directions of two.
fn both(a: ImageView<'_>, b: ImageView<'_>, f: impl Fn(Direction, Direction) -> Direction + Copy + Sync) -> Image {
    Image::from_rows(a.width(), a.height(), 3, |y, to| match (a.channels(), b.channels()) {
        (3, 3) => row::<3, 3, _>(a.row(y), b.row(y), to, f),
        (3, _) => row::<3, 4, _>(a.row(y), b.row(y), to, f),
        (_, 3) => row::<4, 3, _>(a.row(y), b.row(y), to, f),
        _ => row::<4, 4, _>(a.row(y), b.row(y), to, f),
    })
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn row<const N: usize, const M: usize, F: Fn(Direction, Direction) -> Direction + Copy>(
    a: &[f32],
    b: &[f32],
    to: &mut [f32],
    f: F,
) {
    let pixels = a.as_chunks::<N>().0.iter().zip(b.as_chunks::<M>().0);
    for (to, (a, b)) in to.as_chunks_mut::<3>().0.iter_mut().zip(pixels) {
        *to = normals::encode(f(normals::decode(a), normals::decode(b)));
    }
}
