//! Colours and icons that authors write, as far as a picture can show them.

/// What stands for a colour that cannot be shown.
const GRAY: &str = "#777777";

/// A colour as CSS writes it; grey for anything else, so that nothing an author writes is read as more than a colour.
pub(in super::super) fn color(text: &str) -> String {
    let text = text.trim();
    let is_hex = text.strip_prefix('#').is_some_and(|digits| {
        matches!(digits.len(), 3 | 4 | 6 | 8) && digits.bytes().all(|digit| digit.is_ascii_hexdigit())
    });
    let is_name = !text.is_empty() && text.bytes().all(|letter| letter.is_ascii_alphabetic());
    let is_function = ["rgb(", "rgba(", "hsl(", "hsla("].iter().any(|name| {
        let inside = text.strip_prefix(name).and_then(|rest| rest.strip_suffix(')'));
        inside.is_some_and(|inside| inside.chars().all(|c| c.is_ascii_digit() || " ,.%/-".contains(c)))
    });
    if is_hex || is_name || is_function { text.to_owned() } else { GRAY.to_owned() }
}

/// What can be read on a colour: black or white, whichever has more contrast (WCAG 2.2). White on what is no hexadecimal colour.
pub(in super::super) fn ink_on(color: &str) -> &'static str {
    let Some(components) = components(color) else { return "#ffffff" };
    let linear = components.map(|c| if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) });
    let light = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
    if 1.05 / (light + 0.05) >= (light + 0.05) / 0.05 { "#ffffff" } else { "#111111" }
}

fn components(color: &str) -> Option<[f64; 3]> {
    let digits: Vec<u32> = color.strip_prefix('#')?.chars().map(|digit| digit.to_digit(16)).collect::<Option<_>>()?;
    let bytes = match *digits.as_slice() {
        [r, g, b] | [r, g, b, _] => [r * 17, g * 17, b * 17],
        [r, s, g, h, b, c, ..] => [r * 16 + s, g * 16 + h, b * 16 + c],
        _ => return None,
    };
    Some(bytes.map(|byte| f64::from(byte) / 255.0))
}

/// What stands in the place of an icon: the one sign that it is, or else the first letter of the name. The app's pictures are not ours
/// to show.
pub(in super::super) fn glyph(icon: &str, name: &str) -> String {
    let is_sign = icon.chars().count() <= 2 && !icon.is_empty();
    let first = || name.chars().find(|c| c.is_alphanumeric()).unwrap_or('•').to_uppercase().to_string();
    if is_sign { icon.to_owned() } else { first() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_colours_are_colours() {
        for text in ["#b7791f", "#777", "teal", "rgb(10, 20, 30)", "hsl(120 50% 50% / 0.5)"] {
            assert_eq!(color(text), text);
        }
        for text in ["", "url(https://example.org/)", "red;background:url(x)", "#12345", "var(--x)", "rgb(1,2,3);"] {
            assert_eq!(color(text), GRAY, "{text}");
        }
    }

    #[test]
    fn ink_can_be_read() {
        assert_eq!(
            [ink_on("#fff"), ink_on("#000000"), ink_on("#ffd400"), ink_on("#1f3fb7")].map(|ink| ink == "#ffffff"),
            [false, true, false, true]
        );
    }

    #[test]
    fn icons_of_one_sign_are_shown() {
        assert_eq!(glyph("Σ", "Add"), "Σ");
        assert_eq!(glyph("MdVignette", "vignette"), "V");
        assert_eq!(glyph("", ""), "•");
    }
}
