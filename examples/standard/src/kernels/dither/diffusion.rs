//! Error diffusion: what a pixel is off goes to those that follow.
//!
//! Floyd, Steinberg, *An adaptive algorithm for spatial greyscale* (1976); Jarvis, Judice, Ninke, *A survey of techniques for the
//! display of continuous tone pictures on bilevel displays* (1976); Stucki, *MECCA* (IBM RZ1060, 1981); Burkes (1988) and Sierra
//! (1989, 1990), as published on CompuServe; Atkinson's, which drops a quarter of the error, for the Apple Macintosh.

use chainner_sdk::prelude::*;

use super::Nearest;

/// Where the error goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "names of their inventors")]
pub enum Map {
    FloydSteinberg,
    JarvisJudiceNinke,
    Stucki,
    Atkinson,
    Burkes,
    Sierra,
    TwoRowSierra,
    SierraLite,
}

/// Shares for two pixels to the left up to two to the right, of the same row and the next two.
trait Shares {
    const DIVISOR: u8;
    const SHARES: [[u8; 5]; 3];
}

macro_rules! shares {
    ($($name:ident $divisor:literal $row:expr, $next:expr, $last:expr;)*) => {$(
        struct $name;

        impl Shares for $name {
            const DIVISOR: u8 = $divisor;
            const SHARES: [[u8; 5]; 3] = [$row, $next, $last];
        }
    )*};
}

shares! {
    FloydSteinberg 16 [0, 0, 0, 7, 0], [0, 3, 5, 1, 0], [0; 5];
    JarvisJudiceNinke 48 [0, 0, 0, 7, 5], [3, 5, 7, 5, 3], [1, 3, 5, 3, 1];
    Stucki 42 [0, 0, 0, 8, 4], [2, 4, 8, 4, 2], [1, 2, 4, 2, 1];
    Atkinson 8 [0, 0, 0, 1, 1], [0, 1, 1, 1, 0], [0, 0, 1, 0, 0];
    Burkes 32 [0, 0, 0, 8, 4], [2, 4, 8, 4, 2], [0; 5];
    Sierra 32 [0, 0, 0, 5, 3], [2, 4, 5, 4, 2], [0, 2, 3, 2, 0];
    TwoRowSierra 16 [0, 0, 0, 4, 3], [1, 2, 3, 2, 1], [0; 5];
    SierraLite 4 [0, 0, 0, 2, 0], [0, 1, 1, 0, 0], [0; 5];
}

/// Replaces every pixel by the nearest colour and lets its error go on, row by row from left to right.
///
/// # Panics
/// When the image does not have `N` channels.
pub fn dither<const N: usize>(image: ImageView<'_>, nearest: &impl Nearest<N>, map: Map) -> Image {
    match map {
        Map::FloydSteinberg => diffuse::<N, FloydSteinberg>(image, nearest),
        Map::JarvisJudiceNinke => diffuse::<N, JarvisJudiceNinke>(image, nearest),
        Map::Stucki => diffuse::<N, Stucki>(image, nearest),
        Map::Atkinson => diffuse::<N, Atkinson>(image, nearest),
        Map::Burkes => diffuse::<N, Burkes>(image, nearest),
        Map::Sierra => diffuse::<N, Sierra>(image, nearest),
        Map::TwoRowSierra => diffuse::<N, TwoRowSierra>(image, nearest),
        Map::SierraLite => diffuse::<N, SierraLite>(image, nearest),
    }
}

fn diffuse<const N: usize, S: Shares>(image: ImageView<'_>, nearest: &impl Nearest<N>) -> Image {
    assert_eq!(image.channels(), N, "the caller asks for the channels first");
    let width = image.width();
    // Errors of three rows, with two pixels more on both sides.
    let mut errors: [Vec<[f32; N]>; 3] = std::array::from_fn(|_| vec![[0.0; N]; width + 4]);
    // Every pixel depends on the one before: one thread, in order, straight into the memory of the result.
    let mut dithered = Image::new(width, image.height(), N);
    let rows = dithered.samples_mut().chunks_exact_mut((width * N).max(1));
    for (to, from) in rows.zip((0..image.height()).map(|y| image.row(y))) {
        let [here, next, last] = &mut errors;
        diffuse_row::<N, S>(from, to, nearest, here, next, last);
        here.fill([0.0; N]);
        errors.rotate_left(1);
    }
    dithered
}

