//! Flatter or steeper.

use chainner_sdk::prelude::*;

use super::add_normals::AdditionMethod;
use crate::{categories::textures::NORMAL_MAP, kernels::normals};

/// Makes the surface of a normal map flatter or steeper. Only red and green are read.
#[node(
    id = "chainner_native:image:strengthen_normals",
    group = NORMAL_MAP,
    name = "Scale Normals",
    icon = "MdExpand",
)]
#[output(label = "Normal Map", size_as = normal_map, channels = 3)]
pub fn strengthen_normals(
    #[input(channels = [3, 4])] normal_map: ImageView<'_>,
    /// Less than 100 is flatter, more is steeper.
    #[input(default = 100, range = 0..=400, slider)]
    strength: u32,
    method: AdditionMethod,
) -> Image {
    let strength = strength as f32 / 100.0;
    let scaled = move |slopes: [f32; 2]| slopes.map(|slope| slope * strength);
    match method {
        AdditionMethod::PartialDerivatives => super::map(normal_map, move |pixel| {
            normals::encode(normals::of_slopes(scaled(normals::slopes(normals::decode(&pixel)))))
        }),
        AdditionMethod::Angles => super::map(normal_map, move |pixel| {
            normals::encode(normals::of_angles(scaled(normals::angles(normals::decode(&pixel)))))
        }),
    }
}
