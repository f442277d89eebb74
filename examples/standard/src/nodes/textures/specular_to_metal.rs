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
    let metal = move |&[b, g, r]: &[f32; 3]| material::metalness(b.max(g).max(r), range);
    let channels = diffuse.channels();
    let albedo = Image::from_rows(diffuse.width(), diffuse.height(), channels, |y, to| {
        let pixels = to.chunks_exact_mut(channels).zip(diffuse.row(y).chunks_exact(channels));
        for ((to, diffuse), specular) in pixels.zip(specular.row(y).as_chunks::<3>().0) {
            let metal = metal(specular);
            to.copy_from_slice(diffuse);
            to.iter_mut().zip(specular).for_each(|(to, specular)| *to = material::to_albedo(*to, *specular, metal));
        }
    });
    let metals = map::pixels(specular, move |pixel: [f32; 3]| [metal(&pixel)]);
    Ok((albedo, metals, gloss.map_or_else(super::unknown, |gloss| map::samples(gloss, |sample| 1.0 - sample))))
}
