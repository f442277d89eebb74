//! 2xSaI, "scale and interpolation": pixels between those of the image are means of them, but where a line goes through.
//!
//! After D. Liauw Kie Fa ("Kreed"), 1999. Which pixels are compared was found by measuring what becomes of patterns of few colours; the
//! vote where diagonals cross was known, and confirmed in the same way.

use std::cmp::Ordering;

use chainner_sdk::prelude::*;

use super::{
    blocks::{Unread, Window, enlarge},
    diagonals::Diagonals,
    pixel::{mean, same},
};

/// Two times as large, of `N` channels.
pub fn double<const N: usize>(image: ImageView<'_>) -> Image {
    enlarge::<N, 2, Unread>(image, block)
}

#[inline(always)]
fn block<const N: usize>(window: &Window<'_, N>, (): ()) -> [[[f32; N]; 2]; 2] {
    let [a, b, c, d] = [window.at(0, 0), window.at(1, 0), window.at(0, 1), window.at(1, 1)];
    let across = match Diagonals::of(window) {
        Diagonals::Flat => return [[a; 2]; 2],
        Diagonals::Falling | Diagonals::Crossing(Ordering::Less) => a,
        Diagonals::Rising | Diagonals::Crossing(Ordering::Greater) => b,
        Diagonals::Crossing(Ordering::Equal) => mean(a, b),
        Diagonals::Neither => mean(mean(a, b), mean(c, d)),
    };
    let right = between(|along, beside| window.at(along, beside));
    let below = between(|along, beside| window.at(beside, along));
    [[a, right], [below, across]]
}

/// Between a pixel and the next along a row, or a column.
#[inline(always)]
fn between<const N: usize>(at: impl Fn(isize, isize) -> [f32; N]) -> [f32; N] {
    let [a, b] = [at(0, 0), at(1, 0)];
    let lines = passes(&at) || passes(|along, beside| at(along, -beside));
    if same(a, b) || lines {
        a
    } else if passes(|along, beside| at(1 - along, beside)) || passes(|along, beside| at(1 - along, -beside)) {
        b
    } else {
        mean(a, b)
    }
}

/// Whether a line of this pixel's colour passes between it and the next, from the one side of them to the other, and the next one's
/// colour goes on behind it.
#[inline(always)]
fn passes<const N: usize>(at: impl Fn(isize, isize) -> [f32; N]) -> bool {
    let [own, next] = [at(0, 0), at(1, 0)];
    same(own, at(1, 1)) && same(own, at(0, -1)) && same(next, at(2, 1)) && !same(next, at(0, 1))
}
