//! S. Lloyd, *Least Squares Quantization in PCM* (1982): each colour belongs to the nearest mean, each mean is that of its colours; begun with
//! D. Arthur and S. Vassilvitskii, *k-means++: The Advantages of Careful Seeding* (2007). The same colours always give the same palette.

use chainner_sdk::parallel;

use super::Sample;
use crate::kernels::random::Generator;

/// Rounds at most.
const ROUNDS: usize = 10;
/// No mean moves further than this in the last round.
const STILL: f64 = 1e-3;
/// Pixels for one thread at a time.
const RUN: usize = 1 << 14;
/// Pixels that the first means are drawn from.
const DRAWN: usize = 1 << 14;

/// `count` colours that the pixels are near to; there are at least as many different ones among them.
pub fn palette<const N: usize>(pixels: &[Sample<N>], count: usize) -> Vec<Sample<N>> {
    let mut means = first_means(pixels, count);
    for _ in 0..ROUNDS {
        let sums = nearest_sums(pixels, &means);
        let mut moved = 0.0_f64;
        for (mean, (sum, members)) in means.iter_mut().zip(sums) {
            // A mean without colours stays where it is.
            if members > 0 {
                let new = sum.map(|sum| (sum / members as f64) as f32);
                moved = moved.max(f64::from(distance(mean, &new)).sqrt());
                *mean = new;
            }
        }
        if moved < STILL {
            break;
        }
    }
    means
}

/// Colours of the image far from one another: each is drawn with a chance of its squared distance to those before.
fn first_means<const N: usize>(pixels: &[Sample<N>], count: usize) -> Vec<Sample<N>> {
    let mut random = Generator::new(0);
    let step = pixels.len().div_ceil(DRAWN).max(1);
    let mut drawn: Vec<Sample<N>> = pixels.iter().step_by(step).copied().collect();
    if drawn.len() < count {
        drawn = pixels.to_vec();
    }
    let first = drawn[random.up_to(drawn.len() as u32 - 1) as usize];
    let mut means = vec![first];
    let mut far: Vec<f32> = drawn.iter().map(|pixel| distance(pixel, &first)).collect();
    while means.len() < count {
        let all: f64 = far.iter().map(|far| f64::from(*far)).sum();
        let mut left = random.unit() * all;
        let chosen = far.iter().position(|&far| {
            left -= f64::from(far);
            left < 0.0
        });
        // If all that is drawn is taken, the means repeat.
        let mean = drawn[chosen.unwrap_or(means.len() % drawn.len())];
        far.iter_mut().zip(&drawn).for_each(|(far, pixel)| *far = far.min(distance(pixel, &mean)));
        means.push(mean);
    }
    means
}

/// For each mean, the sum and the number of the pixels that are nearer to it than to others.
fn nearest_sums<const N: usize>(pixels: &[Sample<N>], means: &[Sample<N>]) -> Vec<([f64; N], usize)> {
    let of_run = |run: &[Sample<N>]| {
        let mut sums = vec![([0.0_f64; N], 0_usize); means.len()];
        for pixel in run {
            let mut nearest = (f32::INFINITY, 0);
            for (i, mean) in means.iter().enumerate() {
                let far = distance(pixel, mean);
                if far < nearest.0 {
                    nearest = (far, i);
                }
            }
            let (sum, members) = &mut sums[nearest.1];
            sum.iter_mut().zip(pixel).for_each(|(sum, sample)| *sum += f64::from(*sample));
            *members += 1;
        }
        sums
    };
    // Runs are added up in their order, so that the result does not depend on who is ready first.
    let runs = parallel::map_runs(pixels.len(), RUN, |run| of_run(&pixels[run]));
    let mut sums = vec![([0.0_f64; N], 0_usize); means.len()];
    for run in runs {
        for (all, (sum, members)) in sums.iter_mut().zip(run) {
            all.0.iter_mut().zip(sum).for_each(|(all, sum)| *all += sum);
            all.1 += members;
        }
    }
    sums
}

#[inline(always)]
fn distance<const N: usize>(a: &Sample<N>, b: &Sample<N>) -> f32 {
    a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clusters_are_found() {
        let centers = [[0.1, 0.2, 0.3], [0.9, 0.1, 0.5], [0.4, 0.8, 0.9], [0.8, 0.9, 0.1]];
        let pixels: Vec<Sample<3>> = (0..4000)
            .map(|i| {
                let near = (i * 37 % 19) as f32 / 19.0 * 0.02 - 0.01;
                centers[i % 4].map(|sample| sample + near)
            })
            .collect();
        let found = palette(&pixels, 4);
        for center in centers {
            let nearest = found.iter().map(|mean| distance(mean, &center)).fold(f32::INFINITY, f32::min);
            assert!(nearest.sqrt() < 0.01, "{found:?}");
        }
        assert_eq!(found, palette(&pixels, 4));
    }

    #[test]
    fn there_may_be_fewer_colours_than_means() {
        assert_eq!(palette(&[[0.5], [0.25]], 4).len(), 4);
    }
}
