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
    let (width, height, channels) = (albedo.width(), albedo.height(), albedo.channels());
    Ok((
        Image::from_rows(width, height, channels, |y, to| {
            each(albedo.row(y), channels, metal.row(y), to, material::to_diffuse)
        }),
        Image::from_rows(width, height, 3, |y, to| {
            each(albedo.row(y), channels, metal.row(y), to, material::to_specular)
        }),
        roughness.map_or_else(super::unknown, |roughness| map::samples(roughness, |sample| 1.0 - sample)),
    ))
}

/// Writes what `f` makes of the colour samples of pixels of `channels` samples; opacity is kept if there is room for it.
fn each(albedo: &[f32], channels: usize, metal: &[f32], to: &mut [f32], f: impl Fn(f32, f32) -> f32) {
    let to_channels = to.len() / metal.len();
    let pixels = to.chunks_exact_mut(to_channels).zip(albedo.chunks_exact(channels));
    for ((to, albedo), metal) in pixels.zip(metal) {
        to.copy_from_slice(&albedo[..to_channels]);
        to[..3].iter_mut().for_each(|to| *to = f(*to, *metal));
    }
}
