//! Places in a text.

use std::fmt::Write as _;

/// A range of bytes in a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Span {
    /// Offset of the first byte.
    pub start: usize,
    /// Offset behind the last byte; equal to `start` at the end of a text.
    pub end: usize,
}

impl Span {
    /// The bytes from `start` up to but not including `end`.
    pub const fn new(start: usize, end: usize) -> Span {
        Span { start, end }
    }

    /// The smallest span that covers both.
    pub fn to(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The same span in UTF-16 code units, as chaiNNer counts.
    pub fn utf16(self, text: &str) -> (usize, usize) {
        let units = |end: usize| text.get(..floor(text, end)).unwrap_or(text).encode_utf16().count();
        (units(self.start), units(self.end))
    }

    /// Line and column of the start, both from 1, columns in characters.
    pub fn position(self, text: &str) -> (usize, usize) {
        let before = text.get(..floor(text, self.start)).unwrap_or(text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        (line, column)
    }
}

/// The nearest character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The line of `span` with carets below it; without a line number where the text is a single line.
pub(crate) fn underline(text: &str, span: Span) -> String {
    let start = floor(text, span.start);
    let end = floor(text, span.end).max(start);
    let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let line_end = text[start..].find('\n').map_or(text.len(), |newline| start + newline);
    let line = text[line_start..line_end].trim_end_matches('\r');

    let gutter = if text.contains('\n') { format!("{} | ", span.position(text).0) } else { String::new() };
    // Tabs stay tabs, so that the carets stand below what they mean.
    let blanks: String = text[line_start..start].chars().map(|c| if c == '\t' { '\t' } else { ' ' }).collect();
    let carets = text[start..end.min(line_end)].chars().count().max(1);

    let mut out = String::new();
    let _ = writeln!(out, "{gutter}{line}");
    let _ = write!(out, "{}{blanks}{}", " ".repeat(gutter.len()), "^".repeat(carets));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn carets_stand_below_the_span() {
        assert_eq!(underline("a + 😀b", Span::new(4, 8)), "a + 😀b\n    ^");
        assert_eq!(underline("a\n\tbc d", Span::new(3, 5)), "2 | \tbc d\n    \t^^");
        assert_eq!(underline("a +", Span::new(3, 3)), "a +\n   ^");
    }

    #[test]
    fn a_span_beyond_the_text_is_its_end() {
        assert_eq!(underline("é", Span::new(1, 99)), "é\n^");
        assert_eq!(Span::new(7, 9).position("ab"), (1, 3));
    }
}
