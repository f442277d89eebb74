//! How steep a height map is, to the right and down, by filters of several sizes.
//!
//! I. Sobel's, J. Prewitt's and H. Scharr's operators are in R. C. Gonzalez, R. E. Woods, *Digital Image Processing* and H. Scharr,
//! *Optimal Operators in Digital Image Processing* (2000). The larger ones extend Sobel's; the many-scaled one adds up slopes of heights
//! blurred by bells of ¼ to 32 pixels (J. J. Koenderink, *The Structure of Images*, 1984). Their weights were measured from the app's
//! answers to single bright pixels.
//!
//! All are sums of few filters that are a row filter after a column filter.

use std::f64::consts::PI;

use chainner_sdk::prelude::*;

use super::{
    border::{Border, pad_in_place},
    taps::{self, Pair},
};

/// Which pixels count, and how much.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Filter {
    /// The two neighbours.
    Neighbors,
    /// 3×3 pixels, smoothed 1 : 1 : 1.
    Prewitt,
    /// 3×3 pixels, smoothed 1 : 2 : 1.
    Sobel,
    /// 3×3 pixels, smoothed 3 : 10 : 3.
    Scharr,
    /// 5×5 pixels, by the inverse square of how far they are.
    Sobel5,
    /// 7×7 pixels, less the farther they are.
    Sobel7,
    /// 9×9 pixels, less the farther they are.
    Sobel9,
    /// Bells with standard deviations of ¼, ½, 1 … 32 pixels, each with its share.
    Bells([f32; 8]),
}

/// A column filter and a row filter.
#[derive(Debug, Clone, PartialEq)]
struct Term {
    /// Weights across the slope, from the middle to one side; the other side is the same.
    across: Vec<f32>,
    /// Weights along the slope, from the first neighbour on; the other side is the negative.
    along: Vec<f32>,
}

impl Filter {
    /// How far away pixels count, in pixels.
    pub fn reach(self) -> usize {
        match self {
            Self::Neighbors | Self::Prewitt | Self::Sobel | Self::Scharr => 1,
            Self::Sobel5 => 2,
            Self::Sobel7 => 3,
            Self::Sobel9 => 4,
            // All bells are cut off where the widest one is.
            Self::Bells(shares) => (0..shares.len()).filter(|&i| shares[i] > 0.0).map(bell_reach).max().unwrap_or(0),
        }
    }

    fn terms(self) -> Vec<Term> {
        match self {
            Self::Neighbors => vec![Term::new(&[1.0], &[1.0], 0.5)],
            Self::Prewitt => vec![Term::new(&[1.0, 1.0], &[1.0], 1.0 / 6.0)],
            Self::Sobel => vec![Term::new(&[2.0, 1.0], &[1.0], 1.0 / 8.0)],
            Self::Scharr => vec![Term::new(&[10.0, 3.0], &[1.0], 1.0 / 32.0)],
            Self::Sobel5 => columns(2, |along, across| match (along, across) {
                // Not 2: so it is in the app.
                (1, 1) => 1.0 / 1.4,
                _ => 1.0 / (along * along + across * across) as f64,
            }),
            Self::Sobel7 => columns(3, |along, across| (3 - across + 4 - along) as f64),
            Self::Sobel9 => columns(4, |along, across| (4 - across + 5 - along) as f64),
            Self::Bells(shares) => {
                let used = (0..shares.len()).filter(|&i| shares[i] > 0.0);
                used.map(|i| bell(bell_sigma(i), self.reach(), f64::from(shares[i]))).collect()
            }
        }
    }
}

impl Term {
    fn new(across: &[f64], along: &[f64], scale: f64) -> Self {
        let weights = |weights: &[f64], scale: f64| weights.iter().map(|weight| (weight * scale) as f32).collect();
        Self { across: weights(across, scale), along: weights(along, 1.0) }
    }
}

/// A filter of so many pixels to each side, with a weight for each distance along and across, one term for each column.
fn columns(half: usize, weight: impl Fn(usize, usize) -> f64) -> Vec<Term> {
    let column = |along: usize| (0..=half).map(|across| weight(along, across)).collect::<Vec<f64>>();
    let sum = |column: &[f64]| 2.0 * (column[0] + 2.0 * column[1..].iter().sum::<f64>());
    let total: f64 = (1..=half).map(|along| sum(&column(along))).sum();
    let unit = |along: usize| (1..=along).map(|i| if i == along { 1.0 } else { 0.0 }).collect::<Vec<f64>>();
    (1..=half).map(|along| Term::new(&column(along), &unit(along), 1.0 / total)).collect()
}

