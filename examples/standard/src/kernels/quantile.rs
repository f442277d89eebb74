//! Percentiles without sorting: the samples are counted by their upper bits, then those of the bin that matters by their lower bits.
//!
//! Selection by radix: D. E. Knuth, *The Art of Computer Programming*, vol. 3 (1998), 5.2.5 and 5.3.3.

use rayon::prelude::*;

/// Samples counted at a time by one thread.
const BLOCK: usize = 1 << 16;
const BINS: usize = 1 << 16;

/// The sample that has `rank` smaller ones or equal ones before it, when sorted; samples are not negative and not NaN.
pub fn nth(samples: &[f32], rank: usize) -> f32 {
    let (upper, before) = bin(&histogram(samples, |bits| Some(bits >> 16)), rank);
    let (lower, _) = bin(&histogram(samples, |bits| (bits >> 16 == upper as u32).then_some(bits & 0xffff)), rank - before);
    f32::from_bits((upper << 16 | lower) as u32)
}

/// The value that a share of the samples, 0..=1, lies below, between two samples in proportion.
///
/// # Panics
/// When there are no samples.
pub fn quantile(samples: &[f32], share: f64) -> f64 {
    let place = share.clamp(0.0, 1.0) * (samples.len() - 1) as f64;
    let low = f64::from(nth(samples, place.floor() as usize));
    if place.fract() == 0.0 {
        return low;
    }
    let high = f64::from(nth(samples, place.ceil() as usize));
    low + (high - low) * place.fract()
}

/// How many samples are in each bin that `of` names for their bits.
fn histogram(samples: &[f32], of: impl Fn(u32) -> Option<u32> + Sync) -> Vec<u32> {
    let count = |mut bins: Vec<u32>, samples: &[f32]| {
        for sample in samples {
            if let Some(bin) = of((sample + 0.0).to_bits()) {
                bins[bin as usize] += 1;
            }
        }
        bins
    };
    let add = |mut a: Vec<u32>, b: Vec<u32>| {
        a.iter_mut().zip(b).for_each(|(a, b)| *a += b);
        a
    };
    let len = BLOCK.max(samples.len().div_ceil(rayon::current_num_threads()));
    samples.par_chunks(len).map(|samples| count(vec![0; BINS], samples)).reduce(|| vec![0; BINS], add)
}

/// The bin that holds a rank, and how many are in the bins before it.
fn bin(bins: &[u32], rank: usize) -> (usize, usize) {
    let mut before = 0;
    for (bin, &count) in bins.iter().enumerate() {
        if before + count as usize > rank {
            return (bin, before);
        }
        before += count as usize;
    }
    (bins.len() - 1, before)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn ranks_are_those_of_the_sorted_list(mut samples in prop::collection::vec(0.0..=1.0_f32, 1..300), share in 0.0..=1.0_f64) {
            samples.push(samples[0]);
            let mut sorted = samples.clone();
            sorted.sort_by(f32::total_cmp);
            for (rank, sample) in sorted.iter().enumerate() {
                prop_assert_eq!(nth(&samples, rank), *sample);
            }
            let place = share * (sorted.len() - 1) as f64;
            let [low, high] = [place.floor(), place.ceil()].map(|rank| f64::from(sorted[rank as usize]));
            prop_assert!((quantile(&samples, share) - (low + (high - low) * place.fract())).abs() < 1e-12);
        }
    }

    #[test]
    fn both_zeros_are_one() {
        assert_eq!(nth(&[-0.0, 0.0, 0.5], 1), 0.0);
        assert_eq!(nth(&[-0.0, 0.0, 0.5], 2), 0.5);
    }
}
