//! From metalness and roughness to reflection and gloss.

use chainner_sdk::prelude::*;

use crate::{
    categories::textures::CONVERSION,
    kernels::{map, material},
};

/// Describes a surface of metalness and roughness by its reflection and gloss.
///
/// Maps may have different sizes: each result has that of its own map, and the other is resampled.
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
    let (fitting_metal, fitting_albedo) = (super::sized_as(metal, albedo), super::sized_as(albedo, metal));
    let metal_of_albedo = fitting_metal.as_ref().map_or(metal, Image::view);
    let albedo_of_metal = fitting_albedo.as_ref().map_or(albedo, Image::view);
    let (diffuse, specular) = if albedo.channels() == 4 {
        (
            material::each::<4, 4>(albedo, metal_of_albedo, material::to_diffuse),
            material::each::<4, 3>(albedo_of_metal, metal, material::to_specular),
        )
    } else {
        (
            material::each::<3, 3>(albedo, metal_of_albedo, material::to_diffuse),
            material::each::<3, 3>(albedo_of_metal, metal, material::to_specular),
        )
    };
    let gloss = roughness.map_or_else(super::unknown, |roughness| map::samples(roughness, |sample| 1.0 - sample));
    Ok((diffuse, specular, gloss))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_of_other_sizes_are_resampled() {
        let albedo = Image::from_rows(12, 8, 3, |_, row| row.fill(0.8));
        let metal = Image::from_rows(5, 4, 1, |_, row| row.fill(0.25));
        let (diffuse, specular, _) = metal_to_specular(albedo.view(), metal.view(), None).expect("any sizes");
        assert_eq!((diffuse.width(), diffuse.height(), specular.width(), specular.height()), (12, 8, 5, 4));
        assert!(diffuse.view().samples().iter().all(|sample| (sample - 0.6).abs() < 1e-5));
        assert!(specular.view().samples().iter().all(|sample| (sample - 0.365).abs() < 1e-5));
    }
}