/// The standard deviation of a bell.
fn bell_sigma(i: usize) -> f64 {
    f64::from(1 << i) / 4.0
}

fn bell_reach(i: usize) -> usize {
    (2.0 * bell_sigma(i)).ceil() as usize + 1
}

/// Across a bell, along four bells that lie by quarters of a pixel nearer.
fn bell(sigma: f64, reach: usize, share: f64) -> Term {
    let at = |x: f64| (-0.5 * (x / sigma).powi(2)).exp();
    let across: Vec<f64> = (0..=reach).map(|i| at(i as f64)).collect();
    let along = (1..=reach).map(|i| (1..=4).map(|quarter| at(i as f64 - f64::from(quarter) / 4.0)).sum::<f64>() / 4.0);
    // What is too little to matter.
    let cut = |weights: &[f64]| weights.iter().take_while(|weight| **weight > 1e-9).count().max(1);
    let along: Vec<f64> = along.collect();
    Term::new(&across[..cut(&across)], &along[..cut(&along)], share / (4.0 * PI * sigma * sigma))
}

/// Memory for the rows of a filter.
#[derive(Default)]
struct Rows {
    padded: Vec<f32>,
    part: Vec<f32>,
}

/// Calls `finish(y, [right, down], row)` for each row of an image of `channels` channels, with the falls of the heights to the right and
/// down, in heights a pixel. The image is less large than the heights by `margin` pixels on each side.
///
/// # Panics
/// When the heights are not of one channel, or are smaller than the margins.
pub fn falls(
    heights: ImageView<'_>,
    margin: usize,
    filter: Filter,
    border: Border,
    channels: usize,
    finish: impl Fn(usize, [&[f32]; 2], &mut [f32]) + Sync,
) -> Image {
    assert_eq!(heights.channels(), 1, "heights are one channel");
    let terms = filter.terms();
    let (width, height) = (heights.width() - 2 * margin, heights.height() - 2 * margin);
    let begin = |_| (Rows::default(), [(); 2].map(|()| vec![0.0; heights.width()]));
    Image::from_runs(width, height, channels, 1, begin, |(rows, falls), y, to| {
        falls.iter_mut().for_each(|fall| fall.fill(0.0));
        for term in &terms {
            rows.add_right(heights, term, border, y + margin, &mut falls[0]);
            rows.add_down(heights, term, border, y + margin, &mut falls[1]);
        }
        finish(y, falls.each_ref().map(|fall| &fall[margin..margin + width]), to);
    })
}

impl Rows {
    /// Makes room for a row with pixels on both sides; returns where it begins.
    fn reserve(&mut self, width: usize, reach: usize) {
        self.padded.resize(width + 2 * reach, 0.0);
        self.part.resize(width, 0.0);
    }

    fn add_right(&mut self, heights: ImageView<'_>, term: &Term, border: Border, y: usize, to: &mut [f32]) {
        let (width, reach) = (to.len(), term.along.len());
        self.reserve(width, reach);
        let row = |k: isize| heights.row(border.index(y as isize + k, heights.height()));
        symmetric(&term.across, row, &mut self.padded[reach..reach + width]);
        pad_in_place(&mut self.padded, 1, reach, border);
        let padded = &self.padded;
        antisymmetric(&term.along, |k| &padded[(reach as isize + k) as usize..], &mut self.part);
        add(&self.part, to);
    }

    fn add_down(&mut self, heights: ImageView<'_>, term: &Term, border: Border, y: usize, to: &mut [f32]) {
        let (width, reach) = (to.len(), term.across.len() - 1);
        self.reserve(width, reach);
        let row = |k: isize| heights.row(border.index(y as isize + k, heights.height()));
        antisymmetric(&term.along, row, &mut self.padded[reach..reach + width]);
        pad_in_place(&mut self.padded, 1, reach, border);
        let padded = &self.padded;
        symmetric(&term.across, |k| &padded[(reach as isize + k) as usize..], &mut self.part);
        add(&self.part, to);
    }
}

fn symmetric<'a>(weights: &[f32], pick: impl Fn(isize) -> &'a [f32], to: &mut [f32]) {
    let pair = |(k, weight): (usize, &f32)| (pick(-(k as isize)), pick(k as isize), *weight);
    let pairs: Vec<Pair<'a>> = weights.iter().enumerate().skip(1).map(pair).collect();
    taps::sum_pairs((pick(0), weights[0]), &pairs, to);
}

