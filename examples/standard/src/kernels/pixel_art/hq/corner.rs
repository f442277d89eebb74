//! The shape of a pixel at its corners.

/// How a pixel ends at a corner, seen with the corner at the top left; that at another corner, turned in the direction of the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Corner {
    /// Not: it goes on above and to the left.
    Inside,
    /// A border to the left.
    BorderLeft,
    /// A border above.
    BorderTop,
    /// A border to the left which ends, as the pixel goes on across the corner.
    EndLeft,
    /// A border above which ends.
    EndTop,
    /// A border to the left with the slope of the next corner below.
    TailLeft,
    /// A border above with the slope of the next corner to the right.
    TailTop,
    /// Different colours above and to the left, and the corner is sharp.
    Sharp,
    /// Different colours above and to the left, and it goes on across.
    Bridge,
    /// Of the same colour around it, and round.
    Round,
    /// Less round.
    Blunt,
    /// Less still.
    Faint,
    /// As [`Faint`](Self::Faint), and along the sides.
    Bowed,
    /// Cut off by a line that rises slowly.
    Shallow,
    /// Cut off by a line that rises fast.
    Steep,
}

impl Corner {
    /// How many there are.
    pub(super) const COUNT: usize = Self::ALL.len();

    /// All of them, in order.
    pub(super) const ALL: [Self; 15] = [
        Self::Inside,
        Self::BorderLeft,
        Self::BorderTop,
        Self::EndLeft,
        Self::EndTop,
        Self::TailLeft,
        Self::TailTop,
        Self::Sharp,
        Self::Bridge,
        Self::Round,
        Self::Blunt,
        Self::Faint,
        Self::Bowed,
        Self::Shallow,
        Self::Steep,
    ];

    /// The same, of an image mirrored at the diagonal through the corner.
    pub(super) const fn mirrored(self) -> Self {
        match self {
            Self::BorderLeft => Self::BorderTop,
            Self::BorderTop => Self::BorderLeft,
            Self::EndLeft => Self::EndTop,
            Self::EndTop => Self::EndLeft,
            Self::TailLeft => Self::TailTop,
            Self::TailTop => Self::TailLeft,
            Self::Shallow => Self::Steep,
            Self::Steep => Self::Shallow,
            same => same,
        }
    }
}

/// Which pixels around one are not like it, and which of those beside it are not like each other.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pattern {
    /// A bit for each neighbour, from the top left on in the direction of the clock.
    differs: u8,
    /// A bit for each corner.
    apart: u8,
}

impl Pattern {
    #[inline(always)]
    pub(super) fn new(differs: [bool; 8], apart: [bool; 4]) -> Self {
        let bits = |flags: &[bool]| flags.iter().rev().fold(0, |bits, &flag| bits << 1 | u8::from(flag));
        Self { differs: bits(&differs), apart: bits(&apart) }
    }

    /// The shapes at all corners, from the top left on.
    #[inline(always)]
    pub(super) fn corners(self) -> [Corner; 4] {
        let shapes: [Corner; 4] = std::array::from_fn(|i| {
            SHAPES[usize::from(self.apart >> i & 1)][usize::from(self.differs.rotate_right(2 * i as u32))]
        });
        std::array::from_fn(|i| match (shapes[(i + 3) % 4], shapes[i], shapes[(i + 1) % 4]) {
            (Corner::Shallow, Corner::BorderLeft, _) => Corner::TailLeft,
            (_, Corner::BorderTop, Corner::Steep) => Corner::TailTop,
            (_, shape, _) => shape,
        })
    }
}

/// Shapes by neighbours; first, where those above and to the left are alike.
static SHAPES: [[Corner; 256]; 2] = {
    let mut shapes = [[Corner::Inside; 256]; 2];
    let mut differs = 0;
    while differs < 256 {
        shapes[0][differs] = shape(differs, false);
        shapes[1][differs] = shape(differs, true);
        differs += 1;
    }
    shapes
};

const fn shape(differs: usize, apart: bool) -> Corner {
    // Around the pixel: a, n, b / w, _, e / d, s, c, with the corner at a.
    let [a, n, b, e, c, s, d, w] = [
        differs & 1 != 0,
        differs >> 1 & 1 != 0,
        differs >> 2 & 1 != 0,
        differs >> 3 & 1 != 0,
        differs >> 4 & 1 != 0,
        differs >> 5 & 1 != 0,
        differs >> 6 & 1 != 0,
        differs >> 7 & 1 != 0,
    ];
    match (n, w) {
        (false, false) => Corner::Inside,
        (false, true) if a => Corner::BorderLeft,
        (false, true) => Corner::EndLeft,
        (true, false) => shape(mirrored(differs), apart).mirrored(),
        (true, true) if apart => {
            if a || (!b && !c && !d && e != s) {
                Corner::Sharp
            } else {
                Corner::Bridge
            }
        }
        (true, true) => match (a, b, d) {
            (_, false, true) => shape(mirrored(differs), apart).mirrored(),
            (true, false, false) => Corner::Round,
            (true, true, false) if !e && (!s || c) => Corner::Shallow,
            (true, true, false) => Corner::Round,
            (true, true, true) if e && s && !c => Corner::Bowed,
            (true, true, true) => Corner::Faint,
            (false, false, false) if e == s && !e || e != s && !c => Corner::Round,
            (false, false, false) => Corner::Blunt,
            (false, true, false) if !e && !s => Corner::Shallow,
            (false, true, false) if e && c == s => Corner::Bridge,
            (false, true, true) if e || s => Corner::Bridge,
            (false, true, _) => Corner::Blunt,
        },
    }
}

/// The neighbours mirrored at the diagonal through the first.
const fn mirrored(differs: usize) -> usize {
    (differs & 1) | ((differs as u8 >> 1).reverse_bits() as usize)
}
