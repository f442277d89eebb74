//! The median of the square around each pixel.
//!
//! Squares of 3 and 5 pixels are sorted in their own precision, many pixels at once, by networks that compare fixed pairs (Batcher,
//! *Sorting networks and their applications*, 1968; columns are sorted once for all squares they belong to). Larger ones are counted
//! in 8 bits: see `median_counts` and `median_histograms`.

use chainner_sdk::prelude::*;
use multiversion::multiversion;

use super::{median_counts, median_histograms};
use crate::kernels::{
    border::Border,
    power, unit,
    window::{self, Reach},
};

/// What the image is beyond its edges.
pub(super) const BORDER: Border = Border::Replicate;

/// The median within `radius` pixels, of every channel by itself. From a radius of 3 on, in 8 bits.
pub fn blur(image: ImageView<'_>, radius: usize) -> Image {
    match radius {
        _ if image.samples().is_empty() => image.to_image(),
        0 => image.to_image(),
        1 => window::bands(image, Reach::square(1), BORDER, |rows, to| of_3(rows, image.channels(), to)),
        2 => window::bands(image, Reach::square(2), BORDER, |rows, to| of_5(rows, image.channels(), to)),
        _ if median_counts::RADII.contains(&radius) => median_counts::blur(image, radius),
        _ => median_histograms::blur(image, radius),
    }
}

/// Orders pairs of values: the less of each to the first.
macro_rules! order {
    ($v:ident; $($i:literal $j:literal),*) => {$(
        let (a, b) = ($v[$i], $v[$j]);
        $v[$i] = if a < b { a } else { b };
        $v[$j] = if a < b { b } else { a };
    )*};
}

/// Samples that are worked on together, so that their sorted columns stay in the cache nearest to the processor.
const BLOCK: usize = 512;

/// The middle of nine by sorted columns: of the greatest of the least, the middle of the middle and the least of the greatest. Of two
/// rows at once, whose columns have two samples in common.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn of_3(rows: &[&[f32]], channels: usize, to: [&mut [f32]; 2]) {
    let low = |a: f32, b: f32| if a < b { a } else { b };
    let high = |a: f32, b: f32| if a < b { b } else { a };
    let middle = |a: f32, b: f32, c: f32| high(low(a, b), low(high(a, b), c));
    let margin = 2 * channels;
    let mut columns: [Vec<f32>; 6] = std::array::from_fn(|_| vec![0.0; BLOCK + margin]);
    let [upper, lower] = to;
    for (block, (upper, lower)) in upper.chunks_mut(BLOCK).zip(lower.chunks_mut(BLOCK)).enumerate() {
        let (len, at) = (upper.len(), block * BLOCK);
        let padded = len + margin;
        let [r0, r1, r2, r3] = std::array::from_fn(|i| &rows[i][at..at + padded]);
        let [l, m, h, low_l, low_m, low_h] = columns.each_mut().map(|column| &mut column[..padded]);
        for i in 0..padded {
            let (a, b, c, d) = (r0[i], r1[i], r2[i], r3[i]);
            let (less, more) = (low(b, c), high(b, c));
            (l[i], m[i], h[i]) = (low(a, less), high(less, low(a, more)), high(a, more));
            (low_l[i], low_m[i], low_h[i]) = (low(d, less), high(less, low(d, more)), high(d, more));
        }
        let places = columns
            .each_ref()
            .map(|column| -> [&[f32]; 3] { std::array::from_fn(|k| &column[k * channels..k * channels + len]) });
        let [upper_places, lower_places] = [[places[0], places[1], places[2]], [places[3], places[4], places[5]]];
        for (to, [[l0, l1, l2], [m0, m1, m2], [h0, h1, h2]]) in [(upper, upper_places), (lower, lower_places)] {
            for i in 0..len {
                let least = high(high(l0[i], l1[i]), l2[i]);
                let most = low(low(h0[i], h1[i]), h2[i]);
                to[i] = middle(least, middle(m0[i], m1[i], m2[i]), most);
            }
        }
    }
}

