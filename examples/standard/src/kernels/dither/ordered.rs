//! Ordered dithering: B. E. Bayer, *An optimum method for two-level rendition of continuous-tone pictures* (ICC 1973).

use chainner_sdk::prelude::*;
use multiversion::multiversion;

use super::Levels;

/// Quantizes every sample without dithering.
pub fn quantize(image: ImageView<'_>, levels: Levels) -> Image {
    Image::from_rows(image.width(), image.height(), image.channels(), |y, to| round(image.row(y), to, levels))
}

#[multiversion(
    targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2", "x86_64+sse4.1"),
    dispatcher = "direct"
)]
fn round(from: &[f32], to: &mut [f32], levels: Levels) {
    for (to, from) in to.iter_mut().zip(from) {
        *to = levels.round(*from);
    }
}

/// Quantizes every sample after adding the threshold of its place in a tile of `side` × `side` pixels, a power of 2.
pub fn dither(image: ImageView<'_>, levels: Levels, side: usize) -> Image {
    let channels = image.channels();
    let matrix = matrix(side);
    // Rows of the tile, each some times over: long enough for loops over vectors.
    let period = side * channels;
    let rows: Vec<Vec<f32>> = matrix
        .chunks(side)
        .map(|row| row.iter().flat_map(|share| vec![*share; channels]).collect::<Vec<f32>>().repeat(512 / period + 1))
        .collect();
    Image::from_rows(image.width(), image.height(), channels, |y, to| floor(image.row(y), &rows[y % side], to, levels))
}

#[multiversion(
    targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2", "x86_64+sse4.1"),
    dispatcher = "direct"
)]
fn floor(from: &[f32], shares: &[f32], to: &mut [f32], levels: Levels) {
    for (to, from) in to.chunks_mut(shares.len()).zip(from.chunks(shares.len())) {
        for ((to, from), share) in to.iter_mut().zip(from).zip(shares) {
            *to = levels.floor(*from, *share);
        }
    }
}

/// Bayer's matrix, scaled to 0..1.
fn matrix(side: usize) -> Vec<f32> {
    let value = |x: usize, y: usize| {
        // Bits of the place, the lowest first, interleaved from the highest down.
        let bits = side.trailing_zeros();
        let value = (0..bits).fold(0, |value, bit| {
            let (x, y) = (x >> bit & 1, y >> bit & 1);
            value * 4 + 2 * (x ^ y) + y
        });
        value as f32 / (side * side) as f32
    };
    (0..side * side).map(|i| value(i % side, i / side)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::blur::separable::noise;

    /// Each matrix is made of four of the next smaller one.
    fn recursive(side: usize) -> Vec<usize> {
        if side == 1 {
            return vec![0];
        }
        let quarter = recursive(side / 2);
        (0..side * side)
            .map(|i| {
                let (x, y) = (i % side, i / side);
                4 * quarter[y % (side / 2) * (side / 2) + x % (side / 2)]
                    + [[0, 2], [3, 1]][y / (side / 2)][x / (side / 2)]
            })
            .collect()
    }

    #[test]
    fn thresholds_are_those_of_the_recursive_definition() {
        for side in [2, 4, 8, 16] {
            let scaled: Vec<f32> = recursive(side).iter().map(|&value| value as f32 / (side * side) as f32).collect();
            assert_eq!(matrix(side), scaled);
        }
    }

    #[test]
    fn every_sample_is_compared_with_its_threshold() {
        let image = noise(337, 9, 3);
        let (levels, matrix) = (Levels::new(5), matrix(4));
        let dithered = dither(image.view(), levels, 4);
        for (i, (to, from)) in dithered.view().samples().iter().zip(image.view().samples()).enumerate() {
            let (x, y) = (i / 3 % 337, i / 3 / 337);
            assert_eq!(*to, levels.floor(*from, matrix[y % 4 * 4 + x % 4]));
        }
        for (to, from) in quantize(image.view(), levels).view().samples().iter().zip(image.view().samples()) {
            assert_eq!(*to, levels.round(*from));
        }
    }
}
