//! HQ2x, HQ3x and HQ4x: pixels are mixed with their neighbours, but not across borders of shapes.
//!
//! Neighbours are alike or not; from which of them are, each corner of the pixel gets a shape, and each shape has its
//! mix of the pixel and the three around the corner.
//!
//! After M. Stepin, "hq2x magnification filter" (2003), which has a case for each of the 256 patterns of neighbours. The corners' rules,
//! and the mixes, were found by measuring what becomes of all patterns.

mod alike;
mod corner;
mod mix;

use chainner_sdk::prelude::*;

use self::{
    alike::{Alike, Pattern},
    corner::{CORNERS, Corner},
    mix::Place,
};
use super::blocks::{Window, enlarge};

/// Two times as large, of `N` channels: 1, 3 or 4.
pub fn double<const N: usize>(image: ImageView<'_>) -> Image {
    enlarge::<N, 2, Alike<N>>(image, two_by_two)
}

/// Three times as large, of `N` channels: 1, 3 or 4.
pub fn triple<const N: usize>(image: ImageView<'_>) -> Image {
    enlarge::<N, 3, Alike<N>>(image, three_by_three)
}

/// Four times as large, of `N` channels: 1, 3 or 4.
pub fn quadruple<const N: usize>(image: ImageView<'_>) -> Image {
    enlarge::<N, 4, Alike<N>>(image, four_by_four)
}

#[inline(always)]
fn two_by_two<const N: usize>(window: &Window<'_, N>, pattern: Pattern) -> [[[f32; N]; 2]; 2] {
    let middle = window.at(0, 0);
    if pattern == Pattern::ALONE {
        return [[middle; 2]; 2];
    }
    let around = Around::of(window, pattern);
    let [a, b, c, d] = std::array::from_fn(|i| around.mixed(i, Place::Half));
    [[a, b], [d, c]]
}

#[inline(always)]
fn three_by_three<const N: usize>(window: &Window<'_, N>, pattern: Pattern) -> [[[f32; N]; 3]; 3] {
    let middle = window.at(0, 0);
    if pattern == Pattern::ALONE {
        return [[middle; 3]; 3];
    }
    let around = Around::of(window, pattern);
    let [a, b, c, d] = std::array::from_fn(|i| around.mixed(i, Place::Third));
    let [n, e, s, w] = std::array::from_fn(|i| around.side(i));
    [[a, n, b], [w, middle, e], [d, s, c]]
}

#[inline(always)]
fn four_by_four<const N: usize>(window: &Window<'_, N>, pattern: Pattern) -> [[[f32; N]; 4]; 4] {
    if pattern == Pattern::ALONE {
        return [[window.at(0, 0); 4]; 4];
    }
    let around = Around::of(window, pattern);
    let places = [Place::Outer, Place::After, Place::Inner, Place::Before];
    let [a, b, c, d] = std::array::from_fn(|i| places.map(|place| around.mixed(i, place)));
    // Each is told from its corner on, in the direction of the clock.
    [[a[0], a[1], b[3], b[0]], [a[3], a[2], b[2], b[1]], [d[1], d[2], c[2], c[3]], [d[0], d[3], c[1], c[0]]]
}

/// A pixel and its neighbours.
struct Around<const N: usize> {
    middle: [f32; N],
    /// How far each neighbour is from the middle, from the top left on in the direction of the clock.
    ring: [[f32; N]; 8],
    /// Shapes, in the same order.
    corners: [Corner; 4],
}

impl<const N: usize> Around<N> {
    #[inline(always)]
    fn of(window: &Window<'_, N>, pattern: Pattern) -> Self {
        let middle = window.at(0, 0);
        let ring = [(-1, -1), (0, -1), (1, -1), (1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0)].map(|(x, y)| {
            let neighbour = window.at(x, y);
            std::array::from_fn(|c| neighbour[c] - middle[c])
        });
        Self { middle, ring, corners: CORNERS[pattern.index()] }
    }

    /// What is at a place of a corner.
    #[inline(always)]
    fn mixed(&self, corner: usize, place: Place) -> [f32; N] {
        let [before, at, after] = self.corners[corner].shares(place);
        let neighbours = [self.ring[(2 * corner + 7) % 8], self.ring[2 * corner], self.ring[2 * corner + 1]];
        std::array::from_fn(|c| {
            self.middle[c] + (neighbours[0][c] * before + neighbours[1][c] * at + neighbours[2][c] * after)
        })
    }

    /// What is in the middle of the side after a corner, in blocks of three by three.
    #[inline(always)]
    fn side(&self, corner: usize) -> [f32; N] {
        let share = self.corners[corner].share_beside(self.corners[(corner + 1) % 4]);
        std::array::from_fn(|c| self.middle[c] + self.ring[2 * corner + 1][c] * share)
    }
}
