//! Film grain.

use chainner_sdk::prelude::*;

use crate::{
    EMULSION,
    kernels::{noise::Noise, unit},
};

/// What the picture is made of once the film is developed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
#[choice(style = tabs)]
pub enum Material {
    /// Black-and-white film: grain changes the brightness only.
    Silver,
    /// Colour film: three layers, each with a grain of its own.
    #[choice(label = "Dye clouds")]
    Dye,
}

/// Adds film grain: strongest in the midtones, absent from black and white.
///
/// The strength follows `u (1 − u)` over the brightness `u`. That is how the share of ground that grains cover varies in the Boolean
/// model of Newson, Delon and Galerne (*A stochastic film grain model for resolution-independent rendering*, 2017); here it weighs
/// the amplitude, which keeps shadows cleaner, and noise takes the place of the single grains.
#[node(id = "film_lab:emulsion:grain", name = "Film Grain", group = EMULSION, icon = "MdGrain", see_also = ["film_lab:emulsion:film_stock"])]
#[output(same_as = image)]
pub fn grain(
    image: ImageView<'_>,
    material: Material,
    /// How much mid-grey varies (its standard deviation).
    #[input(default = 4.0, range = 0.0..=50.0, step = 0.1, unit = "%", slider, scale = sqrt)]
    amount: f32,
    /// Diameter of the clumps in which grains are seen. Grows with the resolution of the scan, and with the speed of the film.
    #[input(default = 1.5, range = 0.5..=20.0, step = 0.1, unit = "px", slider, scale = log, ends = ("fine", "coarse"))]
    size: f32,
    /// How independent the grain of the three layers is.
    #[input(default = 40.0, range = 0.0..=100.0, step = 1.0, unit = "%", slider, ends = ("gray", "colorful"), when(material == Material::Dye))]
    color: f32,
    seed: Seed,
) -> Image {
    if amount == 0.0 {
        return image.to_image();
    }
    let (width, height) = (image.width(), image.height());
    let noise = Noise::new(seed.mixed());
    let all_layers = noise.clumps(width, height, size);
    // 1 at mid-grey.
    let response = |u: f32| 4.0 * u * (1.0 - u);
    let swing = |sample: f32| amount / 100.0 * response(unit(sample));
    if material == Material::Silver || image.color_channels() == 1 {
        return image.map_bgr(|x, y, color| {
            let grain = swing(color.luma()) * all_layers[y * width + x];
            color.map(|sample| sample + grain)
        });
    }
    let [blue, green, red] = [0, 1, 2].map(|layer| noise.layer(layer).clumps(width, height, size));
    // Variances add up: those of the two parts are 1 together.
    let (shared, own) = ((1.0 - color / 100.0).sqrt(), (color / 100.0).sqrt());
    image.map_bgr(|x, y, Bgr { b, g, r }| {
        let i = y * width + x;
        let layer = |sample: f32, layer: &[f32]| sample + swing(sample) * (shared * all_layers[i] + own * layer[i]);
        Bgr { b: layer(b, &blue), g: layer(g, &green), r: layer(r, &red) }
    })
}
