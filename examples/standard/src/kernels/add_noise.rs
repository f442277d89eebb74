//! Noise added to an image.
//!
//! Random numbers are a function of the pixel's place and the seed, so that rows can be made in any order: the `pcg4d` of Jarzynski,
//! Olano, *Hash Functions for GPU Rendering* (Journal of Computer Graphics Techniques 9, 2020). Normal ones are made of them by Box,
//! Muller, *A Note on the Generation of Random Normal Deviates* (1958).

use chainner_sdk::prelude::*;
use multiversion::multiversion;

use super::power;

/// How noise is spread, and how it is added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Noise {
    /// Normal, of the amount as deviation.
    Gaussian,
    /// Even, up to the amount in both directions.
    Uniform,
    /// White and black: each of half the amount as probability, white over black.
    SaltAndPepper,
    /// Normal, times the sample.
    Speckle,
    /// A number of hits, of which the amount is the mean.
    Poisson,
}

/// Numbers made for each pixel.
const COLORS: usize = 3;

/// Adds noise of an amount of 0..1 to all but opacity: to each colour by itself, or, if `gray`, the same to all. A grayscale image
/// becomes one of three channels when its colours differ.
pub fn add(image: ImageView<'_>, noise: Noise, gray: bool, amount: f32, seed: u64) -> Image {
    let (width, from_channels) = (image.width(), image.channels());
    let channels = if from_channels == 1 && !gray { COLORS } else { from_channels };
    let plane = || vec![0.0; width];
    Image::from_runs(
        width,
        image.height(),
        channels,
        1,
        |_| (std::array::from_fn::<_, COLORS, _>(|_| plane()), std::array::from_fn::<_, COLORS, _>(|_| plane())),
        |(noises, more), y, to| {
            let seeds = [y as u32, seed as u32, (seed >> 32) as u32];
            match noise {
                Noise::Gaussian | Noise::Speckle => normal(seeds, amount, noises),
                Noise::Uniform => uniform(seeds, amount, noises),
                Noise::SaltAndPepper => {
                    let threshold = (f64::from(amount) / 2.0 * 65536.0).round() as u32;
                    salt_and_pepper(seeds, threshold, noises, more);
                }
                Noise::Poisson => hits(seeds, (-amount).exp(), noises),
            }
            let row = image.row(y);
            let pixels = to.chunks_exact_mut(channels).zip(row.chunks_exact(from_channels));
            for (x, (to, from)) in pixels.enumerate() {
                for (c, to) in to.iter_mut().enumerate() {
                    let sample = if from_channels == 1 { from[0] } else { from[c] };
                    let n = if gray { 0 } else { c.min(COLORS - 1) };
                    *to = match noise {
                        _ if c == COLORS => sample,
                        Noise::Speckle => sample + sample * noises[n][x],
                        Noise::SaltAndPepper => sample * more[n][x] + noises[n][x],
                        _ => sample + noises[n][x],
                    };
                }
            }
        },
    )
}

/// Four random numbers from four numbers.
#[inline(always)]
fn hash(x: u32, seeds: [u32; 3]) -> [u32; 4] {
    let mut v = [x, seeds[0], seeds[1], seeds[2]].map(|v| v.wrapping_mul(1_664_525).wrapping_add(1_013_904_223));
    let mix = |v: &mut [u32; 4]| {
        v[0] = v[0].wrapping_add(v[1].wrapping_mul(v[3]));
        v[1] = v[1].wrapping_add(v[2].wrapping_mul(v[0]));
        v[2] = v[2].wrapping_add(v[0].wrapping_mul(v[1]));
        v[3] = v[3].wrapping_add(v[1].wrapping_mul(v[2]));
    };
    mix(&mut v);
    v = v.map(|v| v ^ (v >> 16));
    mix(&mut v);
    v
}

