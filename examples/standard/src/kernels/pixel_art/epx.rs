//! EPX, also known as Scale2x, Scale3x and Scale4x, or AdvMAME.
//!
//! Where two neighbours that meet at a corner are the same, and no two that face each other are, the corner takes their colour. After
//! E. Johnston, "Eric's Pixel Expansion" (LucasArts, 1992) and A. Mazzoleni, "Scale2x" (2001, <https://www.scale2x.it/algorithm>).

use chainner_sdk::prelude::*;

use super::{
    blocks::{Window, enlarge},
    pixel::{Pixel, pixel, same},
};

/// Two times as large, of `N` channels.
pub fn double<const N: usize>(image: ImageView<'_>) -> Image {
    enlarge(image, pixel::<N>, |window| {
        let middle = window.at(0, 0);
        let Some(corners) = Corners::of(window) else { return [[middle; 2]; 2] };
        let [a, b, c, d] = corners.colors(middle);
        [[a, b], [d, c]]
    })
}

/// Three times as large, of `N` channels.
pub fn triple<const N: usize>(image: ImageView<'_>) -> Image {
    enlarge(image, pixel::<N>, |window| {
        let middle = window.at(0, 0);
        let Some(corners) = Corners::of(window) else { return [[middle; 3]; 3] };
        let [a, b, c, d] = corners.colors(middle);
        let [n, e, s, w] = corners.edges(window);
        [[a, n, b], [w, middle, e], [d, s, c]]
    })
}

/// Four times as large, of `N` channels: two times, twice.
pub fn quadruple<const N: usize>(image: ImageView<'_>) -> Image {
    double::<N>(double::<N>(image).view())
}

/// A pixel of which some corners are cut off.
struct Corners {
    /// Above, to the right, below, to the left.
    sides: [Pixel; 4],
    /// Which are cut off: the first is between the last and the first of the sides.
    cut: [bool; 4],
}

impl Corners {
    /// `None` where neighbours that face each other are the same: no corner is cut off then.
    fn of(window: &Window<'_, Pixel>) -> Option<Self> {
        let sides @ [n, e, s, w] = [window.at(0, -1), window.at(1, 0), window.at(0, 1), window.at(-1, 0)];
        (!same(n, s) && !same(e, w)).then(|| Self { sides, cut: [same(w, n), same(n, e), same(e, s), same(s, w)] })
    }

    fn colors(&self, middle: Pixel) -> [Pixel; 4] {
        std::array::from_fn(|i| if self.cut[i] { self.sides[i] } else { middle })
    }

    /// Each side takes part in a cut next to it, if the cut ends there: if the corner at its other end is of another colour.
    fn edges(&self, window: &Window<'_, Pixel>) -> [Pixel; 4] {
        let middle = window.at(0, 0);
        let other = [(-1, -1), (1, -1), (1, 1), (-1, 1)].map(|(x, y)| !same(middle, window.at(x, y)));
        std::array::from_fn(|i| {
            let next = (i + 1) % 4;
            if (self.cut[i] && other[next]) || (self.cut[next] && other[i]) { self.sides[i] } else { middle }
        })
    }
}
