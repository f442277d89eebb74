//! What an image is beyond its edges.

/// A rule for samples outside of a row or column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Border {
    /// Mirrored at the edge of the last pixel: `c b a | a b c | c b a`.
    Reflect,
    /// Mirrored at the middle of the last pixel: `c b | a b c | b a`.
    Mirror,
    /// The last pixel goes on: `a a a | a b c | c c c`.
    Replicate,
    /// The other side follows: `b c | a b c | a b`.
    Wrap,
}

impl Border {
    /// The place within 0..`len` that stands for `i`.
    ///
    /// # Panics
    /// When `len` is 0.
    pub fn index(self, i: isize, len: usize) -> usize {
        let last = len as isize - 1;
        if (0..=last).contains(&i) {
            return i as usize;
        }
        match self {
            Self::Replicate => i.clamp(0, last) as usize,
            Self::Wrap => i.rem_euclid(len as isize) as usize,
            Self::Reflect => {
                let i = i.rem_euclid(2 * len as isize);
                i.min(2 * last + 1 - i) as usize
            }
            Self::Mirror if len == 1 => 0,
            Self::Mirror => {
                let i = i.rem_euclid(2 * last);
                i.min(2 * last - i) as usize
            }
        }
    }
}

/// A row with `reach` pixels on either side, written into `padded`.
pub fn pad(row: &[f32], channels: usize, reach: usize, border: Border, padded: &mut Vec<f32>) {
    padded.clear();
    padded.resize(row.len() + 2 * reach * channels, 0.0);
    padded[reach * channels..][..row.len()].copy_from_slice(row);
    pad_in_place(padded, channels, reach, border);
}

/// Fills the `reach` pixels at either end of a row by what lies between them.
pub fn pad_in_place(padded: &mut [f32], channels: usize, reach: usize, border: Border) {
    let width = padded.len() / channels - 2 * reach;
    for i in (0..reach).chain(reach + width..2 * reach + width) {
        let from = (reach + border.index(i as isize - reach as isize, width)) * channels;
        padded.copy_within(from..from + channels, i * channels);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn around(border: Border, len: usize) -> Vec<usize> {
        (-5..len as isize + 5).map(|i| border.index(i, len)).collect()
    }

    #[test]
    fn each_rule_goes_on_beyond_both_edges() {
        assert_eq!(around(Border::Reflect, 3), [1, 2, 2, 1, 0, 0, 1, 2, 2, 1, 0, 0, 1]);
        assert_eq!(around(Border::Mirror, 3), [1, 0, 1, 2, 1, 0, 1, 2, 1, 0, 1, 2, 1]);
        assert_eq!(around(Border::Replicate, 3), [0, 0, 0, 0, 0, 0, 1, 2, 2, 2, 2, 2, 2]);
        assert_eq!(around(Border::Wrap, 3), [1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1]);
        for border in [Border::Reflect, Border::Mirror, Border::Replicate, Border::Wrap] {
            assert!(around(border, 1).iter().all(|&i| i == 0));
        }
    }

    #[test]
    fn rows_are_padded_by_whole_pixels() {
        let mut padded = Vec::new();
        pad(&[1.0, 2.0, 3.0, 4.0], 2, 2, Border::Reflect, &mut padded);
        assert_eq!(padded, [3.0, 4.0, 1.0, 2.0, 1.0, 2.0, 3.0, 4.0, 3.0, 4.0, 1.0, 2.0]);
    }
}
