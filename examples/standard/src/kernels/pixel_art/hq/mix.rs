//! What pixels in place of one are mixed from.

use super::corner::Corner;

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

impl Corner {
    /// Shares of the neighbours before, across and after the corner: to the left, to the top left and above, if it is the top left.
    #[inline(always)]
    pub(super) fn shares(self, place: Place) -> [f32; 3] {
        MIXES[place as usize][self as usize]
    }

    /// Share of the neighbour between this and the next corner, in the middle of the side in blocks of three by three.
    #[inline(always)]
    pub(super) fn share_beside(self, next: Self) -> f32 {
        SIDES[self as usize][next as usize]
    }
}

/// Shares of the neighbours of each corner, in each place.
static MIXES: [[[f32; 3]; Corner::COUNT]; 6] = {
    let mut mixes = [[[0.0; 3]; Corner::COUNT]; 6];
    let mut i = 0;
    while i < Corner::COUNT {
        let sixteenths = sixteenths(Corner::ALL[i]);
        let mut place = 0;
        while place < 6 {
            let [before, at, after] = sixteenths[place];
            mixes[place][i] = [before as f32 / 16.0, at as f32 / 16.0, after as f32 / 16.0];
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
static SIDES: [[f32; Corner::COUNT]; Corner::COUNT] = {
    let mut sides = [[0.0; Corner::COUNT]; Corner::COUNT];
    let (mut i, mut next) = (0, 0);
    while i < Corner::COUNT {
        sides[i][next] = side(Corner::ALL[i], Corner::ALL[next]);
        next = (next + 1) % Corner::COUNT;
        if next == 0 {
            i += 1;
        }
    }
    sides
};

const fn side(corner: Corner, next: Corner) -> f32 {
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
