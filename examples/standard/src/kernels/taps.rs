//! Weighted sums of slices: the inner loop of all linear filters.
//!
//! A block of sums stays in registers while all terms are added to it. No multiplication is contracted with an addition, so that
//! all instruction sets give the same bits.

use multiversion::multiversion;

/// Sums that are made at once.
const BLOCK: usize = 64;

/// A slice and its weight.
pub type Tap<'a> = (&'a [f32], f32);
/// Two slices of the same weight.
pub type Pair<'a> = (&'a [f32], &'a [f32], f32);

/// `to[i] = Σ taps[k].0[i] · taps[k].1`.
///
/// # Panics
/// When a slice is shorter than `to`.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
pub fn sum(taps: &[Tap<'_>], to: &mut [f32]) {
    let whole = to.len() / BLOCK * BLOCK;
    let (blocks, rest) = to.split_at_mut(whole);
    for (start, to) in blocks.as_chunks_mut::<BLOCK>().0.iter_mut().enumerate() {
        let mut sums = [0.0; BLOCK];
        for (from, weight) in taps {
            let from: &[f32; BLOCK] = from[start * BLOCK..][..BLOCK].first_chunk().expect("a block");
            for i in 0..BLOCK {
                sums[i] += from[i] * weight;
            }
        }
        *to = sums;
    }
    for (i, to) in rest.iter_mut().enumerate() {
        *to = taps.iter().fold(0.0, |sum, (from, weight)| sum + from[whole + i] * weight);
    }
}

/// `to[i] = middle.0[i] · middle.1 + Σ (pairs[k].0[i] + pairs[k].1[i]) · pairs[k].2`: a symmetric filter.
///
/// # Panics
/// When a slice is shorter than `to`.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
pub fn sum_pairs(middle: Tap<'_>, pairs: &[Pair<'_>], to: &mut [f32]) {
    let whole = to.len() / BLOCK * BLOCK;
    let (blocks, rest) = to.split_at_mut(whole);
    for (start, to) in blocks.as_chunks_mut::<BLOCK>().0.iter_mut().enumerate() {
        let block = |from: &[f32]| -> [f32; BLOCK] { *from[start * BLOCK..][..BLOCK].first_chunk().expect("a block") };
        let from = block(middle.0);
        let mut sums = [0.0; BLOCK];
        for i in 0..BLOCK {
            sums[i] = from[i] * middle.1;
        }
        for (one, other, weight) in pairs {
            let one: &[f32; BLOCK] = one[start * BLOCK..][..BLOCK].first_chunk().expect("a block");
            let other: &[f32; BLOCK] = other[start * BLOCK..][..BLOCK].first_chunk().expect("a block");
            for i in 0..BLOCK {
                sums[i] += (one[i] + other[i]) * weight;
            }
        }
        *to = sums;
    }
    for (i, to) in rest.iter_mut().enumerate() {
        let i = whole + i;
        let first = middle.0[i] * middle.1;
        *to = pairs.iter().fold(first, |sum, (one, other, weight)| sum + (one[i] + other[i]) * weight);
    }
}

/// `to[i] = Σ (pairs[k].0[i] − pairs[k].1[i]) · pairs[k].2`: an antisymmetric filter.
///
/// # Panics
/// When a slice is shorter than `to`.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
pub fn sum_opposed(pairs: &[Pair<'_>], to: &mut [f32]) {
    let whole = to.len() / BLOCK * BLOCK;
    let (blocks, rest) = to.split_at_mut(whole);
    for (start, to) in blocks.as_chunks_mut::<BLOCK>().0.iter_mut().enumerate() {
        let mut sums = [0.0; BLOCK];
        for (one, other, weight) in pairs {
            let one: &[f32; BLOCK] = one[start * BLOCK..][..BLOCK].first_chunk().expect("a block");
            let other: &[f32; BLOCK] = other[start * BLOCK..][..BLOCK].first_chunk().expect("a block");
            for i in 0..BLOCK {
                sums[i] += (one[i] - other[i]) * weight;
            }
        }
        *to = sums;
    }
    for (i, to) in rest.iter_mut().enumerate() {
        let i = whole + i;
        *to = pairs.iter().fold(0.0, |sum, (one, other, weight)| sum + (one[i] - other[i]) * weight);
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
