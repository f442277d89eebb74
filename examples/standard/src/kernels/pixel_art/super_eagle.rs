//! Super Eagle: the block lies in the middle of four pixels, each of its pixels near to one of them.
//!
//! After D. Liauw Kie Fa ("Kreed"), 1999. Which pixels are compared was found by measuring what becomes of patterns of few colours.

use std::cmp::Ordering;

use chainner_sdk::prelude::*;

use super::{
    blocks::{Unread, Window, enlarge},
    diagonals::Diagonals,
    pixel::{mean, same, toward},
};

/// Two times as large, of `N` channels.
pub fn double<const N: usize>(image: ImageView<'_>) -> Image {
    enlarge::<N, 2, Unread>(image, block)
}

#[inline(always)]
fn block<const N: usize>(window: &Window<'_, N>, (): ()) -> [[[f32; N]; 2]; 2] {
    let [a, b, c, d] = [window.at(0, 0), window.at(1, 0), window.at(0, 1), window.at(1, 1)];
    match Diagonals::of(window) {
        Diagonals::Flat => [[a; 2]; 2],
        Diagonals::Crossing(Ordering::Equal) => [[a, b], [b, a]],
        Diagonals::Crossing(Ordering::Less) => [[a, mean(a, b)], [mean(a, b), a]],
        Diagonals::Crossing(Ordering::Greater) => [[mean(a, b), b], [b, mean(a, b)]],
        Diagonals::Falling => {
            let [right, below] = beside(|right, below| window.at(right, below));
            [[a, right], [below, a]]
        }
        Diagonals::Rising => {
            let [left, below] = beside(|left, below| window.at(1 - left, below));
            [[left, b], [b, below]]
        }
        Diagonals::Neither => [[near(a, b, c), near(b, a, d)], [near(c, a, d), near(d, b, c)]],
    }
}

/// What is left of the two pixels beside a line that falls from the first to the one across: less where the line goes on along them,
/// at either end.
#[inline(always)]
fn beside<const N: usize>(at: impl Fn(isize, isize) -> [f32; N]) -> [[f32; N]; 2] {
    let line = at(0, 0);
    let share = |ends: [[f32; N]; 2]| if ends.into_iter().any(|end| same(line, end)) { 0.25 } else { 0.5 };
    [toward(line, at(1, 0), share([at(0, -1), at(2, 1)])), toward(line, at(0, 1), share([at(-1, 0), at(1, 2)]))]
}

/// Six parts of a pixel, and one of each pixel beside it.
#[inline(always)]
fn near<const N: usize>(own: [f32; N], a: [f32; N], b: [f32; N]) -> [f32; N] {
    toward(own, mean(a, b), 0.25)
}
