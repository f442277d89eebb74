//! Maps of Dither and Dither (Palette).

use chainner_sdk::prelude::*;

use crate::kernels::dither::diffusion::Map;

/// Where the error of a pixel goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
#[choice(type_name = "ErrorDiffusionMap")]
#[allow(missing_docs, reason = "names of their inventors")]
pub enum ErrorDiffusionMap {
    #[choice(label = "Floyd-Steinberg", id = "FS")]
    FloydSteinberg,
    #[choice(label = "Jarvis, Judice, and Ninke", id = "JJN")]
    JarvisEtAl,
    #[choice(id = "ST")]
    Stucki,
    #[choice(id = "A")]
    Atkinson,
    #[choice(id = "B")]
    Burkes,
    #[choice(id = "S")]
    Sierra,
    #[choice(id = "S2")]
    TwoRowSierra,
    #[choice(id = "SL")]
    SierraLite,
}

impl From<ErrorDiffusionMap> for Map {
    fn from(map: ErrorDiffusionMap) -> Self {
        match map {
            ErrorDiffusionMap::FloydSteinberg => Self::FloydSteinberg,
            ErrorDiffusionMap::JarvisEtAl => Self::JarvisJudiceNinke,
            ErrorDiffusionMap::Stucki => Self::Stucki,
            ErrorDiffusionMap::Atkinson => Self::Atkinson,
            ErrorDiffusionMap::Burkes => Self::Burkes,
            ErrorDiffusionMap::Sierra => Self::Sierra,
            ErrorDiffusionMap::TwoRowSierra => Self::TwoRowSierra,
            ErrorDiffusionMap::SierraLite => Self::SierraLite,
        }
    }
}
