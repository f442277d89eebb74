//! Captions in a 5×7 dot matrix, the smallest grid on which the Latin letters and digits are told apart, as on the displays of
//! cameras and tills.

/// Columns and rows of a character.
const COLUMNS: usize = 5;
/// Rows of a character.
pub const ROWS: usize = 7;
/// Columns from one character to the next.
const ADVANCE: usize = COLUMNS + 1;
/// Radius of a dot, in distances of dots: neighbours just run into one another.
const RADIUS: f32 = 0.56;

/// One number for each row, its lowest bit on the right.
type Glyph = [u8; ROWS];

/// A caption as dots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caption {
    glyphs: Vec<Glyph>,
}

impl Caption {
    /// The caption of a text: letters become capitals, and what the matrix cannot show becomes a question mark.
    pub fn new(text: &str) -> Self {
        let glyph = |c: char| GLYPHS.iter().find(|(known, _)| *known == c).map(|&(_, glyph)| glyph);
        let unknown = glyph('?').unwrap_or([0; ROWS]);
        Self { glyphs: text.chars().flat_map(char::to_uppercase).map(|c| glyph(c).unwrap_or(unknown)).collect() }
    }

    /// Columns of dots, 0 for no text.
    pub fn columns(&self) -> usize {
        (self.glyphs.len() * ADVANCE).saturating_sub(1)
    }

    /// Whether the dot is lit; none is outside the matrix.
    pub fn lit(&self, column: i32, row: i32) -> bool {
        let (Ok(column), Ok(row)) = (usize::try_from(column), usize::try_from(row)) else { return false };
        match self.glyphs.get(column / ADVANCE) {
            Some(glyph) if row < ROWS && column % ADVANCE < COLUMNS => {
                glyph[row] >> (COLUMNS - 1 - column % ADVANCE) & 1 == 1
            }
            _ => false,
        }
    }

    /// How much of a pixel is lit, 0..1, with dots `pitch` pixels apart. The pixel's centre is at `x`, `y`, counted from the upper
    /// left corner of the matrix.
    pub fn coverage(&self, x: f32, y: f32, pitch: f32) -> f32 {
        let (u, v) = (x / pitch, y / pitch);
        let (column, row) = (u.floor() as i32, v.floor() as i32);
        let mut nearest = f32::INFINITY;
        for (dx, dy) in (-1..=1).flat_map(|dy| (-1..=1).map(move |dx| (dx, dy))) {
            if self.lit(column + dx, row + dy) {
                let (from_x, from_y) = ((column + dx) as f32 + 0.5 - u, (row + dy) as f32 + 0.5 - v);
                nearest = nearest.min(from_x.hypot(from_y));
            }
        }
        // The edge of a disc is one pixel wide.
        (0.5 + (RADIUS - nearest) * pitch).clamp(0.0, 1.0)
    }
}

