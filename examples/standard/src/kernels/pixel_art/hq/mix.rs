//! What pixels in place of one are mixed from.

use super::corner::Corner;
use crate::kernels::pixel_art::pixel::{Pixel, toward};

/// A pixel at one of its corners.
#[derive(Clone, Copy)]
pub(super) struct Around {
    pub(super) corner: Corner,
    pub(super) own: Pixel,
    /// The neighbour to the left, if the corner is the top left.
    pub(super) before: Pixel,
    /// Across the corner.
    pub(super) at: Pixel,
    /// Above.
    pub(super) after: Pixel,
}

/// Where in the pixel: in the corner of blocks of two by two, of three by three, or one of the four in the quarter of four by four.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Half,
    Third,
    Outer,
    /// Next to the neighbour after the corner.
    After,
    /// Next to the one before.
    Before,
    Inner,
}

impl Around {
    /// What is at a place.
    #[inline(always)]
    pub(super) fn mixed(self, place: Place) -> Pixel {
        let [before, at, after] = MIXES[self.corner as usize][place as usize];
        std::array::from_fn(|c| {
            let own = self.own[c];
            own + (self.before[c] - own) * before + (self.at[c] - own) * at + (self.after[c] - own) * after
        })
    }

    /// What is in the middle of the side between this and the next corner, in blocks of three by three.
    #[inline(always)]
    pub(super) fn edge(self, next: Corner) -> Pixel {
        toward(self.own, self.after, EDGES[self.corner as usize][next as usize])
    }
}

/// Shares of the neighbours before, at and after each corner, in each place.
static MIXES: [[[f32; 3]; 6]; Corner::COUNT] = {
    let mut mixes = [[[0.0; 3]; 6]; Corner::COUNT];
    let mut i = 0;
    while i < Corner::COUNT {
        let sixteenths = sixteenths(Corner::ALL[i]);
        let mut place = 0;
        while place < 6 {
            let [before, at, after] = sixteenths[place];
            mixes[i][place] = [before as f32 / 16.0, at as f32 / 16.0, after as f32 / 16.0];
            place += 1;
        }
        i += 1;
    }
    mixes
};

const fn sixteenths(corner: Corner) -> [[u8; 3]; 6] {
    match corner {
        Corner::Inside => [[4, 0, 4], [4, 0, 4], [4, 0, 4], [2, 0, 4], [4, 0, 2], [2, 0, 2]],
        Corner::BorderLeft => [[0, 0, 4], [0, 0, 4], [0, 0, 6], [0, 0, 6], [0, 0, 2], [0, 0, 2]],
        Corner::EndLeft => [[0, 4, 4], [0, 4, 0], [0, 6, 0], [0, 2, 4], [0, 4, 0], [0, 2, 0]],
        Corner::TailLeft => [[4, 0, 2], [4, 0, 4], [4, 0, 0], [0, 0, 6], [12, 0, 0], [0, 0, 2]],
        Corner::Sharp => [[0; 3]; 6],
        Corner::Bridge => [[0, 4, 0], [0, 4, 0], [0, 6, 0], [0, 4, 0], [0, 4, 0], [0, 2, 0]],
        Corner::Round => [[4, 0, 4], [7, 0, 7], [8, 0, 8], [0, 0, 8], [8, 0, 0], [0; 3]],
        Corner::Blunt => [[2, 0, 2], [4, 0, 4], [4, 0, 4], [0, 0, 4], [4, 0, 0], [0; 3]],
        Corner::Faint | Corner::Bowed => [[1, 0, 1], [4, 0, 4], [4, 0, 4], [0; 3], [0; 3], [0; 3]],
        Corner::Shallow => [[6, 0, 6], [8, 0, 8], [8, 0, 8], [6, 0, 10], [8, 0, 4], [2, 0, 2]],
        Corner::BorderTop | Corner::EndTop | Corner::TailTop | Corner::Steep => {
            let [half, third, outer, after, before, inner] = sixteenths(corner.mirrored());
            [turned(half), turned(third), turned(outer), turned(before), turned(after), turned(inner)]
        }
    }
}

const fn turned([before, at, after]: [u8; 3]) -> [u8; 3] {
    [after, at, before]
}

/// Shares of the neighbour beside a side, by the shapes at its ends.
static EDGES: [[f32; Corner::COUNT]; Corner::COUNT] = {
    let mut edges = [[0.0; Corner::COUNT]; Corner::COUNT];
    let (mut i, mut next) = (0, 0);
    while i < Corner::COUNT {
        edges[i][next] = edge(Corner::ALL[i], Corner::ALL[next]);
        next = (next + 1) % Corner::COUNT;
        if next == 0 {
            i += 1;
        }
    }
    edges
};

const fn edge(corner: Corner, next: Corner) -> f32 {
    match (corner, next) {
        (Corner::Inside | Corner::BorderLeft | Corner::EndLeft | Corner::TailLeft, _) => 0.25,
        (Corner::Shallow, _) | (_, Corner::Steep) => 0.75,
        (Corner::Steep, _) | (_, Corner::Shallow) => 0.25,
        (Corner::Bowed, _) | (_, Corner::Bowed) => 0.125,
        (Corner::Round, Corner::Sharp | Corner::Round | Corner::Faint) => 0.0,
        (Corner::Sharp | Corner::Faint, Corner::Round) => 0.0,
        (Corner::Round, _) | (_, Corner::Round) => 0.125,
        _ => 0.0,
    }
}