/// What comes before counts, what comes after is taken away.
fn antisymmetric<'a>(weights: &[f32], pick: impl Fn(isize) -> &'a [f32], to: &mut [f32]) {
    let pair = |(k, weight): (usize, &f32)| (pick(-(k as isize) - 1), pick(k as isize + 1), *weight);
    let used = weights.iter().enumerate().filter(|(_, weight)| **weight != 0.0);
    let pairs: Vec<Pair<'a>> = used.map(pair).collect();
    taps::sum_opposed(&pairs, to);
}

fn add(from: &[f32], to: &mut [f32]) {
    to.iter_mut().zip(from).for_each(|(to, from)| *to += from);
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Filter; 8] = [
        Filter::Neighbors,
        Filter::Prewitt,
        Filter::Sobel,
        Filter::Scharr,
        Filter::Sobel5,
        Filter::Sobel7,
        Filter::Sobel9,
        Filter::Bells([0.25, 0.5, 0.0, 0.4, 0.0, 0.3, 0.0, 0.0]),
    ];

    fn hills(width: usize, height: usize) -> Image {
        Image::from_rows(width, height, 1, |y, row| {
            for (x, to) in row.iter_mut().enumerate() {
                *to = ((x * 7 + y * 13 + x * y * 3) % 101) as f32 / 100.0;
            }
        })
    }

    /// The slopes of a row, each pixel summed up by itself.
    fn plain(heights: ImageView<'_>, filter: Filter, border: Border, x: usize, y: usize) -> [f64; 2] {
        let at = |dx: isize, dy: isize| {
            let x = border.index(x as isize + dx, heights.width());
            f64::from(heights.pixel(x, border.index(y as isize + dy, heights.height()))[0])
        };
        let mut falls = [0.0; 2];
        for term in filter.terms() {
            for (along, by_along) in (1..).zip(&term.along) {
                let reach = term.across.len() as isize - 1;
                for across in -reach..=reach {
                    let weight = f64::from(*by_along) * f64::from(term.across[across.unsigned_abs()]);
                    falls[0] += weight * (at(-along, across) - at(along, across));
                    falls[1] += weight * (at(across, -along) - at(across, along));
                }
            }
        }
        falls
    }

    #[test]
    fn rows_and_columns_make_up_the_whole_filter() {
        for (width, height) in [(90, 20), (5, 7), (1, 4)] {
            let heights = hills(width, height);
            for (filter, border) in
                ALL.into_iter().flat_map(|filter| [Border::Mirror, Border::Wrap].map(|border| (filter, border)))
            {
                falls(heights.view(), 0, filter, border, 1, |y, found, _| {
                    for (x, found) in found[0].iter().zip(found[1]).enumerate() {
                        let expected = plain(heights.view(), filter, border, x, y);
                        let apart =
                            [found.0, found.1].into_iter().zip(expected).map(|(a, b)| (f64::from(*a) - b).abs());
                        assert!(apart.fold(0.0, f64::max) < 1e-5, "{filter:?} {x} {y}: {found:?} {expected:?}");
                    }
                });
            }
        }
    }

    #[test]
    fn weights_of_fixed_filters_add_up_to_one() {
        for filter in &ALL[..7] {
            let sum = |term: &Term| {
                let across = term.across[0] + 2.0 * term.across[1..].iter().sum::<f32>();
                2.0 * across * term.along.iter().sum::<f32>()
            };
            let total: f32 = filter.terms().iter().map(sum).sum();
            assert!((total - 1.0).abs() < 1e-6, "{filter:?}: {total}");
        }
    }

    #[test]
    fn bells_answer_a_single_pixel_as_measured() {
        let dot = Image::from_rows(31, 31, 1, |y, row| row[15] = f32::from(u8::from(y == 15)));
        let mut shares = [0.0; 8];
        shares[2] = 1.0;
        falls(dot.view(), 0, Filter::Bells(shares), Border::Mirror, 1, |y, [right, _], _| {
            if y == 15 {
                for (x, expected) in
                    [(15, 0.0), (16, 0.071_750), (17, 0.031_936), (18, 0.005_603), (19, 0.0), (14, -0.071_750)]
                {
                    assert!((right[x] - expected).abs() < 1e-6, "{x}: {} {expected}", right[x]);
                }
            }
        });
    }
}
