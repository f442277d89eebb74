//! Lines along the diagonals of two by two pixels, as all filters of D. Liauw Kie Fa ("Kreed", 1999) look for them.

use std::cmp::Ordering;

use super::{blocks::Window, pixel::same};

/// Which pixels of a square (this one, the next to the right, and those below them) are the same across it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Diagonals {
    /// All four.
    Flat,
    /// This and the one below to the right: a line may go there.
    Falling,
    /// The other two.
    Rising,
    /// Both pairs, of different colours, which of them is the line being told by how often this pixel's colour surrounds the square,
    /// against the other: what is less is the line.
    Crossing(Ordering),
    /// None.
    Neither,
}

impl Diagonals {
    #[inline(always)]
    pub(super) fn of<const N: usize>(window: &Window<'_, N>) -> Self {
        let [a, b] = [window.at(0, 0), window.at(1, 0)];
        match (same(a, window.at(1, 1)), same(b, window.at(0, 1))) {
            (false, false) => Self::Neither,
            (true, false) => Self::Falling,
            (false, true) => Self::Rising,
            (true, true) if same(a, b) => Self::Flat,
            (true, true) => {
                // The two pixels next to each corner of the square count where they are the same.
                let corners = [[(-1, 0), (0, -1)], [(2, 0), (1, -1)], [(-1, 1), (0, 2)], [(2, 1), (1, 2)]];
                let around = |color: [f32; N]| {
                    corners.iter().filter(|corner| corner.iter().all(|&(x, y)| same(color, window.at(x, y)))).count()
                };
                Self::Crossing(around(a).cmp(&around(b)))
            }
        }
    }
}
