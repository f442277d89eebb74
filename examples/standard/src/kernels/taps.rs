//! Weighted sums of slices: the inner loop of all linear filters.
//!
//! A block of sums stays in registers while all terms are added to it; the last block reaches back over the one before it, so that
//! none is left to be summed one by one. No multiplication is contracted with an addition, so that all instruction sets give the
//! same bits. Where slices do not start at the bounds of vectors, as along rows, it is loads that take the time.

use multiversion::{multiversion, target::match_target};

/// Sums that are made at once where vectors are of 16 samples, of 8, and of fewer: as many as registers hold.
const WIDE: usize = 128;
const MEDIUM: usize = 64;
const NARROW: usize = 32;
/// Sums that are made at once where there are not more.
const FEW: usize = 8;

/// A slice and its weight.
pub type Tap<'a> = (&'a [f32], f32);
/// Two slices of the same weight.
pub type Pair<'a> = (&'a [f32], &'a [f32], f32);

/// What is summed.
trait Terms {
    /// `N` sums from `at` on.
    fn sums<const N: usize>(&self, at: usize) -> [f32; N];
}

struct Plain<'a>(&'a [Tap<'a>]);
struct Symmetric<'a>(Tap<'a>, &'a [Pair<'a>]);
struct Antisymmetric<'a>(&'a [Pair<'a>]);

#[inline(always)]
fn block<const N: usize>(from: &[f32], at: usize) -> &[f32; N] {
    from[at..].first_chunk().expect("slices are as long as the sums")
}

impl Terms for Plain<'_> {
    #[inline(always)]
    fn sums<const N: usize>(&self, at: usize) -> [f32; N] {
        let mut sums = [0.0; N];
        for (from, weight) in self.0 {
            let from = block::<N>(from, at);
            for i in 0..N {
                sums[i] += from[i] * weight;
            }
        }
        sums
    }
}

impl Terms for Symmetric<'_> {
    #[inline(always)]
    fn sums<const N: usize>(&self, at: usize) -> [f32; N] {
        let from = block::<N>(self.0.0, at);
        let mut sums = [0.0; N];
        for i in 0..N {
            sums[i] = from[i] * self.0.1;
        }
        for (one, other, weight) in self.1 {
            let (one, other) = (block::<N>(one, at), block::<N>(other, at));
            for i in 0..N {
                sums[i] += (one[i] + other[i]) * weight;
            }
        }
        sums
    }
}

impl Terms for Antisymmetric<'_> {
    #[inline(always)]
    fn sums<const N: usize>(&self, at: usize) -> [f32; N] {
        let mut sums = [0.0; N];
        for (one, other, weight) in self.0 {
            let (one, other) = (block::<N>(one, at), block::<N>(other, at));
            for i in 0..N {
                sums[i] += (one[i] - other[i]) * weight;
            }
        }
        sums
    }
}

/// `to[i] = Σ taps[k].0[i] · taps[k].1`.
///
/// # Panics
/// When a slice is shorter than `to`.
pub fn sum(taps: &[Tap<'_>], to: &mut [f32]) {
    fill(&Plain(taps), to);
}

/// `to[i] = middle.0[i] · middle.1 + Σ (pairs[k].0[i] + pairs[k].1[i]) · pairs[k].2`: a symmetric filter.
///
/// # Panics
/// When a slice is shorter than `to`.
pub fn sum_pairs(middle: Tap<'_>, pairs: &[Pair<'_>], to: &mut [f32]) {
    fill(&Symmetric(middle, pairs), to);
}

/// `to[i] = Σ (pairs[k].0[i] − pairs[k].1[i]) · pairs[k].2`: an antisymmetric filter.
///
/// # Panics
/// When a slice is shorter than `to`.
pub fn sum_opposed(pairs: &[Pair<'_>], to: &mut [f32]) {
    fill(&Antisymmetric(pairs), to);
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn fill<T: Terms>(terms: &T, to: &mut [f32]) {
    match_target! {
        "x86_64+avx512f+avx512bw+avx512dq+avx512vl" => fill_by::<WIDE, T>(terms, to),
        "x86_64+avx2" => fill_by::<MEDIUM, T>(terms, to),
        _ => fill_by::<NARROW, T>(terms, to),
    }
}

#[inline(always)]
fn fill_by<const N: usize, T: Terms>(terms: &T, to: &mut [f32]) {
    if to.len() >= N {
        blocks::<N, T>(terms, to);
    } else if to.len() >= FEW {
        blocks::<FEW, T>(terms, to);
    } else {
        blocks::<1, T>(terms, to);
    }
}

#[inline(always)]
fn blocks<const N: usize, T: Terms>(terms: &T, to: &mut [f32]) {
    let last = to.len().saturating_sub(N);
    for at in (0..to.len()).step_by(N) {
        let at = at.min(last);
        *to[at..].first_chunk_mut::<N>().expect("a block fits") = terms.sums::<N>(at);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn blocks_and_single_sums_give_the_same_bits(
            samples in prop::collection::vec(-1.0_f32..1.0, 400..500),
            weights in prop::collection::vec(-1.0_f32..1.0, 1..9),
            len in 0_usize..380,
        ) {
            let taps: Vec<Tap<'_>> = weights.iter().enumerate().map(|(k, &weight)| (&samples[k..], weight)).collect();
            let mut sums = vec![0.0; len];
            sum(&taps, &mut sums);
            for (i, sum) in sums.iter().enumerate() {
                prop_assert_eq!(*sum, weights.iter().enumerate().fold(0.0, |sum, (k, weight)| sum + samples[i + k] * weight));
            }
            let pairs: Vec<Pair<'_>> =
                weights.iter().enumerate().map(|(k, &weight)| (&samples[8 - k..], &samples[8 + k..], weight)).collect();
            sum_pairs((&samples[3..], 0.7), &pairs, &mut sums);
            for (i, sum) in sums.iter().enumerate() {
                let first = samples[3 + i] * 0.7;
                let plain = weights
                    .iter()
                    .enumerate()
                    .fold(first, |sum, (k, weight)| sum + (samples[i + 8 - k] + samples[i + 8 + k]) * weight);
                prop_assert_eq!(*sum, plain);
            }
            sum_opposed(&pairs, &mut sums);
            for (i, sum) in sums.iter().enumerate() {
                let terms = weights.iter().enumerate().map(|(k, weight)| (samples[i + 8 - k] - samples[i + 8 + k]) * weight);
                prop_assert_eq!(*sum, terms.fold(0.0, |sum, term| sum + term));
            }
        }
    }
}
