//! Dithering along a curve: T. Riemersma, *A Balanced Dithering Technique* (C/C++ Users Journal, December 1998).
//!
//! A pixel takes over what the last ones were off, the last wholly, those before less and less, by a constant factor, down to one
//! part in as many as are remembered.

use chainner_sdk::prelude::*;
use multiversion::multiversion;

use super::{
    LANES, Nearest, curve,
    lanes::{self, Step},
};

/// The longest history that is summed anew for every pixel.
const LONGEST: usize = 128;
/// Pixels of the curve that a lane works on before it is compared with the next.
const SEGMENT: usize = 1024;
/// How many times its history a lane walks before its own segment, so that its errors become those of the lane before.
const RUN_UP: usize = 8;
/// Steps that are gathered, worked on and scattered at once.
const STEPS: usize = 32;

/// Replaces every pixel by the colour nearest to it with the errors of the last `history` pixels, 2 or more.
///
/// # Panics
/// When the image does not have `N` channels.
pub fn dither<const N: usize>(image: ImageView<'_>, nearest: &impl Nearest<N>, history: usize) -> Image {
    if history > LONGEST {
        with_running_sum(image, nearest, history)
    } else {
        in_lanes(image, nearest, history, SEGMENT)
    }
}

/// Has `work` replace the pixels along the path, so many at a time, the last fewer.
fn along_path<const N: usize>(
    image: ImageView<'_>,
    at_once: usize,
    mut work: impl FnMut(&[[f32; N]], &mut [[f32; N]]),
) -> Image {
    assert_eq!(image.channels(), N, "the caller asks for the channels first");
    let (width, height) = (image.width(), image.height());
    let mut dithered = Image::new(width, height, N);
    let (to, from) = (dithered.samples_mut().as_chunks_mut().0, image.samples().as_chunks().0);
    let mut found = vec![[0.0; N]; at_once.min(from.len())];
    let gather = |places: &[usize]| places.iter().map(|&place| from[place]).collect::<Vec<_>>();
    curve::walk([width, height], at_once, gather, |places, pixels| {
        let found = &mut found[..places.len()];
        work(&pixels, found);
        places.iter().zip(found).for_each(|(&place, found)| to[place] = *found);
    });
    dithered
}

/// The last errors. Each is there twice, so that they always lie together.
#[derive(Clone)]
struct Window<T> {
    twice: Vec<T>,
    at: usize,
}

impl<T: Copy> Window<T> {
    fn new(history: usize, none: T) -> Self {
        Self { twice: vec![none; 2 * history], at: 0 }
    }

    /// The oldest first.
    #[inline(always)]
    fn errors(&self) -> &[T] {
        &self.twice[self.at..][..self.twice.len() / 2]
    }

    #[inline(always)]
    fn push(&mut self, error: T) {
        let history = self.twice.len() / 2;
        self.twice[self.at] = error;
        self.twice[self.at + history] = error;
        self.at = if self.at + 1 == history { 0 } else { self.at + 1 };
    }
}

impl<const N: usize> Window<[[f32; LANES]; N]> {
    fn lane(&self, lane: usize) -> Window<[f32; N]> {
        let twice = self.twice.iter().map(|errors| errors.map(|channel| channel[lane])).collect();
        Window { twice, at: self.at }
    }

    fn set_lane(&mut self, lane: usize, errors: &Window<[f32; N]>) {
        let (history, errors) = (self.twice.len() / 2, errors.errors());
        for i in 0..self.twice.len() {
            let age = (i + self.twice.len() - self.at) % history;
            (0..N).for_each(|c| self.twice[i][c][lane] = errors[age][c]);
        }
    }
}

/// How much the last errors count, the oldest first.
fn weights(history: usize) -> Vec<f32> {
    let least = 1.0 / history as f64;
    (0..history).rev().map(|age| least.powf(age as f64 / (history - 1) as f64) as f32).collect()
}

