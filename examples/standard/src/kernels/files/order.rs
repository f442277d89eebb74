//! The order in which people count files: `a2` before `a10`, whatever the case.
//!
//! Runs of digits compare as numbers of any length, what lies between them as folded text, as in Martin Pool's `strnatcmp`.

use std::cmp::Ordering;

/// A name, made ready to be compared.
///
/// Names that differ in case or in leading zeros only are ordered by their characters: the order of a directory never depends on
/// how the system lists it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    parts: Vec<Part>,
    name: String,
}

/// Alternately text, which may be empty at the start, and a number.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    /// Without leading zeros.
    Number(String),
}

impl Key {
    /// Of a name, or of a path.
    pub fn new(name: &str) -> Self {
        let mut parts = vec![Part::Text(String::new())];
        for character in name.chars() {
            let is_digit = character.is_ascii_digit();
            match (parts.last_mut(), is_digit) {
                (Some(Part::Number(number)), true) if number == "0" => *number = character.into(),
                (Some(Part::Number(number)), true) => number.push(character),
                (Some(Part::Text(text)), false) => text.extend(folded(character)),
                (_, true) => parts.push(Part::Number(character.into())),
                (_, false) => parts.push(Part::Text(folded(character).collect())),
            }
        }
        Self { parts, name: name.to_owned() }
    }
}

/// The character as its likes compare: in lower case, final sigma as any other, sharp s as two.
fn folded(character: char) -> impl Iterator<Item = char> {
    let double = if character == 'ß' || character == 'ẞ' { Some('s') } else { None };
    let lower = character.to_lowercase().map(|lower| match lower {
        'ß' => 's',
        'ς' => 'σ',
        other => other,
    });
    lower.chain(double)
}

impl Ord for Part {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Text(own), Self::Text(other)) => own.cmp(other),
            // Without leading zeros, the longer number is the greater.
            (Self::Number(own), Self::Number(other)) => own.len().cmp(&other.len()).then_with(|| own.cmp(other)),
            (Self::Text(_), Self::Number(_)) => Ordering::Less,
            (Self::Number(_), Self::Text(_)) => Ordering::Greater,
        }
    }
}

impl PartialOrd for Part {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted<const N: usize>(mut names: [&str; N]) -> [&str; N] {
        names.reverse();
        names.sort_by_key(|name| Key::new(name));
        names
    }

    #[test]
    fn numbers_are_counted_and_case_is_ignored() {
        let names = ["1.png", "2.png", "10.png", "10a.png", "-5.png", "a1.5.png", "a1.10.png", "a2.png", "a10.png"];
        assert_eq!(sorted(names), names);
        let names = ["a 1.png", "a-1.png", "a.png", "a/b.png", "a_1.png", "B.png", "c.png"];
        assert_eq!(sorted(names), names);
        let names = ["x99999999999999999998.png", "x99999999999999999999.png", "x100000000000000000000.png"];
        assert_eq!(sorted(names), names);
    }

    #[test]
    fn letters_with_several_forms_are_the_same_letter() {
        let names = ["Maß.png", "Mast.png", "maßt.png", "Mat.png"];
        assert_eq!(sorted(names), ["Maß.png", "maßt.png", "Mast.png", "Mat.png"]);
        assert_eq!(sorted(["ος1", "οσ2", "ΟΣ3"]), ["ος1", "οσ2", "ΟΣ3"]);
    }

    #[test]
    fn likes_are_ordered_by_their_characters() {
        assert_eq!(sorted(["A1", "a01", "a1"]), ["A1", "a01", "a1"]);
    }
}
