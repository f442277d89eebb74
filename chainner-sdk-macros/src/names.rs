//! Names as authors write them, and as artists and saved chains see them.

use syn::{Ident, ext::IdentExt as _};

/// The name without `r#`.
pub(crate) fn plain(ident: &Ident) -> String {
    ident.unraw().to_string()
}

/// `radius_x` → `Radius X`.
pub(crate) fn title_of_snake(name: &str) -> String {
    title(name.split('_').filter(|word| !word.is_empty()))
}

/// `TopLeft` → `Top Left`, `Bc1` → `Bc 1`, `RGBA` → `RGBA`.
pub(crate) fn title_of_pascal(name: &str) -> String {
    title(words(name, true).into_iter())
}

/// `TopLeft` → `top_left`, `Bc1` → `bc1`.
pub(crate) fn snake_of_pascal(name: &str) -> String {
    words(name, false).join("_").to_lowercase()
}

/// A Cargo name as part of a symbol or id: `film-lab` → `film_lab`.
pub(crate) fn underscored(package: &str) -> String {
    package.replace('-', "_")
}

/// Whether the host's type language can hold the name: `[a-zA-Z][a-zA-Z0-9_]*`.
pub(crate) fn is_navi_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

fn title<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let words: Vec<String> = words
        .map(|word| {
            let mut chars = word.chars();
            chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
        })
        .collect();
    words.join(" ")
}

/// Splits where a capital follows a small letter, before the last capital of several if a small letter follows, and, if asked,
/// where digits begin and end.
fn words(name: &str, at_digits: bool) -> Vec<&str> {
    let chars: Vec<(usize, char)> = name.char_indices().collect();
    let mut words = Vec::new();
    let mut start = 0;
    for at in 1..chars.len() {
        let (before, (index, here)) = (chars[at - 1].1, chars[at]);
        let next = chars.get(at + 1).map(|next| next.1);
        let border = (here.is_uppercase() && (before.is_lowercase() || before.is_ascii_digit()))
            || (before.is_uppercase() && here.is_uppercase() && next.is_some_and(char::is_lowercase))
            || (at_digits && before.is_ascii_digit() != here.is_ascii_digit());
        if border || here == '_' || before == '_' {
            words.push(&name[start..index]);
            start = index;
        }
    }
    words.push(&name[start..]);
    words.retain(|word| word.chars().any(|c| c != '_'));
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_arguments() {
        for (name, label) in [("image", "Image"), ("radius_x", "Radius X"), ("_seed", "Seed"), ("blur_2d", "Blur 2d")] {
            assert_eq!(title_of_snake(name), label);
        }
        assert_eq!(title_of_snake(&plain(&quote::format_ident!("r#type"))), "Type");
    }

    #[test]
    fn labels_and_ids_of_variants() {
        for (name, label, id) in [
            ("Round", "Round", "round"),
            ("TopLeft", "Top Left", "top_left"),
            ("Bc1", "Bc 1", "bc1"),
            ("RGBA", "RGBA", "rgba"),
            ("RGBAImage", "RGBA Image", "rgba_image"),
            ("Mp3File", "Mp 3 File", "mp3_file"),
            ("Old_Name", "Old Name", "old_name"),
            ("Ä", "Ä", "ä"),
        ] {
            assert_eq!((title_of_pascal(name).as_str(), snake_of_pascal(name).as_str()), (label, id));
        }
    }

    #[test]
    fn navi_names_are_ascii_and_start_with_a_letter() {
        assert!(is_navi_name("Bc1_x"));
        for name in ["", "_A", "1a", "Größe", "a::b", "a b"] {
            assert!(!is_navi_name(name), "{name}");
        }
    }
}