fn diffuse_row<const N: usize, S: Shares>(
    from: &[f32],
    to: &mut [f32],
    nearest: &impl Nearest<N>,
    here: &mut [[f32; N]],
    next: &mut [[f32; N]],
    last: &mut [[f32; N]],
) {
    // What the next two pixels get from this row stays in registers.
    let (mut one, mut two) = ([0.0; N], [0.0; N]);
    let pixels = from.as_chunks::<N>().0.iter().zip(to.as_chunks_mut::<N>().0).zip(&here[2..]);
    for (x, ((from, to), here)) in pixels.enumerate() {
        let wanted: [f32; N] = nearest.wanted(std::array::from_fn(|c| from[c] + here[c] + one[c]));
        *to = nearest.nearest(wanted);
        let error: [f32; N] = std::array::from_fn(|c| wanted[c] - to[c]);
        let share = |count: u8| f32::from(count) / f32::from(S::DIVISOR);
        let [right, further] = [share(S::SHARES[0][3]), share(S::SHARES[0][4])];
        for c in 0..N {
            one[c] = two[c] + error[c] * right;
            two[c] = error[c] * further;
        }
        give::<N>(&mut next[x..x + 5], &error, const { &S::SHARES[1] }, S::DIVISOR);
        give::<N>(&mut last[x..x + 5], &error, const { &S::SHARES[2] }, S::DIVISOR);
    }
}

#[inline(always)]
fn give<const N: usize>(to: &mut [[f32; N]], error: &[f32; N], shares: &[u8; 5], divisor: u8) {
    for (to, share) in to.iter_mut().zip(shares) {
        if *share > 0 {
            let share = f32::from(*share) / f32::from(divisor);
            (0..N).for_each(|c| to[c] += error[c] * share);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::{blur::separable::noise, dither::Levels};

    /// Errors in an image of their own.
    fn plain<S: Shares>(image: ImageView<'_>, levels: Levels) -> Vec<f32> {
        let (width, height) = (image.width() as isize, image.height() as isize);
        let mut wanted: Vec<f64> = image.samples().iter().map(|&sample| sample.into()).collect();
        let mut result = Vec::new();
        for i in 0..wanted.len() {
            let to = levels.round(wanted[i] as f32);
            let error = wanted[i] - f64::from(to);
            result.push(to);
            let (x, y) = (i as isize % width, i as isize / width);
            for (dy, shares) in S::SHARES.iter().enumerate() {
                for (dx, share) in shares.iter().enumerate() {
                    let (x, y) = (x + dx as isize - 2, y + dy as isize);
                    if (0..width).contains(&x) && y < height {
                        wanted[(y * width + x) as usize] += error * f64::from(*share) / f64::from(S::DIVISOR);
                    }
                }
            }
        }
        result
    }

    #[test]
    fn errors_go_where_the_maps_say() {
        let compare = |map: Map, plain: fn(ImageView<'_>, Levels) -> Vec<f32>| {
            for (width, height) in [(1, 1), (1, 6), (2, 5), (40, 20)] {
                let image = noise(width, height, 1);
                let levels = Levels::new(3);
                let fast = dither::<1>(image.view(), &levels, map);
                let same =
                    fast.view().samples().iter().zip(plain(image.view(), levels)).filter(|(a, b)| *a == b).count();
                // Where a sum lies between two levels a rounding decides.
                assert!(same * 100 >= width * height * 97, "{map:?} {width}x{height}: {same}");
            }
        };
        compare(Map::FloydSteinberg, plain::<FloydSteinberg>);
        compare(Map::JarvisJudiceNinke, plain::<JarvisJudiceNinke>);
        compare(Map::Stucki, plain::<Stucki>);
        compare(Map::Atkinson, plain::<Atkinson>);
        compare(Map::Burkes, plain::<Burkes>);
        compare(Map::Sierra, plain::<Sierra>);
        compare(Map::TwoRowSierra, plain::<TwoRowSierra>);
        compare(Map::SierraLite, plain::<SierraLite>);
    }

    #[test]
    fn no_more_than_the_whole_error_is_given_away() {
        fn total<S: Shares>() -> (u32, u32) {
            (S::SHARES.iter().flatten().map(|&share| u32::from(share)).sum(), S::DIVISOR.into())
        }
        for (given, whole) in [
            total::<FloydSteinberg>(),
            total::<JarvisJudiceNinke>(),
            total::<Stucki>(),
            total::<Burkes>(),
            total::<Sierra>(),
            total::<TwoRowSierra>(),
            total::<SierraLite>(),
        ] {
            assert_eq!(given, whole);
        }
        assert_eq!(total::<Atkinson>(), (6, 8));
    }
}
