//! Colours and contrast of films.

use chainner_sdk::prelude::*;

use crate::{
    EMULSION,
    kernels::{
        cube::Cube,
        emulsion::{Developer, Emulsion, rgb},
    },
};

/// The films on the shelf.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
pub enum Stock {
    /// Warm colour negative for the holidays: golden light, friendly contrast.
    #[choice(label = "Marigold 200")]
    Marigold,
    /// Soft colour negative for faces: low contrast, open shadows, quiet colours.
    #[choice(label = "Saltmarsh 160")]
    Saltmarsh,
    /// Colour slide: deep shadows, strong and cool colours.
    #[choice(label = "Glacier 50")]
    Glacier,
    /// Tungsten-balanced film for the night: blue shadows, amber lights.
    #[choice(label = "Nocturne 800")]
    Nocturne,
    /// Black-and-white, sensitive to all colours, with a bite.
    #[choice(label = "Anthracite 400")]
    Anthracite,
    /// The look of a `.cube` file.
    #[choice(label = "From file (.cube)")]
    FromFile,
}

/// Gives an image the colours and the contrast of a film.
///
/// The invented stocks work as real ones: colours mix between the layers, and each layer answers by a characteristic curve with a
/// toe and a shoulder. Looks from elsewhere are read from `.cube` files (Adobe Cube LUT 1.0, of one or three dimensions).
#[node(id = "film_lab:emulsion:film_stock", group = EMULSION, icon = "MdPhotoFilter", see_also = ["film_lab:emulsion:grain"])]
#[output(same_as = image)]
#[output(label = "Stock", docs = "Name of the film, or title of the look.")]
pub fn film_stock(
    #[input(channels = [1, 3, 4])] image: ImageView<'_>,
    stock: Stock,
    #[input(label = "LUT file", filetypes = [".cube"], when(stock == Stock::FromFile))] lut: Option<FilePath>,
    /// Exposes the film longer (or, below 0, shorter) than the light asks for.
    #[input(default = 0.0, range = -4.0..=4.0, step = 0.1, unit = "EV", when(stock != Stock::FromFile))]
    push: f32,
    /// How much of the look is taken on; 0 leaves the image as it is.
    #[input(default = 100.0, range = 0.0..=100.0, step = 1.0, unit = "%", slider)]
    strength: f32,
) -> Result<(Image, String), NodeError> {
    let (look, name) = match stock {
        Stock::Marigold => (developed(&MARIGOLD, push), "Marigold 200".to_owned()),
        Stock::Saltmarsh => (developed(&SALTMARSH, push), "Saltmarsh 160".to_owned()),
        Stock::Glacier => (developed(&GLACIER, push), "Glacier 50".to_owned()),
        Stock::Nocturne => (developed(&NOCTURNE, push), "Nocturne 800".to_owned()),
        Stock::Anthracite => (developed(&ANTHRACITE, push), "Anthracite 400".to_owned()),
        Stock::FromFile => from_file(lut)?,
    };
    if strength == 0.0 {
        return Ok((image.to_image(), name));
    }
    let share = strength / 100.0;
    let mix = |from: f32, to: f32| from + (to - from) * share;
    let image = image.map_bgr(|_, _, color| {
        let to = match &look {
            Look::Emulsion(developer) => developer.develop(color),
            Look::Table(cube) => cube.look_up(color),
        };
        Bgr { b: mix(color.b, to.b), g: mix(color.g, to.g), r: mix(color.r, to.r) }
    });
    Ok((image, name))
}

enum Look {
    Emulsion(Developer),
    Table(Cube),
}

fn developed(emulsion: &Emulsion, push: f32) -> Look {
    Look::Emulsion(Emulsion { speed: emulsion.speed.map(|speed| speed + push), ..*emulsion }.developer())
}

/// The look of a file, and its title.
fn from_file(lut: Option<FilePath>) -> Result<(Look, String), NodeError> {
    let blame = |message: String| NodeError::new(message).input("LUT file");
    let path = lut.ok_or_else(|| blame("choose a .cube file, or one of the other films".to_owned()))?;
    let file = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    let text = std::fs::read_to_string(&path).map_err(|error| blame(format!("'{file}' cannot be read: {error}")))?;
    let cube = Cube::parse(&text).map_err(|error| blame(format!("'{file}', {error}")))?;
    let name = cube.title().map_or_else(|| file.trim_end_matches(".cube").to_owned(), str::to_owned);
    Ok((Look::Table(cube), name))
}

const MARIGOLD: Emulsion = Emulsion {
    speed: rgb(0.06, 0.03, -0.06),
    saturation: 1.04,
    contrast: rgb(1.16, 1.16, 1.10),
    black: rgb(0.035, 0.025, 0.03),
    white: rgb(1.0, 0.985, 0.93),
    ..Emulsion::NEUTRAL
};
const SALTMARSH: Emulsion = Emulsion {
    speed: rgb(0.20, 0.15, 0.10),
    saturation: 0.86,
    contrast: rgb(1.06, 1.04, 1.02),
    black: rgb(0.05, 0.055, 0.06),
    white: rgb(0.985, 0.98, 0.965),
    ..Emulsion::NEUTRAL
};
const GLACIER: Emulsion =
    Emulsion { speed: rgb(-0.08, -0.03, 0.05), saturation: 1.06, contrast: rgb(1.38, 1.36, 1.32), ..Emulsion::NEUTRAL };
const NOCTURNE: Emulsion = Emulsion {
    speed: rgb(-0.22, -0.05, 0.25),
    saturation: 0.95,
    contrast: rgb(1.42, 1.25, 1.08),
    black: rgb(0.012, 0.025, 0.06),
    white: rgb(1.0, 0.97, 0.90),
    ..Emulsion::NEUTRAL
};
const ANTHRACITE: Emulsion = Emulsion {
    saturation: 0.0,
    // Panchromatic emulsions see blue better, and green worse, than the eye.
    response: rgb(0.30, 0.48, 0.22),
    contrast: rgb(1.4, 1.4, 1.4),
    black: rgb(0.02, 0.02, 0.02),
    ..Emulsion::NEUTRAL
};
