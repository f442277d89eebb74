//! Metalness and gloss.
//!
//! The relation of the two ways to describe a surface after W. McDermott, *The PBR Guide* (Allegorithmic, 2018): what is no metal reflects
//! little and without colour, what is metal reflects its colour and has no other.

use chainner_sdk::{
    image::{FreshRow, WrittenRow},
    prelude::*,
};
use multiversion::multiversion;

/// The image that `f` makes of the colour samples of one, of `N` samples a pixel, and the metalness of a map of the same size. Opacity is
/// kept if there is room for it.
///
/// # Panics
/// When the image does not have `N` channels, or `M` is less than 3 or more than `N`.
pub fn each<const N: usize, const M: usize>(
    image: ImageView<'_>,
    metal: ImageView<'_>,
    f: impl Fn(f32, f32) -> f32 + Copy + Sync,
) -> Image {
    assert!(image.channels() == N && (3..=N).contains(&M), "the caller asks for the channels first");
    Image::from_fresh_rows(metal.width(), metal.height(), M, |y, to| {
        each_of_row::<N, M, _>(image.row(y), metal.row(y), to, f)
    })
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn each_of_row<'a, const N: usize, const M: usize, F: Fn(f32, f32) -> f32 + Copy>(
    from: &[f32],
    metal: &[f32],
    to: FreshRow<'a>,
    f: F,
) -> WrittenRow<'a> {
    let pixels = from.as_chunks::<N>().0.iter().zip(metal);
    to.write_pixels::<M>(
        pixels.map(|(from, &metal)| std::array::from_fn(|i| if i < 3 { f(from[i], metal) } else { from[i] })),
    )
}

/// The colour of surfaces with these diffuse and specular colours; of `N` samples a pixel, the fourth of them opacity, which stays.
///
/// # Panics
/// When the images do not have `N` and 3 channels.
pub fn albedo<const N: usize>(diffuse: ImageView<'_>, specular: ImageView<'_>, range: [f32; 2]) -> Image {
    assert!(diffuse.channels() == N && specular.channels() == 3, "the caller asks for the channels first");
    Image::from_fresh_rows(diffuse.width(), diffuse.height(), N, |y, to| {
        albedo_of_row::<N>(diffuse.row(y), specular.row(y), to, range)
    })
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn albedo_of_row<'a, const N: usize>(
    diffuse: &[f32],
    specular: &[f32],
    to: FreshRow<'a>,
    range: [f32; 2],
) -> WrittenRow<'a> {
    let pixels = diffuse.as_chunks::<N>().0.iter().zip(specular.as_chunks::<3>().0);
    to.write_pixels::<N>(pixels.map(|(diffuse, specular)| {
        let metal = metalness(specular[0].max(specular[1]).max(specular[2]), range);
        std::array::from_fn(|i| if i < 3 { to_albedo(diffuse[i], specular[i], metal) } else { diffuse[i] })
    }))
}

/// The colour of surfaces of this diffuse colour that are so much of metal, which by itself reflects that: none of it more than all
/// light. As [`albedo`], of maps that were resampled.
///
/// # Panics
/// When the images do not have `N`, 1 and 3 channels.
pub fn albedo_of_metal<const N: usize>(
    diffuse: ImageView<'_>,
    metal: ImageView<'_>,
    reflected: ImageView<'_>,
) -> Image {
    let channels = [diffuse, metal, reflected].map(|image| image.channels());
    assert_eq!(channels, [N, 1, 3], "the caller asks for the channels first");
    Image::from_fresh_rows(diffuse.width(), diffuse.height(), N, |y, to| {
        let metal = metal.row(y).iter().zip(reflected.row(y).as_chunks::<3>().0);
        to.write_pixels::<N>(diffuse.row(y).as_chunks::<N>().0.iter().zip(metal).map(
            |(diffuse, (&metal, reflected))| {
                let color = |i: usize| to_diffuse(diffuse[i], metal) + reflected[i].min(metal);
                std::array::from_fn(|i| if i < 3 { color(i) } else { diffuse[i] })
            },
        ))
    })
}

/// What a surface that is no metal reflects: 4 % of the light, as sRGB.
pub const DIELECTRIC: f32 = 0.22;

/// The colour of a sample of a surface that is so much of metal, without what it reflects.
#[inline(always)]
pub fn to_diffuse(albedo: f32, metal: f32) -> f32 {
    albedo * (1.0 - metal)
}

/// What a sample of a surface reflects that is so much of metal.
#[inline(always)]
pub fn to_specular(albedo: f32, metal: f32) -> f32 {
    DIELECTRIC * (1.0 - metal) + albedo * metal
}

/// How much of metal a surface is whose strongest reflection is this: none up to `least`, all from `most` on.
#[inline(always)]
pub fn metalness(reflection: f32, [least, most]: [f32; 2]) -> f32 {
    ((reflection - least) / (most - least).max(1e-6)).clamp(0.0, 1.0)
}

/// The colour of a sample of a surface that is so much of metal.
#[inline(always)]
pub fn to_albedo(diffuse: f32, specular: f32, metal: f32) -> f32 {
    diffuse * (1.0 - metal) + specular * metal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metal_keeps_its_colour_both_ways() {
        for albedo in [0.3, 0.6, 0.9] {
            let both = |metal: f32| [to_diffuse(albedo, metal), to_specular(albedo, metal)];
            assert_eq!(both(0.0), [albedo, DIELECTRIC]);
            let [diffuse, specular] = both(1.0);
            assert_eq!([diffuse, specular], [0.0, albedo]);
            let metal = metalness(specular, [0.23, 0.3]);
            assert_eq!(metal, 1.0);
            assert_eq!(to_albedo(diffuse, specular, metal), albedo);
            assert_eq!(to_albedo(albedo, DIELECTRIC, metalness(DIELECTRIC, [0.23, 0.3])), albedo);
        }
        assert!((metalness(0.265, [0.23, 0.3]) - 0.5).abs() < 1e-5);
    }
}