/// Segments of the path side by side.
///
/// A pixel depends on all before it, but no errors are remembered for longer than the history: if two walks come to the same colours for
/// so many pixels, they are the same from there on, and they do come to the same colours soon. So each segment begins some way before its
/// first pixel, as if there had been no errors. Where it is then not yet the same as the segment before, its first pixels are worked on
/// again, until it is.
fn in_lanes<const N: usize>(image: ImageView<'_>, nearest: &impl Nearest<N>, history: usize, segment: usize) -> Image {
    let history = history.max(2);
    let run_up = RUN_UP * history;
    let weights = weights(history);
    let mut last = Window::new(history, [0.0; N]);
    along_path(image, LANES * segment.max(4 * run_up), |from, to| {
        // What is left at the end may be few.
        let segment = from.len() / LANES;
        let beside = if segment < 2 * run_up { 0 } else { LANES * segment };
        if beside > 0 {
            side_by_side(&from[..beside], &mut to[..beside], run_up, nearest, &weights, &mut last);
        }
        one_by_one(&from[beside..], &mut to[beside..], nearest, &weights, &mut last, false);
    })
}

fn side_by_side<const N: usize>(
    from: &[[f32; N]],
    to: &mut [[f32; N]],
    run_up: usize,
    nearest: &impl Nearest<N>,
    weights: &[f32],
    last: &mut Window<[f32; N]>,
) {
    let segment = from.len() / LANES;
    let mut walks = Window::new(weights.len(), [[0.0; LANES]; N]);
    let mut block = [[[0.0; LANES]; N]; STEPS];
    for first in (0..run_up).step_by(STEPS) {
        let len = STEPS.min(run_up - first);
        let block = &mut block[..len];
        // The first segment has nothing before it.
        let parts = (0..LANES).map(|lane| {
            let from = &from[(lane * segment + first).saturating_sub(run_up)..][..len];
            (0..len, from.as_flattened())
        });
        lanes::gather(parts, block);
        run(block, nearest, weights, &mut walks);
    }
    let begun = walks.clone();
    walks.set_lane(0, last);
    for first in (0..segment).step_by(STEPS) {
        let block = &mut block[..STEPS.min(segment - first)];
        let steps = 0..block.len();
        let parts = from.chunks(segment).map(|from| (steps.clone(), from[first..][..steps.len()].as_flattened()));
        lanes::gather(parts, block);
        run(block, nearest, weights, &mut walks);
        let parts = to.chunks_mut(segment).map(|to| (steps.clone(), to[first..][..steps.len()].as_flattened_mut()));
        lanes::scatter(block, parts);
    }

    *last = walks.lane(0);
    for (lane, (from, to)) in from.chunks(segment).zip(to.chunks_mut(segment)).enumerate().skip(1) {
        let is_same = begun.lane(lane).errors() == last.errors();
        if is_same || one_by_one(from, to, nearest, weights, last, true) < segment {
            *last = walks.lane(lane);
        }
    }
}

/// Replaces pixels by what they become, and errors by the last ones.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn run<const N: usize, P: Nearest<N>>(
    pixels: &mut [Step<N>],
    nearest: &P,
    weights: &[f32],
    last: &mut Window<[[f32; LANES]; N]>,
) {
    for pixel in pixels {
        let mut sum = [[0.0; LANES]; N];
        for (error, weight) in last.errors().iter().zip(weights) {
            for lane in 0..LANES {
                for c in 0..N {
                    sum[c][lane] += error[c][lane] * weight;
                }
            }
        }
        for lane in 0..LANES {
            for c in 0..N {
                sum[c][lane] += pixel[c][lane];
            }
        }
        let found = nearest.nearest_lanes(&nearest.wanted_lanes(&sum));
        let mut error = [[0.0; LANES]; N];
        for lane in 0..LANES {
            for c in 0..N {
                error[c][lane] = pixel[c][lane] - found[c][lane];
            }
        }
        last.push(error);
        *pixel = found;
    }
}

/// Works on pixels one after the other, or only, if `until_same`, until as many as are remembered come out as they are already. Returns
/// how many it were.
#[multiversion(targets("x86_64+avx2", "x86_64+sse4.1"), dispatcher = "direct")]
fn one_by_one<const N: usize, P: Nearest<N>>(
    from: &[[f32; N]],
    to: &mut [[f32; N]],
    nearest: &P,
    weights: &[f32],
    last: &mut Window<[f32; N]>,
    until_same: bool,
) -> usize {
    let mut same = 0;
    for (done, (pixel, to)) in from.iter().zip(to).enumerate() {
        if until_same && same == weights.len() {
            return done;
        }
        let mut sum = [0.0; N];
        for (error, weight) in last.errors().iter().zip(weights) {
            (0..N).for_each(|c| sum[c] += error[c] * weight);
        }
        let found = nearest.nearest(nearest.wanted(std::array::from_fn(|c| pixel[c] + sum[c])));
        same = if found == *to { same + 1 } else { 0 };
        *to = found;
        last.push(std::array::from_fn(|c| pixel[c] - found[c]));
    }
    from.len()
}

