//! Maps of materials.

pub mod add_normals;
pub mod balance_normals;
pub mod convert_normal_map;
pub mod metal_to_specular;
pub mod normal_generator;
pub mod normalize_normal_map;
pub mod specular_to_metal;
pub mod strengthen_normals;

use chainner_sdk::prelude::*;
use multiversion::multiversion;

use crate::kernels::resample::{self, Filter};

/// A map of three channels, of the first three samples of the pixels of another of three or four.
fn map(image: ImageView<'_>, f: impl Fn([f32; 3]) -> [f32; 3] + Copy + Sync) -> Image {
    Image::from_rows(image.width(), image.height(), 3, |y, to| match image.channels() {
        3 => map_row::<3, _>(image.row(y), to, f),
        _ => map_row::<4, _>(image.row(y), to, f),
    })
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn map_row<const N: usize, F: Fn([f32; 3]) -> [f32; 3] + Copy>(row: &[f32], to: &mut [f32], f: F) {
    for (to, pixel) in to.as_chunks_mut::<3>().0.iter_mut().zip(row.as_chunks::<N>().0) {
        *to = f([pixel[0], pixel[1], pixel[2]]);
    }
}

/// A map of one pixel, in the middle between all and nothing, for what is not known.
fn unknown() -> Image {
    Image::from_rows(1, 1, 1, |_, row| row.fill(0.5))
}

/// A map in the size of another, resampled by Lanczos's filter as the app does; `None` if it has that size.
fn sized_as(map: ImageView<'_>, size_of: ImageView<'_>) -> Option<Image> {
    let size = [size_of.width(), size_of.height()];
    (size != [map.width(), map.height()]).then(|| resample::resize(map, size, Filter::Lanczos))
}

/// Refuses two maps of different sizes.
fn require_same_size(
    first_name: &str,
    first: ImageView<'_>,
    second_name: &str,
    second: ImageView<'_>,
) -> Result<(), NodeError> {
    if (first.width(), first.height()) == (second.width(), second.height()) {
        return Ok(());
    }
    Err(NodeError::new(format!(
        "both maps must have the same size, but {first_name} is a {first} and {second_name} is a {second}: resize one of them"
    )))
}
