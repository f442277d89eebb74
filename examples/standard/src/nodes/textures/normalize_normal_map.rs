//! Directions of length 1.

use chainner_sdk::prelude::*;

use crate::{categories::textures::NORMAL_MAP, kernels::normals};

/// What the blue channel of a normal map holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
pub enum BChannel {
    /// z, 0..1.
    #[choice(id = 0)]
    Z,
    /// z as x and y are written: 0.5..1.
    #[choice(id = 1)]
    ZMapped,
    /// 0 everywhere.
    #[choice(id = 2)]
    Zero,
    /// 0.5 everywhere.
    #[choice(id = 3)]
    Half,
    /// 1 everywhere.
    #[choice(id = 4)]
    One,
}

/// Makes all directions of a normal map of length 1. Only red and green are read.
#[node(
    id = "chainner_native:image:normalize_normal_map",
    group = NORMAL_MAP,
    name = "Normalize Normals",
    icon = "MdOutlineAutoFixHigh",
)]
#[output(label = "Normal Map", size_as = normal_map, channels = 3)]
pub fn normalize_normal_map(
    #[input(channels = [3, 4])] normal_map: ImageView<'_>,
    /// What the blue channel holds. Red and green hold x and y, with 0.5 for 0.
    #[input(label_style = inline)]
    output_b: BChannel,
) -> Image {
    // Blue as a line over z.
    let (slope, offset) = match output_b {
        BChannel::Z => (1.0, 0.0),
        BChannel::ZMapped => (0.5, 0.5),
        BChannel::Zero => (0.0, 0.0),
        BChannel::Half => (0.0, 0.5),
        BChannel::One => (0.0, 1.0),
    };
    super::map(normal_map, move |pixel| {
        let [z, y, x] = normals::encode(normals::decode(&pixel));
        [z * slope + offset, y, x]
    })
}
