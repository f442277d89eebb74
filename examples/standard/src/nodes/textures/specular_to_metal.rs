//! From reflection and gloss to metalness and roughness.

use chainner_sdk::prelude::*;

use crate::{
    categories::textures::CONVERSION,
    kernels::{map, material},
};

/// Describes a surface of reflection and gloss by its metalness and roughness.
#[node(
    id = "chainner_native:image:specular_to_metal",
    group = CONVERSION,
    name = "Specular to Metal",
    icon = "MdChangeCircle",
)]
#[output(label = "Albedo", same_as = diffuse)]
#[output(label = "Metal", size_as = specular, channels = 1)]
#[output(
    label = "Roughness",
    navi = r"match $gloss { null => Image { width: 1, height: 1, channels: 1 }, Image as image => image }",
    channels = 1
)]
pub fn specular_to_metal(
    #[input(channels = [3, 4])] diffuse: ImageView<'_>,
    #[input(channels = 3)] specular: ImageView<'_>,
    #[input(channels = 1)] gloss: Option<ImageView<'_>>,
    /// What reflects no more than this is no metal.
    #[input(default = 23.0, range = 0.0..=100.0, step = 0.1, slider_step = 1.0, slider)]
    metallic_min: f32,
    /// What reflects as much as this is all metal.
    #[input(default = 30.0, range = 0.0..=100.0, step = 0.1, slider_step = 1.0, slider)]
    metallic_max: f32,
) -> Result<(Image, Image, Image), NodeError> {
    super::require_same_size("diffuse", diffuse, "specular", specular)?;
    let range = [metallic_min / 100.0, metallic_max / 100.0];
    let albedo = match diffuse.channels() {
        4 => material::albedo::<4>(diffuse, specular, range),
        _ => material::albedo::<3>(diffuse, specular, range),
    };
    let metals = map::pixels(specular, move |[b, g, r]: [f32; 3]| [material::metalness(b.max(g).max(r), range)]);
    Ok((albedo, metals, gloss.map_or_else(super::unknown, |gloss| map::samples(gloss, |sample| 1.0 - sample))))
}