/// A number of 0..1 without its ends.
#[inline(always)]
fn share(bits: u32) -> f32 {
    ((bits >> 9) as f32 + 0.5) * (1.0 / (1 << 23) as f32)
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn normal(seeds: [u32; 3], amount: f32, to: &mut [Vec<f32>; COLORS]) {
    let [b, g, r] = to;
    for (x, ((b, g), r)) in b.iter_mut().zip(g).zip(r).enumerate() {
        let bits = hash(x as u32, seeds);
        let size = |bits: u32| (-2.0 * std::f32::consts::LN_2 * power::log2(share(bits))).sqrt() * amount;
        let (one, other) = (size(bits[0]), size(bits[2]));
        let (cos, sin) = circle(share(bits[1]));
        *b = one * cos;
        *g = one * sin;
        *r = other * circle(share(bits[3])).0;
    }
}

/// The cosine and the sine of a turn of 0..1.
#[inline(always)]
fn circle(turn: f32) -> (f32, f32) {
    let quarter = (turn * 4.0).floor();
    let t = (turn * 4.0 - quarter - 0.5) * std::f32::consts::FRAC_PI_2;
    let t2 = t * t;
    // Taylor series within an eighth of a turn, around the middle of the quarter.
    let sin = t * (1.0 + t2 * (-1.0 / 6.0 + t2 * (1.0 / 120.0 + t2 * (-1.0 / 5040.0))));
    let cos = 1.0 + t2 * (-0.5 + t2 * (1.0 / 24.0 + t2 * (-1.0 / 720.0 + t2 * (1.0 / 40320.0))));
    let half = std::f32::consts::FRAC_1_SQRT_2;
    let (cos, sin) = (half * (cos - sin), half * (cos + sin));
    let (swapped, opposite) = (quarter == 1.0 || quarter == 3.0, quarter >= 2.0);
    let (cos, sin) = if swapped { (-sin, cos) } else { (cos, sin) };
    if opposite { (-cos, -sin) } else { (cos, sin) }
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn uniform(seeds: [u32; 3], amount: f32, to: &mut [Vec<f32>; COLORS]) {
    let [b, g, r] = to;
    for (x, ((b, g), r)) in b.iter_mut().zip(g).zip(r).enumerate() {
        let bits = hash(x as u32, seeds);
        let even = |bits: u32| (share(bits) * 2.0 - 1.0) * amount;
        (*b, *g, *r) = (even(bits[0]), even(bits[1]), even(bits[2]));
    }
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn salt_and_pepper(seeds: [u32; 3], threshold: u32, salt: &mut [Vec<f32>; COLORS], kept: &mut [Vec<f32>; COLORS]) {
    for (c, (salt, kept)) in salt.iter_mut().zip(kept).enumerate() {
        for (x, (salt, kept)) in salt.iter_mut().zip(kept).enumerate() {
            let bits = hash(x as u32, seeds)[c];
            let (white, black) = ((bits >> 16) < threshold, (bits & 0xffff) < threshold);
            *salt = if white { 1.0 } else { 0.0 };
            *kept = if white | black { 0.0 } else { 1.0 };
        }
    }
}

/// 1 where there was a hit, which is as many as can be seen, with all but a probability of `none`.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn hits(seeds: [u32; 3], none: f32, to: &mut [Vec<f32>; COLORS]) {
    let [b, g, r] = to;
    for (x, ((b, g), r)) in b.iter_mut().zip(g).zip(r).enumerate() {
        let bits = hash(x as u32, seeds);
        let hit = |bits: u32| if share(bits) < none { 0.0 } else { 1.0 };
        (*b, *g, *r) = (hit(bits[0]), hit(bits[1]), hit(bits[2]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gray(value: f32) -> Image {
        Image::from_rows(400, 300, 3, |_, row| row.fill(value))
    }

    /// Mean and deviation of what was added, and how two channels go together.
    fn statistics(from: f32, image: &Image) -> (f64, f64, f64) {
        let added: Vec<f64> = image.view().samples().iter().map(|&sample| f64::from(sample - from)).collect();
        let mean = added.iter().sum::<f64>() / added.len() as f64;
        let square = |a: f64, b: f64| (a - mean) * (b - mean);
        let variance = added.iter().map(|&a| square(a, a)).sum::<f64>() / added.len() as f64;
        let pixels = added.as_chunks::<3>().0;
        let together = pixels.iter().map(|p| square(p[0], p[1]) + square(p[1], p[2])).sum::<f64>();
        (mean, variance.sqrt(), together / (2 * pixels.len()) as f64 / variance)
    }

    #[test]
    fn noise_is_spread_as_its_kind_says() {
        let probability = |p: f64| (p * (1.0 - p)).sqrt();
        for (noise, mean, deviation) in [
            (Noise::Gaussian, 0.0, 0.1),
            (Noise::Uniform, 0.0, 0.1 / 3_f64.sqrt()),
            (Noise::Speckle, 0.0, 0.05),
            (Noise::Poisson, 0.5 * (1.0 - (-0.1_f64).exp()), 0.5 * probability(1.0 - (-0.1_f64).exp())),
            (Noise::SaltAndPepper, 0.5 * 0.05 * 0.05, 0.5 * (0.05_f64 + 0.05 * 0.95).sqrt()),
        ] {
            let noisy = add(gray(0.5).view(), noise, false, 0.1, 7);
            let (found_mean, found_deviation, together) = statistics(0.5, &noisy);
            assert!((found_mean - mean).abs() < 2e-3, "{noise:?}: mean {found_mean}");
            assert!((found_deviation / deviation - 1.0).abs() < 0.02, "{noise:?}: deviation {found_deviation}");
            assert!(together.abs() < 0.02, "{noise:?}: {together}");
            let same = add(gray(0.5).view(), noise, true, 0.1, 7);
            assert!(same.view().samples().chunks(3).all(|pixel| pixel[0] == pixel[1] && pixel[1] == pixel[2]));
            assert_eq!(noisy, add(gray(0.5).view(), noise, false, 0.1, 7));
            assert_ne!(noisy, add(gray(0.5).view(), noise, false, 0.1, 8));
        }
    }

    #[test]
    fn tails_are_those_of_the_normal_distribution() {
        let noisy = add(gray(0.5).view(), Noise::Gaussian, false, 0.1, 1);
        for (deviations, share) in [(1.0, 0.3173), (2.0, 0.0455), (3.0, 0.0027)] {
            let beyond = noisy.view().samples().iter().filter(|&&v| (v - 0.5).abs() > 0.1 * deviations).count();
            let found = beyond as f64 / 360_000.0;
            assert!((found - share).abs() < 0.003, "{deviations}: {found}");
        }
    }

    #[test]
    fn opacity_stays_and_gray_becomes_coloured() {
        let image = Image::from_rows(9, 9, 4, |_, row| row.fill(0.5));
        let noisy = add(image.view(), Noise::Gaussian, false, 0.5, 0);
        assert!(noisy.view().samples().iter().skip(3).step_by(4).all(|&alpha| alpha == 0.5));
        let image = Image::from_rows(9, 9, 1, |_, row| row.fill(0.5));
        assert_eq!(add(image.view(), Noise::Uniform, false, 0.5, 0).channels(), 3);
        assert_eq!(add(image.view(), Noise::Uniform, true, 0.5, 0).channels(), 1);
    }

    #[test]
    fn turns_are_points_of_the_circle() {
        for i in 0..1000 {
            let turn = i as f32 / 1000.0;
            let (cos, sin) = circle(turn);
            let angle = f64::from(turn) * std::f64::consts::TAU;
            assert!(
                (f64::from(cos) - angle.cos()).abs() < 1e-6 && (f64::from(sin) - angle.sin()).abs() < 1e-5,
                "{turn}"
            );
        }
    }
}
