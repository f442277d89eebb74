//! Super 2xSaI: sharper than 2xSaI, as pixels of the image stay but for the ends of lines.
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

/// The block lies between a pixel and the one below; the lower half is made as the upper half is, upside down.
#[inline(always)]
fn block<const N: usize>(window: &Window<'_, N>, (): ()) -> [[[f32; N]; 2]; 2] {
    let [a, b] = [window.at(0, 0), window.at(1, 0)];
    let upper = |right, below| window.at(right, below);
    let lower = |right, below: isize| window.at(right, 1 - below);
    let right = match Diagonals::of(window) {
        Diagonals::Flat => return [[a; 2]; 2],
        Diagonals::Falling | Diagonals::Crossing(Ordering::Less) => [a; 2],
        Diagonals::Rising | Diagonals::Crossing(Ordering::Greater) => [b; 2],
        Diagonals::Crossing(Ordering::Equal) => [mean(a, b); 2],
        Diagonals::Neither => [between(upper), between(lower)],
    };
    [[own(upper), right[0]], [own(lower), right[1]]]
}

/// The pixel, or the mean of it and the one below where a line of that one's colour ends.
#[inline(always)]
fn own<const N: usize>(at: impl Fn(isize, isize) -> [f32; N]) -> [f32; N] {
    let [own, below] = [at(0, 0), at(0, 1)];
    let ends = |side: isize| {
        same(below, at(side, 1)) && same(below, at(-side, 0)) && !same(own, at(-side, 1)) && !same(below, at(-side, -1))
    };
    if ends(1) || ends(-1) { mean(own, below) } else { own }
}

/// The mean of the pixel and the next to the right, nearer to one of them where a line of its colour goes up between them.
#[inline(always)]
fn between<const N: usize>(at: impl Fn(isize, isize) -> [f32; N]) -> [f32; N] {
    let [left, right] = [at(0, 0), at(1, 0)];
    if bends(&at) {
        toward(left, right, 0.25)
    } else if bends(|along, below| at(1 - along, below)) {
        toward(right, left, 0.25)
    } else {
        mean(left, right)
    }
}

#[inline(always)]
fn bends<const N: usize>(at: impl Fn(isize, isize) -> [f32; N]) -> bool {
    let [own, next] = [at(0, 0), at(1, 0)];
    same(own, at(0, 1)) && same(own, at(1, -1)) && !same(next, at(0, -1)) && !same(own, at(2, -1))
}
