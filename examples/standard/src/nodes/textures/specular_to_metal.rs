//! From reflection and gloss to metalness and roughness.

use chainner_sdk::prelude::*;

use crate::{
    categories::textures::CONVERSION,
    kernels::{map, material},
};

/// Describes a surface of reflection and gloss by its metalness and roughness.
///
/// Maps may have different sizes: each result has that of its own map, for which the other is resampled.
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
    let range = [metallic_min / 100.0, metallic_max / 100.0];
    let metal_of = move |[b, g, r]: [f32; 3]| material::metalness(b.max(g).max(r), range);
    let metals = map::pixels(specular, move |color| [metal_of(color)]);
    let albedo = if let Some(metal) = super::sized_as(metals.view(), diffuse) {
        // What metal reflects is resampled, so that none of what the rest does gets into it.
        let reflected = map::pixels(specular, move |color: [f32; 3]| color.map(|sample| sample * metal_of(color)));
        let reflected = super::sized_as(reflected.view(), diffuse).unwrap_or(reflected);
        match diffuse.channels() {
            4 => material::albedo_of_metal::<4>(diffuse, metal.view(), reflected.view()),
            _ => material::albedo_of_metal::<3>(diffuse, metal.view(), reflected.view()),
        }
    } else {
        match diffuse.channels() {
            4 => material::albedo::<4>(diffuse, specular, range),
            _ => material::albedo::<3>(diffuse, specular, range),
        }
    };
    Ok((albedo, metals, gloss.map_or_else(super::unknown, |gloss| map::samples(gloss, |sample| 1.0 - sample))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_of_other_sizes_are_resampled() {
        let flat = |width, height, color: [f32; 3]| {
            Image::from_rows(width, height, 3, |_, row| row.as_chunks_mut().0.fill(color))
        };
        let of = |size: [usize; 2]| {
            let (diffuse, specular) = (flat(12, 8, [0.1, 0.2, 0.3]), flat(size[0], size[1], [0.2, 0.25, 0.265]));
            specular_to_metal(diffuse.view(), specular.view(), None, 23.0, 30.0).expect("any sizes")
        };
        let ((albedo, metal, _), (same_albedo, same_metal, _)) = (of([5, 4]), of([12, 8]));
        let size = |image: &Image| [image.width(), image.height()];
        assert_eq!((size(&albedo), size(&metal), size(&same_metal)), ([12, 8], [5, 4], [12, 8]));
        assert!((metal.view().samples()[0] - 0.5).abs() < 1e-5, "{:?}", metal.view().samples()[0]);
        for (one, other) in albedo.view().samples().iter().zip(same_albedo.view().samples()) {
            assert!((one - other).abs() < 1e-5, "{one} {other}");
        }
    }
}
