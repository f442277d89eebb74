//! How wide a text will be, before any browser has drawn it.

/// Widths of the characters from U+0020 to U+007E in thousandths of the font size, as in Helvetica, whose widths Arial and Liberation
/// Sans share (Adobe Font Metrics of the standard fonts).
const WIDTHS: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
];
/// Bold letters are wider by this.
const BOLD: f64 = 1.08;

/// A font as far as its widths go.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Font {
    /// In pixels.
    pub(super) size: f64,
    pub(super) bold: bool,
}

impl Font {
    /// Width of a text, in pixels.
    pub(super) fn width(self, text: &str) -> f64 {
        let em: f64 = text.chars().map(|letter| f64::from(width(letter)) / 1000.0).sum();
        em * self.size * if self.bold { BOLD } else { 1.0 }
    }

    /// The text, or as much of it as is not wider than `limit` pixels with an ellipsis behind it.
    pub(super) fn fitted(self, text: &str, limit: f64) -> String {
        if self.width(text) <= limit {
            return text.to_owned();
        }
        let mut kept = String::new();
        for letter in text.chars() {
            kept.push(letter);
            if self.width(&kept) + self.width("…") > limit {
                kept.pop();
                break;
            }
        }
        format!("{}…", kept.trim_end())
    }
}

fn width(letter: char) -> u16 {
    match letter {
        ' '..='~' => WIDTHS[letter as usize - 0x20],
        '…' => 1000,
        // Marks that stand on the letter before.
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{fe00}'..='\u{fe0f}' => 0,
        // Latin with marks, Greek and Cyrillic: as wide as the widest of their usual letters.
        '\u{a0}'..='\u{24f}' => 640,
        '\u{250}'..='\u{10ff}' => 760,
        // Square letters and pictures.
        _ => 1050,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FONT: Font = Font { size: 10.0, bold: false };

    #[test]
    fn texts_are_cut_where_they_would_be_too_wide() {
        assert_eq!(FONT.fitted("Amount", 60.0), "Amount");
        let cut = FONT.fitted("Darkening of the far corner", 60.0);
        assert!(cut.ends_with('…') && FONT.width(&cut) <= 60.0, "{cut}");
        assert!(FONT.width("漢字") > FONT.width("mm"));
        assert_eq!(FONT.fitted("W", 5.0), "…");
    }
}
