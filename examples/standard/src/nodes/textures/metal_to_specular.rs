//! From metalness and roughness to reflection and gloss.

use chainner_sdk::prelude::*;

use crate::{
    categories::textures::CONVERSION,
    kernels::{map, material},
};

/// Describes a surface of metalness and roughness by its reflection and gloss.
#[node(
    id = "chainner_native:image:metal_to_specular",
    group = CONVERSION,
    name = "Metal to Specular",
    icon = "MdChangeCircle",
)]
#[output(label = "Diffuse", same_as = albedo)]
#[output(label = "Specular", size_as = metal, channels = 3)]
#[output(
    label = "Gloss",
    navi = r"match $roughness { null => Image { width: 1, height: 1, channels: 1 }, Image as image => image }",
    channels = 1
)]
pub fn metal_to_specular(
    #[input(channels = [3, 4])] albedo: ImageView<'_>,
    #[input(channels = 1)] metal: ImageView<'_>,
    #[input(channels = 1)] roughness: Option<ImageView<'_>>,
) -> Result<(Image, Image, Image), NodeError> {
    super::require_same_size("albedo", albedo, "metal", metal)?;
    let specular = |y: usize, to: &mut [f32], channels: usize, which: usize| {
        let pixels = to.chunks_exact_mut(channels).zip(albedo.row(y).chunks_exact(albedo.channels()));
        for ((to, albedo), metal) in pixels.zip(metal.row(y)) {
            for (to, albedo) in to.iter_mut().zip(&albedo[..3]) {
                *to = material::to_specular(*albedo, *metal)[which];
            }
            if let [.., to] = to
                && channels == 4
            {
                *to = albedo[3];
            }
        }
    };
    let (width, height, channels) = (albedo.width(), albedo.height(), albedo.channels());
    Ok((
        Image::from_rows(width, height, channels, |y, to| specular(y, to, channels, 0)),
        Image::from_rows(width, height, 3, |y, to| specular(y, to, 3, 1)),
        roughness.map_or_else(super::unknown, |roughness| map::samples(roughness, |sample| 1.0 - sample)),
    ))
}