/// One pixel after the other, for histories that are too long to be summed anew.
fn with_running_sum<const N: usize>(image: ImageView<'_>, nearest: &impl Nearest<N>, history: usize) -> Image {
    let mut errors = Sum::<N>::new(history);
    along_path(image, LANES * SEGMENT, |from, to| summing(from, to, nearest, &mut errors))
}

#[multiversion(targets("x86_64+avx2", "x86_64+sse4.1"), dispatcher = "direct")]
fn summing<const N: usize, P: Nearest<N>>(from: &[[f32; N]], to: &mut [[f32; N]], nearest: &P, errors: &mut Sum<N>) {
    for (pixel, to) in from.iter().zip(to) {
        let wanted: [f32; N] = nearest.wanted(std::array::from_fn(|c| pixel[c] + errors.sum[c] as f32));
        *to = nearest.nearest(wanted);
        errors.push(std::array::from_fn(|c| f64::from(pixel[c] - to[c])));
    }
}

/// The weighed sum of the last errors. Each step takes the same factor off all, so that the sum is kept up instead of made anew.
struct Sum<const N: usize> {
    sum: [f64; N],
    /// The last errors, in a ring.
    last: Vec<[f64; N]>,
    at: usize,
    factor: f64,
    /// How much the one that is forgotten counted.
    least: f64,
}

impl<const N: usize> Sum<N> {
    fn new(history: usize) -> Self {
        let history = history.max(2);
        let least = 1.0 / history as f64;
        let factor = least.powf(1.0 / (history - 1) as f64);
        Self { sum: [0.0; N], last: vec![[0.0; N]; history], at: 0, factor, least }
    }

    fn push(&mut self, error: [f64; N]) {
        let forgotten = std::mem::replace(&mut self.last[self.at], error);
        self.at = if self.at + 1 == self.last.len() { 0 } else { self.at + 1 };
        for c in 0..N {
            self.sum[c] = (self.sum[c] - forgotten[c] * self.least) * self.factor + error[c];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::{
        blur::separable::noise,
        dither::{Levels, palette::Palette},
    };

    #[test]
    fn the_running_sum_is_that_of_the_weighed_errors() {
        for history in [2, 5, 16, 300] {
            let mut errors = Sum::<1>::new(history);
            let mut window = Window::new(history, 0.0);
            for i in 0..2000 {
                let error = ((i * 7919) % 1000) as f32 / 1000.0 - 0.5;
                errors.push([error.into()]);
                window.push(error);
                let sum: f32 = window.errors().iter().zip(weights(history)).map(|(error, weight)| error * weight).sum();
                assert!((errors.sum[0] - f64::from(sum)).abs() < 1e-4);
            }
        }
    }

    /// One pixel after the other, each with the errors of those before.
    fn plain<const N: usize>(image: ImageView<'_>, nearest: &impl Nearest<N>, history: usize) -> Image {
        let weights = weights(history);
        let mut last = Window::new(history, [0.0; N]);
        along_path(image, 1000, |from, to| {
            one_by_one(from, to, nearest, &weights, &mut last, false);
        })
    }

    #[test]
    fn segments_side_by_side_are_one_after_another() {
        fn compare<const N: usize>(image: &Image, nearest: &impl Nearest<N>) {
            for history in [2, 5, 16, 40] {
                let fast = in_lanes(image.view(), nearest, history, 100);
                let same = fast.view().samples() == plain(image.view(), nearest, history).view().samples();
                assert!(same, "{history} {image}");
            }
        }
        for (width, height) in [(1, 1), (90, 33), (150, 151), (300, 211)] {
            // Of an even image, walks that began apart may never meet.
            let even = |value: f32| Image::from_rows(width, height, 3, |_, row| row.fill(value));
            for image in [noise(width, height, 3), even(0.3), even(0.0)] {
                compare::<3>(&image, &Levels::new(4));
                compare::<3>(&image, &Palette::<3>::from_row(noise(9, 1, 3).view().row(0)).expect("colours"));
            }
            compare::<1>(&noise(width, height, 1), &Levels::new(2));
            compare::<4>(&noise(width, height, 4), &Levels::new(9));
        }
    }
}
