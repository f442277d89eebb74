//! Icons that the app has.

use std::{collections::HashSet, sync::OnceLock};

use chainner_sdk::library::Place;

use crate::{codes::Code, error::did_you_mean};

use super::Findings;

/// Names of react-icons 4.10.1: the families `Bs`, `Cg`, `Im` and `Md`, and those of `Fa` and `Gi` that the app takes along.
const NAMES: &str = include_str!("icon_names.txt");
/// Logos that the app brings itself.
const LOGOS: &[&str] = &["PyTorch", "ONNX", "NCNN"];

/// Warns of icons for which the app would draw a question mark.
pub(super) fn check(icon: &str, of: &str, place: &Place, findings: &mut Findings) {
    if resolves(icon) {
        return;
    }
    let finding = match icon {
        "" => findings.warning(Code::Icon, format!("{of} has no icon")),
        icon => findings.warning(Code::Icon, format!("the icon `{icon}` of {of} is none that the app has")),
    };
    let family = icon.get(..2).unwrap_or_default();
    let alike = NAMES.lines().filter(|name| name.starts_with(family));
    finding.at(place).help(match did_you_mean(icon, alike) {
        Some(name) => format!("did you mean `{name}`?"),
        None => {
            "choose one of Bs, Cg, Im or Md at https://react-icons.github.io/react-icons, or write a single character"
                .to_owned()
        }
    });
}

/// Whether the app draws an icon of this name.
fn resolves(icon: &str) -> bool {
    static KNOWN: OnceLock<HashSet<&str>> = OnceLock::new();
    LOGOS.contains(&icon) || is_one_character(icon) || KNOWN.get_or_init(|| NAMES.lines().collect()).contains(icon)
}

/// Whether a text is one character as a person counts them. Emoji put together of several are too many to tell apart from
/// words, so any short text without ASCII letters passes.
fn is_one_character(text: &str) -> bool {
    match text.chars().count() {
        0 => false,
        1 => !text.chars().all(char::is_whitespace),
        count => count <= 8 && !text.chars().any(|c| c.is_ascii_alphanumeric() || c.is_whitespace()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_characters_and_logos_resolve() {
        for icon in
            ["MdVignette", "BsFillImageFill", "CgAbstract", "ImFilm", "FaBold", "GiRolledCloth", "NCNN", "Σ", "👩‍🎨"]
        {
            assert!(resolves(icon), "{icon}");
        }
        for icon in ["", " ", "MdVingette", "FaCamera", "vignette", "AB", "Md"] {
            assert!(!resolves(icon), "{icon}");
        }
    }

    #[test]
    fn a_misspelt_name_is_corrected() {
        let mut findings = Findings::default();
        let place = Place { file: "src/lib.rs".to_owned(), line: 1, column: 1 };
        check("MdVingette", "node `a:b`", &place, &mut findings);
        assert_eq!(findings.0[0].help.as_deref(), Some("did you mean `MdVignette`?"));
    }
}
