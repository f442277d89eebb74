//! Eagle: a corner takes the colour of the three pixels around it, if they are the same.
//!
//! After D. Stevens' filter of emulators (1997), as described in Wikipedia's "Pixel-art scaling algorithms".

use chainner_sdk::prelude::*;

use super::{
    blocks::{Window, enlarge},
    pixel::{Pixel, pixel, same},
};

/// Two times as large, of `N` channels.
pub fn double<const N: usize>(image: ImageView<'_>) -> Image {
    enlarge(image, pixel::<N>, |window| {
        let (ring, cut) = around(window);
        let [a, b, c, d] = corners(window.at(0, 0), ring, cut);
        [[a, b], [d, c]]
    })
}

/// Three times as large, of `N` channels. The middle of a side takes part where the three pixels on that side are the same, and one of
/// its corners does.
pub fn triple<const N: usize>(image: ImageView<'_>) -> Image {
    enlarge(image, pixel::<N>, |window| {
        let middle = window.at(0, 0);
        let (ring, cut) = around(window);
        let [a, b, c, d] = corners(middle, ring, cut);
        let [n, e, s, w] = std::array::from_fn(|i| {
            let [from, side, to] = [ring[2 * i], ring[2 * i + 1], ring[(2 * i + 2) % 8]];
            if (cut[i] | cut[(i + 1) % 4]) && same(from, side) && same(side, to) { side } else { middle }
        });
        [[a, n, b], [w, middle, e], [d, s, c]]
    })
}

/// The pixels around one, from the top left on, and which corners they cut off.
fn around(window: &Window<'_, Pixel>) -> ([Pixel; 8], [bool; 4]) {
    let ring = [(-1, -1), (0, -1), (1, -1), (1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0)].map(|(x, y)| window.at(x, y));
    let like_next: [bool; 8] = std::array::from_fn(|i| same(ring[i], ring[(i + 1) % 8]));
    (ring, std::array::from_fn(|i| like_next[(2 * i + 7) % 8] & like_next[2 * i]))
}

fn corners(middle: Pixel, ring: [Pixel; 8], cut: [bool; 4]) -> [Pixel; 4] {
    std::array::from_fn(|i| if cut[i] { ring[2 * i] } else { middle })
}