/// The middle of 25, of two rows at once, whose squares have 20 samples in common. Those are put in order by merging columns; at every
/// step what cannot be the middle any more is left out, which are all but six in the end. With the five that are a row's own, the
/// middle is the sixth of these eleven.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn of_5(rows: &[&[f32]], channels: usize, to: [&mut [f32]; 2]) {
    let low = |a: f32, b: f32| if a < b { a } else { b };
    let high = |a: f32, b: f32| if a < b { b } else { a };
    let margin = 4 * channels;
    let mut columns: [Vec<f32>; 4] = std::array::from_fn(|_| vec![0.0; BLOCK + margin]);
    let mut pairs: [Vec<f32>; 8] = std::array::from_fn(|_| vec![0.0; BLOCK + margin]);
    let [upper, lower] = to;
    for (block, (upper, lower)) in upper.chunks_mut(BLOCK).zip(lower.chunks_mut(BLOCK)).enumerate() {
        let (len, at) = (upper.len(), block * BLOCK);
        let padded = len + margin;
        let [r1, r2, r3, r4] = std::array::from_fn(|i| &rows[i + 1][at..at + padded]);
        let [c0, c1, c2, c3] = columns.each_mut().map(|column| &mut column[..padded]);
        for i in 0..padded {
            let mut v = [r1[i], r2[i], r3[i], r4[i]];
            order!(v; 0 1, 2 3, 0 2, 1 3, 1 2);
            [c0[i], c1[i], c2[i], c3[i]] = v;
        }
        let paired = len + 2 * channels;
        let [a0, a1, a2, a3] = columns.each_ref().map(|column| &column[..paired]);
        let [b0, b1, b2, b3] = columns.each_ref().map(|column| &column[channels..channels + paired]);
        let [p0, p1, p2, p3, p4, p5, p6, p7] = pairs.each_mut().map(|pair| &mut pair[..paired]);
        for i in 0..paired {
            let mut v = [a0[i], a1[i], a2[i], a3[i], b0[i], b1[i], b2[i], b3[i]];
            order!(v; 0 4, 1 5, 2 6, 3 7, 2 4, 3 5, 1 2, 3 4, 5 6);
            [p0[i], p1[i], p2[i], p3[i], p4[i], p5[i], p6[i], p7[i]] = v;
        }
        let [p0, p1, p2, p3, p4, p5, p6, p7] = pairs.each_ref().map(|pair| &pair[..len]);
        let [q0, q1, q2, q3, q4, q5, q6, q7] = pairs.each_ref().map(|pair| &pair[2 * channels..2 * channels + len]);
        let [c0, c1, c2, c3] = columns.each_ref().map(|column| &column[4 * channels..4 * channels + len]);
        let places = |row: usize| -> [&[f32]; 5] {
            std::array::from_fn(|k| &rows[row][at + k * channels..at + k * channels + len])
        };
        let ([u0, u1, u2, u3, u4], [v0, v1, v2, v3, v4]) = (places(0), places(5));
        for i in 0..len {
            let mut v = [
                p0[i], p1[i], p2[i], p3[i], p4[i], p5[i], p6[i], p7[i], q0[i], q1[i], q2[i], q3[i], q4[i], q5[i],
                q6[i], q7[i],
            ];
            order!(v; 0 8, 1 9, 2 10, 3 11, 4 12, 5 13, 6 14, 7 15, 4 8, 5 9, 6 10, 7 11, 2 4, 3 5, 6 8, 7 9, 10 12, 11 13,
                1 2, 3 4, 5 6, 7 8, 9 10, 11 12, 13 14);
            // Of these 16 the ten in the middle, with the last column: the fifth to the tenth.
            let column = [c0[i], c1[i], c2[i], c3[i]];
            let nth = |n: usize| {
                let mut least = v[2 + n];
                for (k, &other) in column.iter().enumerate() {
                    least = low(least, high(v[1 + n - k], other));
                }
                least
            };
            let common = [nth(5), nth(6), nth(7), nth(8), nth(9), nth(10)];
            let sixth = |mut own: [f32; 5]| {
                order!(own; 0 3, 1 4, 0 2, 1 3, 0 1, 2 4, 1 2, 3 4, 2 3);
                let mut least = common[5];
                for k in 0..5 {
                    least = low(least, high(common[4 - k], own[k]));
                }
                least
            };
            upper[i] = sixth([u0[i], u1[i], u2[i], u3[i], u4[i]]);
            lower[i] = sixth([v0[i], v1[i], v2[i], v3[i], v4[i]]);
        }
    }
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
pub(super) fn quantize(from: &[f32], to: &mut [u8]) {
    for (to, from) in to.iter_mut().zip(from) {
        *to = level(*from);
    }
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
pub(super) fn expand(from: &[u8], to: &mut [f32]) {
    for (to, from) in to.iter_mut().zip(from) {
        *to = f32::from(*from) / 255.0;
    }
}

#[inline(always)]
fn level(sample: f32) -> u8 {
    power::nearest(unit(sample) * 255.0) as u8
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::blur::separable::noise;

    fn plain(image: ImageView<'_>, radius: isize, x: usize, y: usize, c: usize) -> f32 {
        let mut around: Vec<f32> = (-radius..=radius)
            .flat_map(|dy| (-radius..=radius).map(move |dx| (dx, dy)))
            .map(|(dx, dy)| {
                let (x, y) =
                    (BORDER.index(x as isize + dx, image.width()), BORDER.index(y as isize + dy, image.height()));
                let sample = image.pixel(x, y)[c];
                if radius > 2 { f32::from(level(sample)) / 255.0 } else { sample }
            })
            .collect();
        around.sort_by(f32::total_cmp);
        around[around.len() / 2]
    }

    #[test]
    fn fast_and_plain_medians_are_the_same() {
        for (width, height, channels) in [(1, 1, 3), (2, 7, 1), (60, 9, 3), (23, 30, 4), (15, 5, 2)] {
            let image = noise(width, height, channels);
            for radius in [1, 2, 3, 7, 8, 12, 13, 130] {
                let fast = blur(image.view(), radius);
                let step = if radius == 130 { 11 } else { 1 };
                for i in (0..width * height).step_by(step) {
                    let (x, y) = (i % width, i / width);
                    for c in 0..channels {
                        let plain = plain(image.view(), radius as isize, x, y, c);
                        assert_eq!(fast.view().pixel(x, y)[c], plain, "{image} {radius}");
                    }
                }
            }
        }
    }
}
