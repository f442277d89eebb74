//! HQ2x, HQ3x and HQ4x: pixels are mixed with their neighbours, but not across borders of shapes.
//!
//! Neighbours are [alike](alike) or not; from which of them are, each corner of the pixel gets a [shape](corner), and each shape has its
//! [mix](mix) of the pixel and the three around the corner.
//!
//! After M. Stepin, "hq2x magnification filter" (2003), which has a case for each of the 256 patterns of neighbours. The corners' rules,
//! and the mixes, were found by measuring what becomes of all patterns.

mod alike;
mod corner;
mod mix;

use chainner_sdk::prelude::*;

use self::{
    alike::{Look, alike},
    corner::Pattern,
    mix::{Around, Place},
};
use super::{
    blocks::{Window, enlarge},
    pixel::{Pixel, pixel},
};

/// Two times as large, of `N` channels: 1, 3 or 4.
pub fn double<const N: usize>(image: ImageView<'_>) -> Image {
    enlarge(image, cell::<N>, |window| {
        let [a, b, c, d] = corners(window).map(|corner| corner.mixed(Place::Half));
        [[a, b], [d, c]]
    })
}

/// Three times as large, of `N` channels: 1, 3 or 4.
pub fn triple<const N: usize>(image: ImageView<'_>) -> Image {
    enlarge(image, cell::<N>, |window| {
        let around = corners(window);
        let [a, b, c, d] = around.map(|corner| corner.mixed(Place::Third));
        let [n, e, s, w] = std::array::from_fn(|i| around[i].edge(around[(i + 1) % 4].corner));
        [[a, n, b], [w, window.at(0, 0).pixel, e], [d, s, c]]
    })
}

/// Four times as large, of `N` channels: 1, 3 or 4.
pub fn quadruple<const N: usize>(image: ImageView<'_>) -> Image {
    enlarge(image, cell::<N>, |window| {
        let [a, b, c, d] = corners(window)
            .map(|corner| [Place::Outer, Place::After, Place::Inner, Place::Before].map(|place| corner.mixed(place)));
        // Each is named from its corner on, in the direction of the clock.
        [[a[0], a[1], b[3], b[0]], [a[3], a[2], b[2], b[1]], [d[1], d[2], c[2], c[3]], [d[0], d[3], c[1], c[0]]]
    })
}

/// What is looked at of a pixel.
#[derive(Clone, Copy)]
struct Cell {
    pixel: Pixel,
    look: Look,
}

fn cell<const N: usize>(samples: &[f32; N]) -> Cell {
    Cell { pixel: pixel(samples), look: Look::of(samples) }
}

/// The corners of the pixel in the middle, from the top left on in the direction of the clock.
#[inline(always)]
fn corners(window: &Window<'_, Cell>) -> [Around; 4] {
    let middle = window.at(0, 0);
    let ring = [(-1, -1), (0, -1), (1, -1), (1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0)].map(|(x, y)| window.at(x, y));
    let differs: [bool; 8] = std::array::from_fn(|i| !alike(middle.look, ring[i].look));
    let apart: [bool; 4] = std::array::from_fn(|i| !alike(ring[(2 * i + 7) % 8].look, ring[2 * i + 1].look));
    let shapes = Pattern::new(differs, apart).corners();
    std::array::from_fn(|i| Around {
        corner: shapes[i],
        own: middle.pixel,
        before: ring[(2 * i + 7) % 8].pixel,
        at: ring[2 * i].pixel,
        after: ring[2 * i + 1].pixel,
    })
}
