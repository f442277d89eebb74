//! The middle one of a few numbers.
//!
//! A list is sorted by comparing and swapping pairs that do not depend on the data (K. E. Batcher, *Sorting Networks and Their
//! Applications*, 1968: odd-even merging), so that many lists are sorted side by side.

use multiversion::multiversion;

/// Lists longer than this are not sorted.
pub const MAX: usize = 16;

/// The pairs that sort `count` numbers, at most [`MAX`], when compared and swapped one after another.
pub fn network(count: usize) -> Vec<(usize, usize)> {
    assert!(count <= MAX);
    let mut pairs = Vec::new();
    let size = count.next_power_of_two();
    let mut sorted = 1;
    while sorted < size {
        let mut distance = sorted;
        while distance > 0 {
            for low in (distance % sorted..size.saturating_sub(distance)).step_by(2 * distance) {
                for first in low..(low + distance).min(size - distance) {
                    let second = first + distance;
                    // Pairs of the same list of twice the length; those beyond the end hold what is larger than all.
                    if first / (2 * sorted) == second / (2 * sorted) && second < count {
                        pairs.push((first, second));
                    }
                }
            }
            distance /= 2;
        }
        sorted *= 2;
    }
    pairs
}

/// Numbers worked on at a time.
const BLOCK: usize = 64;

/// Writes, for each place, the median of the numbers that the rows have there; of an even count, the mean of the middle two.
pub fn medians(rows: &[&[f32]], to: &mut [f32]) {
    medians_by(&network(rows.len()), rows, to);
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn medians_by(network: &[(usize, usize)], rows: &[&[f32]], to: &mut [f32]) {
    let count = rows.len();
    let mut lists = [[0.0_f32; BLOCK]; MAX];
    for (block, to) in to.chunks_mut(BLOCK).enumerate() {
        let from = block * BLOCK;
        for (list, row) in lists.iter_mut().zip(rows) {
            list[..to.len()].copy_from_slice(&row[from..from + to.len()]);
        }
        for &(first, second) in network {
            let (low, high) = lists.split_at_mut(second);
            let (first, second) = (&mut low[first], &mut high[0]);
            for (a, b) in first.iter_mut().zip(second) {
                (*a, *b) = (a.min(*b), a.max(*b));
            }
        }
        let (low, high) = (&lists[(count - 1) / 2], &lists[count / 2]);
        for ((to, low), high) in to.iter_mut().zip(low).zip(high) {
            *to = (low + high) * 0.5;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn networks_sort_whatever_is_0_and_1() {
        // The zero-one principle: what sorts all lists of zeros and ones sorts all lists.
        for count in 1..=MAX {
            let network = network(count);
            for bits in 0..1_u32 << count {
                let mut list: Vec<u32> = (0..count).map(|i| bits >> i & 1).collect();
                for &(first, second) in &network {
                    assert!(first < second && second < count);
                    if list[first] > list[second] {
                        list.swap(first, second);
                    }
                }
                assert!(list.is_sorted(), "{count} {bits:b}");
            }
        }
    }

    proptest! {
        #[test]
        fn medians_are_those_of_sorted_lists(count in 1..=MAX, len in 1..150_usize, seed in any::<u32>()) {
            let number = |i: usize, x: usize| ((seed as usize).wrapping_add(i * 7919 + x * 104_729) % 1009) as f32;
            let rows: Vec<Vec<f32>> = (0..count).map(|i| (0..len).map(|x| number(i, x)).collect()).collect();
            let rows: Vec<&[f32]> = rows.iter().map(Vec::as_slice).collect();
            let mut to = vec![-1.0; len];
            medians(&rows, &mut to);
            for (x, to) in to.into_iter().enumerate() {
                let mut list: Vec<f32> = rows.iter().map(|row| row[x]).collect();
                list.sort_by(f32::total_cmp);
                prop_assert_eq!(to, (list[(count - 1) / 2] + list[count / 2]) * 0.5);
            }
        }
    }
}
