//! Eagle: a corner takes the colour of the three pixels around it, if they are the same.
//!
//! After D. Stevens' filter of emulators (1997), as described in Wikipedia's "[f32; N]-art scaling algorithms".

use chainner_sdk::prelude::*;

use super::{
    blocks::{Unread, Window, enlarge},
    pixel::same,
};

/// Two times as large, of `N` channels.
pub fn double<const N: usize>(image: ImageView<'_>) -> Image {
    enlarge::<N, 2, Unread>(image, two_by_two)
}

/// Three times as large, of `N` channels.
pub fn triple<const N: usize>(image: ImageView<'_>) -> Image {
    enlarge::<N, 3, Unread>(image, three_by_three)
}

#[inline(always)]
fn two_by_two<const N: usize>(window: &Window<'_, N>, (): ()) -> [[[f32; N]; 2]; 2] {
    let middle = window.at(0, 0);
    let Some(corners) = Corners::of(window) else { return [[middle; 2]; 2] };
    let [a, b, c, d] = corners.colors(middle);
    [[a, b], [d, c]]
}

#[inline(always)]
fn three_by_three<const N: usize>(window: &Window<'_, N>, (): ()) -> [[[f32; N]; 3]; 3] {
    let middle = window.at(0, 0);
    let Some(corners) = Corners::of(window) else { return [[middle; 3]; 3] };
    let [a, b, c, d] = corners.colors(middle);
    let [n, e, s, w] = corners.edges(middle);
    [[a, n, b], [w, middle, e], [d, s, c]]
}

/// A pixel of which some corners are cut off.
struct Corners<const N: usize> {
    /// The pixels around it, from the top left on.
    ring: [[f32; N]; 8],
    /// Which of them are the same as the next.
    like_next: [bool; 8],
    /// Which corners are cut off.
    cut: [bool; 4],
}

impl<const N: usize> Corners<N> {
    /// `None` where none is.
    #[inline(always)]
    fn of(window: &Window<'_, N>) -> Option<Self> {
        // Each corner needs the pixel above it or below it to be the same as one of those beside that.
        let beside = |y| same(window.at(0, y), window.at(-1, y)) | same(window.at(0, y), window.at(1, y));
        if !beside(-1) && !beside(1) {
            return None;
        }
        let ring = [(-1, -1), (0, -1), (1, -1), (1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0)];
        let ring = ring.map(|(x, y)| window.at(x, y));
        let like_next: [bool; 8] = std::array::from_fn(|i| same(ring[i], ring[(i + 1) % 8]));
        let cut: [bool; 4] = std::array::from_fn(|i| like_next[(2 * i + 7) % 8] & like_next[2 * i]);
        cut.contains(&true).then_some(Self { ring, like_next, cut })
    }

    #[inline(always)]
    fn colors(&self, middle: [f32; N]) -> [[f32; N]; 4] {
        std::array::from_fn(|i| if self.cut[i] { self.ring[2 * i] } else { middle })
    }

    /// The middle of a side takes part where the three pixels on that side are the same, and a corner next to it does.
    #[inline(always)]
    fn edges(&self, middle: [f32; N]) -> [[f32; N]; 4] {
        std::array::from_fn(|i| {
            let along = self.like_next[2 * i] & self.like_next[2 * i + 1];
            if along & (self.cut[i] | self.cut[(i + 1) % 4]) { self.ring[2 * i + 1] } else { middle }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::pixel_art::tests::scattered;

    #[test]
    fn corners_are_those_of_the_definition() {
        let image = scattered(40, 30, 1, 2);
        let enlarged = double::<1>(image.view());
        for (x, y) in (0..40 * 30).map(|i| (i % 40, i / 40)) {
            let at = |right: isize, below: isize| {
                let [x, y] = [x as isize + right, y as isize + below];
                image.view().pixel(x.clamp(0, 39) as usize, y.clamp(0, 29) as usize)[0]
            };
            for (u, v) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
                let [right, below] = [2 * u - 1, 2 * v - 1];
                let three = [at(right, 0), at(right, below), at(0, below)];
                let expected = if three[0] == three[1] && three[1] == three[2] { three[0] } else { at(0, 0) };
                assert_eq!(enlarged.view().pixel(2 * x + u as usize, 2 * y + v as usize)[0], expected);
            }
        }
    }
}
