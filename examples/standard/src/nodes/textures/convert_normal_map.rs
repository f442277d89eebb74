//! From one way of writing directions to another.

use chainner_sdk::prelude::*;

use crate::{categories::textures::NORMAL_MAP, kernels::normals};

/// Ways of writing directions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
#[choice(type_name = "chainner_native::NormalMapType")]
pub enum NormalMapType {
    /// Green is down.
    #[choice(label = "DirectX", id = "DirectX")]
    Directx,
    /// Green is up.
    #[choice(label = "OpenGL", id = "OpenGL")]
    Opengl,
    /// Two coordinates on an octahedron.
    #[choice(id = "Octahedral")]
    Octahedral,
}

/// Ways of writing directions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
#[choice(type_name = "chainner_native::NormalMapType")]
pub enum ToNormalMapType {
    /// Green is down.
    #[choice(label = "DirectX", id = "DirectX")]
    Directx,
    /// Green is up.
    #[choice(label = "OpenGL", id = "OpenGL", default)]
    Opengl,
    /// Two coordinates on an octahedron, as RTX Remix reads them.
    #[choice(label = "Octahedral (RTX Remix)", id = "Octahedral")]
    Octahedral,
}

/// Writes a normal map in another way. Only red and green are read.
#[node(
    id = "chainner_native:image:convert_normal_map",
    group = NORMAL_MAP,
    name = "Convert Normals",
    icon = "BsBoxArrowUpRight",
)]
#[output(label = "Normal Map", width = normal_map.width, height = normal_map.height, channels = 3)]
pub fn convert_normal_map(
    #[input(channels = [3, 4])] normal_map: ImageView<'_>,
    #[input(label_style = inline)] from: NormalMapType,
    #[input(label_style = inline)] to: ToNormalMapType,
) -> Image {
    let up = |is_down: bool| if is_down { -1.0_f32 } else { 1.0 };
    let from_up = up(from == NormalMapType::Directx);
    let to_up = up(to == ToNormalMapType::Directx);
    match (from, to) {
        (NormalMapType::Octahedral, ToNormalMapType::Octahedral) => super::map(normal_map, |[_, g, r]| [0.0, g, r]),
        (NormalMapType::Octahedral, _) => super::map(normal_map, move |[_, g, r]| {
            let [x, y, z] = normals::of_octahedral([r, g]);
            normals::encode([x, y * to_up, z])
        }),
        (_, ToNormalMapType::Octahedral) => super::map(normal_map, move |pixel| {
            let [x, y, z] = normals::decode(&pixel);
            let [r, g] = normals::octahedral([x, y * from_up, z]);
            [0.0, g, r]
        }),
        _ => super::map(normal_map, move |pixel| {
            let [x, y, z] = normals::decode(&pixel);
            normals::encode([x, y * from_up * to_up, z])
        }),
    }
}