#[rustfmt::skip]
const GLYPHS: &[(char, Glyph)] = &[
    ('A', [0b01110, 0b10001, 0b10001, 0b11111, 0b10001, 0b10001, 0b10001]),
    ('B', [0b11110, 0b10001, 0b10001, 0b11110, 0b10001, 0b10001, 0b11110]),
    ('C', [0b01110, 0b10001, 0b10000, 0b10000, 0b10000, 0b10001, 0b01110]),
    ('D', [0b11110, 0b10001, 0b10001, 0b10001, 0b10001, 0b10001, 0b11110]),
    ('E', [0b11111, 0b10000, 0b10000, 0b11110, 0b10000, 0b10000, 0b11111]),
    ('F', [0b11111, 0b10000, 0b10000, 0b11110, 0b10000, 0b10000, 0b10000]),
    ('G', [0b01110, 0b10001, 0b10000, 0b10111, 0b10001, 0b10001, 0b01110]),
    ('H', [0b10001, 0b10001, 0b10001, 0b11111, 0b10001, 0b10001, 0b10001]),
    ('I', [0b01110, 0b00100, 0b00100, 0b00100, 0b00100, 0b00100, 0b01110]),
    ('J', [0b00111, 0b00010, 0b00010, 0b00010, 0b00010, 0b10010, 0b01100]),
    ('K', [0b10001, 0b10010, 0b10100, 0b11000, 0b10100, 0b10010, 0b10001]),
    ('L', [0b10000, 0b10000, 0b10000, 0b10000, 0b10000, 0b10000, 0b11111]),
    ('M', [0b10001, 0b11011, 0b10101, 0b10101, 0b10001, 0b10001, 0b10001]),
    ('N', [0b10001, 0b11001, 0b10101, 0b10011, 0b10001, 0b10001, 0b10001]),
    ('O', [0b01110, 0b10001, 0b10001, 0b10001, 0b10001, 0b10001, 0b01110]),
    ('P', [0b11110, 0b10001, 0b10001, 0b11110, 0b10000, 0b10000, 0b10000]),
    ('Q', [0b01110, 0b10001, 0b10001, 0b10001, 0b10101, 0b10010, 0b01101]),
    ('R', [0b11110, 0b10001, 0b10001, 0b11110, 0b10100, 0b10010, 0b10001]),
    ('S', [0b01111, 0b10000, 0b10000, 0b01110, 0b00001, 0b00001, 0b11110]),
    ('T', [0b11111, 0b00100, 0b00100, 0b00100, 0b00100, 0b00100, 0b00100]),
    ('U', [0b10001, 0b10001, 0b10001, 0b10001, 0b10001, 0b10001, 0b01110]),
    ('V', [0b10001, 0b10001, 0b10001, 0b10001, 0b10001, 0b01010, 0b00100]),
    ('W', [0b10001, 0b10001, 0b10001, 0b10101, 0b10101, 0b11011, 0b10001]),
    ('X', [0b10001, 0b10001, 0b01010, 0b00100, 0b01010, 0b10001, 0b10001]),
    ('Y', [0b10001, 0b10001, 0b01010, 0b00100, 0b00100, 0b00100, 0b00100]),
    ('Z', [0b11111, 0b00001, 0b00010, 0b00100, 0b01000, 0b10000, 0b11111]),
    ('0', [0b01110, 0b10001, 0b10011, 0b10101, 0b11001, 0b10001, 0b01110]),
    ('1', [0b00100, 0b01100, 0b00100, 0b00100, 0b00100, 0b00100, 0b01110]),
    ('2', [0b01110, 0b10001, 0b00001, 0b00110, 0b01000, 0b10000, 0b11111]),
    ('3', [0b01110, 0b10001, 0b00001, 0b00110, 0b00001, 0b10001, 0b01110]),
    ('4', [0b00010, 0b00110, 0b01010, 0b10010, 0b11111, 0b00010, 0b00010]),
    ('5', [0b11111, 0b10000, 0b11110, 0b00001, 0b00001, 0b10001, 0b01110]),
    ('6', [0b00110, 0b01000, 0b10000, 0b11110, 0b10001, 0b10001, 0b01110]),
    ('7', [0b11111, 0b00001, 0b00010, 0b00100, 0b01000, 0b01000, 0b01000]),
    ('8', [0b01110, 0b10001, 0b10001, 0b01110, 0b10001, 0b10001, 0b01110]),
    ('9', [0b01110, 0b10001, 0b10001, 0b01111, 0b00001, 0b00010, 0b01100]),
    (' ', [0b00000, 0b00000, 0b00000, 0b00000, 0b00000, 0b00000, 0b00000]),
    ('\'', [0b01100, 0b00100, 0b01000, 0b00000, 0b00000, 0b00000, 0b00000]),
    ('.', [0b00000, 0b00000, 0b00000, 0b00000, 0b00000, 0b01100, 0b01100]),
    (',', [0b00000, 0b00000, 0b00000, 0b00000, 0b01100, 0b00100, 0b01000]),
    (':', [0b00000, 0b01100, 0b01100, 0b00000, 0b01100, 0b01100, 0b00000]),
    ('-', [0b00000, 0b00000, 0b00000, 0b11111, 0b00000, 0b00000, 0b00000]),
    ('/', [0b00000, 0b00001, 0b00010, 0b00100, 0b01000, 0b10000, 0b00000]),
    ('+', [0b00000, 0b00100, 0b00100, 0b11111, 0b00100, 0b00100, 0b00000]),
    ('(', [0b00010, 0b00100, 0b01000, 0b01000, 0b01000, 0b00100, 0b00010]),
    (')', [0b01000, 0b00100, 0b00010, 0b00010, 0b00010, 0b00100, 0b01000]),
    ('!', [0b00100, 0b00100, 0b00100, 0b00100, 0b00000, 0b00000, 0b00100]),
    ('?', [0b01110, 0b10001, 0b00001, 0b00010, 0b00100, 0b00000, 0b00100]),
    ('&', [0b01100, 0b10010, 0b10100, 0b01000, 0b10101, 0b10010, 0b01101]),
    ('#', [0b01010, 0b01010, 0b11111, 0b01010, 0b11111, 0b01010, 0b01010]),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(text: &str) -> Vec<String> {
        let caption = Caption::new(text);
        let dot = |x: usize, y: usize| if caption.lit(x as i32, y as i32) { '#' } else { '.' };
        (0..ROWS).map(|y| (0..caption.columns()).map(|x| dot(x, y)).collect()).collect()
    }

    #[test]
    fn letters_stand_upright_side_by_side() {
        let expected = [
            "#......###.", //
            "#.......#..",
            "#.......#..",
            "#.......#..",
            "#.......#..",
            "#.......#..",
            "#####..###.",
        ];
        assert_eq!(drawn("li"), expected);
    }

    #[test]
    fn glyphs_are_all_different_and_fit_the_matrix() {
        for (i, (c, glyph)) in GLYPHS.iter().enumerate() {
            assert!(glyph.iter().all(|&row| row < 1 << COLUMNS), "{c}");
            assert!(GLYPHS[..i].iter().all(|(other, same)| other != c && same != glyph), "{c}");
        }
    }

    #[test]
    fn what_cannot_be_shown_becomes_a_question_mark() {
        assert_eq!(Caption::new("日"), Caption::new("?"));
        assert_eq!(Caption::new("").columns(), 0);
    }

    #[test]
    fn dots_are_full_in_the_middle_and_empty_far_away() {
        let caption = Caption::new("L");
        assert_eq!(caption.coverage(5.0, 5.0, 10.0), 1.0);
        assert_eq!(caption.coverage(35.0, 25.0, 10.0), 0.0);
        assert_eq!(caption.coverage(-500.0, 1e9, 10.0), 0.0);
    }
}
