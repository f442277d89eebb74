//! EPX, also known as Scale2x, Scale3x and Scale4x, or AdvMAME.
//!
//! Where two neighbours that meet at a corner are the same, and no two that face each other are, the corner takes their colour. After
//! E. Johnston, "Eric's [f32; N] Expansion" (LucasArts, 1992) and A. Mazzoleni, "Scale2x" (2001, <https://www.scale2x.it/algorithm>).

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

/// Four times as large, of `N` channels: two times, twice.
pub fn quadruple<const N: usize>(image: ImageView<'_>) -> Image {
    double::<N>(double::<N>(image).view())
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
    let [n, e, s, w] = corners.edges(window);
    [[a, n, b], [w, middle, e], [d, s, c]]
}

/// A pixel of which some corners are cut off.
struct Corners<const N: usize> {
    /// Above, to the right, below, to the left.
    sides: [[f32; N]; 4],
    /// Which are cut off: the first is between the last and the first of the sides.
    cut: [bool; 4],
}

impl<const N: usize> Corners<N> {
    /// `None` where none is.
    #[inline(always)]
    fn of(window: &Window<'_, N>) -> Option<Self> {
        let sides @ [n, e, s, w] = [window.at(0, -1), window.at(1, 0), window.at(0, 1), window.at(-1, 0)];
        if same(n, s) || same(e, w) {
            return None;
        }
        let cut = [same(w, n), same(n, e), same(e, s), same(s, w)];
        cut.contains(&true).then_some(Self { sides, cut })
    }

    #[inline(always)]
    fn colors(&self, middle: [f32; N]) -> [[f32; N]; 4] {
        std::array::from_fn(|i| if self.cut[i] { self.sides[i] } else { middle })
    }

    /// Each side takes part in a cut next to it, if the cut ends there: if the corner at its other end is of another colour.
    #[inline(always)]
    fn edges(&self, window: &Window<'_, N>) -> [[f32; N]; 4] {
        let middle = window.at(0, 0);
        let other = [(-1, -1), (1, -1), (1, 1), (-1, 1)].map(|(x, y)| !same(middle, window.at(x, y)));
        std::array::from_fn(|i| {
            let next = (i + 1) % 4;
            if (self.cut[i] && other[next]) || (self.cut[next] && other[i]) { self.sides[i] } else { middle }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::pixel_art::tests::scattered;

    /// As Mazzoleni writes it, comparison by comparison.
    #[test]
    fn corners_are_those_of_the_definition() {
        let image = scattered(40, 30, 1, 3);
        let enlarged = double::<1>(image.view());
        for (x, y) in (0..40 * 30).map(|i| (i % 40, i / 40)) {
            let at = |x: usize, y: usize| image.view().pixel(x.min(39), y.min(29))[0];
            let [b, d, e, f, h] =
                [at(x, y.saturating_sub(1)), at(x.saturating_sub(1), y), at(x, y), at(x + 1, y), at(x, y + 1)];
            let expected = [
                if d == b && b != f && d != h { d } else { e },
                if b == f && b != d && f != h { f } else { e },
                if d == h && d != b && h != f { d } else { e },
                if h == f && d != h && b != f { f } else { e },
            ];
            let block = [(0, 0), (1, 0), (0, 1), (1, 1)].map(|(u, v)| enlarged.view().pixel(2 * x + u, 2 * y + v)[0]);
            assert_eq!(block, expected);
        }
    }
}
