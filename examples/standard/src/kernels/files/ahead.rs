//! Items made several at a time, in their order.

use std::collections::VecDeque;

use chainner_sdk::parallel;

/// Bytes that items made ahead may take, unless a single one takes more.
const BUDGET: usize = 512 << 20;

/// An iterator over `make(index)` for `0..count`, which makes a few at a time, one for each thread, as far as memory is meant for
/// them: what the largest item so far took, `size` says.
pub fn ahead<T: Send>(
    count: usize,
    make: impl Fn(usize) -> T + Sync,
    size: impl Fn(&T) -> usize,
) -> impl Iterator<Item = T> {
    let (mut next, mut largest, mut made) = (0, BUDGET / 2, VecDeque::new());
    std::iter::from_fn(move || {
        if made.is_empty() && next < count {
            let fitting = (BUDGET / largest.max(1)).clamp(1, rayon::current_num_threads());
            let end = count.min(next + fitting);
            made = parallel::map(end - next, |i| make(next + i)).into();
            next = end;
            // The first guess is for the first items only.
            let most = made.iter().map(&size).max().unwrap_or(0);
            largest = if end == fitting { most } else { largest.max(most) };
        }
        made.pop_front()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_come_in_order_and_once() {
        for count in [0, 1, 2, 7, 50] {
            let items: Vec<usize> = ahead(count, |index| index, |_| 1 << 20).collect();
            assert_eq!(items, (0..count).collect::<Vec<_>>());
        }
    }
}
