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

/// The corners by [patterns](super::alike::Pattern), from the top left on in the direction of the clock.
pub(super) static CORNERS: [[Corner; 4]; 4096] = {
    let mut corners = [[Corner::Inside; 4]; 4096];
    let mut pattern = 0;
    while pattern < 4096 {
        let (differs, apart) = (pattern as u8, pattern >> 8);
        let shapes = [
            SHAPES[apart & 1][differs as usize],
            SHAPES[apart >> 1 & 1][differs.rotate_right(2) as usize],
            SHAPES[apart >> 2 & 1][differs.rotate_right(4) as usize],
            SHAPES[apart >> 3 & 1][differs.rotate_right(6) as usize],
        ];
        let mut i = 0;
        while i < 4 {
            corners[pattern][i] = match (shapes[(i + 3) % 4], shapes[i], shapes[(i + 1) % 4]) {
                (Corner::Shallow, Corner::BorderLeft, _) => Corner::TailLeft,
                (_, Corner::BorderTop, Corner::Steep) => Corner::TailTop,
                (_, shape, _) => shape,
            };
            i += 1;
        }
        pattern += 1;
    }
    corners
};

/// Shapes by which neighbours differ; first, where those above and to the left are alike.
const SHAPES: [[Corner; 256]; 2] = {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_are_in_order() {
        assert!(Corner::ALL.iter().enumerate().all(|(i, &corner)| corner as usize == i));
    }

    #[test]
    fn mirrored_patterns_have_mirrored_corners() {
        for (pattern, &corners) in CORNERS.iter().enumerate() {
            let (differs, apart) = (pattern & 255, pattern >> 8);
            // The first corner stays, the second becomes the last.
            let turned = mirrored(differs) | ((apart & 1) | (apart & 2) << 2 | (apart & 4) | (apart & 8) >> 2) << 8;
            let [a, b, c, d] = corners.map(Corner::mirrored);
            assert_eq!(CORNERS[turned], [a, d, c, b], "{pattern:#x}");
        }
    }

    #[test]
    fn corners_tell_borders_apart() {
        // Nothing differs; all differs, and from each other; only the pixel above; above, left and across, which are alike.
        assert_eq!(CORNERS[0], [Corner::Inside; 4]);
        assert_eq!(CORNERS[0xfff], [Corner::Sharp; 4]);
        assert_eq!(CORNERS[0b10], [Corner::EndTop, Corner::EndLeft, Corner::Inside, Corner::Inside]);
        assert_eq!(CORNERS[0b1000_0011], [Corner::Round, Corner::EndLeft, Corner::Inside, Corner::EndTop]);
    }
}
