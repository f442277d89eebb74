//! A path through all pixels of an image, from neighbour to neighbour, that stays near where it is for long: J. Zhang, S. Kamata,
//! Y. Ueshige, *A Pseudo-Hilbert Scan for Arbitrarily-Sized Arrays* (IEICE Transactions on Fundamentals E90-A, 2007).

use std::{sync::mpsc, thread};

use zhang_hilbert::ArbHilbertScan32;

/// How many parts of the path may wait to be visited.
const AHEAD: usize = 4;

/// Calls `visit` with the places of all pixels, counted row by row, in the order of the path, `at_once` of them at a time (the last are
/// fewer), and with what `gather` makes of them. Another thread walks and gathers ahead, where there is one to be had and the path is
/// long.
pub fn walk<T: Send>(
    [width, height]: [usize; 2],
    at_once: usize,
    gather: impl Fn(&[usize]) -> T + Send + Sync,
    mut visit: impl FnMut(&[usize], T),
) {
    let parts = || {
        Parts { path: ArbHilbertScan32::new([width as u32, height as u32]), width, at_once }.map(|places| {
            let gathered = gather(&places);
            (places, gathered)
        })
    };
    thread::scope(|scope| {
        let (sender, receiver) = mpsc::sync_channel(AHEAD);
        let mut ahead = parts();
        let walk_ahead = move || while ahead.next().is_some_and(|part| sender.send(part).is_ok()) {};
        let is_long = width * height > at_once;
        if is_long && thread::Builder::new().spawn_scoped(scope, walk_ahead).is_ok() {
            receiver.into_iter().for_each(|(places, gathered)| visit(&places, gathered));
        } else {
            parts().for_each(|(places, gathered)| visit(&places, gathered));
        }
    });
}

/// The path in parts.
struct Parts {
    path: ArbHilbertScan32,
    width: usize,
    at_once: usize,
}

impl Iterator for Parts {
    type Item = Vec<usize>;

    fn next(&mut self) -> Option<Vec<usize>> {
        let mut part = Vec::with_capacity(self.at_once);
        part.extend(self.path.by_ref().take(self.at_once).map(|[x, y]| y as usize * self.width + x as usize));
        (!part.is_empty()).then_some(part)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pixel_is_visited_once_from_neighbour_to_neighbour() {
        let sizes = (0..20).flat_map(|width| (0..20).map(move |height| (width, height)));
        for (width, height) in sizes.chain([(33, 17), (4, 31), (96, 128), (150, 66), (1080, 20), (1, 900), (777, 1)]) {
            let mut path = Vec::new();
            walk([width, height], 128, <[usize]>::len, |places, len| {
                assert_eq!(places.len(), len);
                path.extend_from_slice(places);
            });
            let far = path.windows(2).filter(|pair| {
                let [[x, y], [next_x, next_y]] = [pair[0], pair[1]].map(|place| [place % width, place / width]);
                x.abs_diff(next_x) + y.abs_diff(next_y) > 1
            });
            assert_eq!(far.count(), 0, "{width}x{height}");
            path.sort_unstable();
            assert!(path.into_iter().eq(0..width * height), "{width}x{height}");
        }
    }

    /// As the app's dithering was found to go.
    #[test]
    fn it_is_the_path_of_the_app() {
        let order = |width: usize, height: usize| {
            let (mut order, mut next) = (vec![0; width * height], 0..);
            walk(
                [width, height],
                10,
                |_| (),
                |places, ()| {
                    places.iter().zip(&mut next).for_each(|(place, i)| order[*place] = i);
                },
            );
            order
        };
        assert_eq!(order(6, 4), [0, 1, 14, 15, 16, 23, 3, 2, 13, 12, 17, 22, 4, 7, 8, 11, 18, 21, 5, 6, 9, 10, 19, 20]);
        assert_eq!(order(4, 6), [0, 3, 4, 5, 1, 2, 7, 6, 14, 13, 8, 9, 15, 12, 11, 10, 16, 17, 18, 19, 23, 22, 21, 20]);
        let first_rows = order(10, 10)[..20].to_vec();
        assert_eq!(first_rows, [0, 3, 4, 5, 6, 7, 94, 95, 96, 99, 1, 2, 11, 10, 9, 8, 93, 92, 97, 98]);
    }
}
