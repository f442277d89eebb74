//! Values as Python writes them.

/// A string: double quotes unless single ones save escapes, as `ruff format` chooses.
pub(super) fn string(text: &str) -> String {
    let quote = if text.matches('"').count() > text.matches('\'').count() { '\'' } else { '"' };
    let mut literal = String::from(quote);
    for character in text.chars() {
        match character {
            '\\' => literal.push_str("\\\\"),
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            '\t' => literal.push_str("\\t"),
            _ if character == quote => literal.extend(['\\', quote]),
            _ => push_visible(&mut literal, character),
        }
    }
    literal.push(quote);
    literal
}

/// Adds a character, escaped if it cannot be seen or would turn the text around it.
pub(super) fn push_visible(literal: &mut String, character: char) {
    let code = u32::from(character);
    match code {
        0..=0x1f | 0x7f..=0x9f => literal.push_str(&format!("\\x{code:02x}")),
        // Spaces without width, line ends, marks of direction (CVE-2021-42574).
        0x200b..=0x200f | 0x2028..=0x202e | 0x2060..=0x206f | 0xfeff => literal.push_str(&format!("\\u{code:04x}")),
        _ => literal.push(character),
    }
}

/// A number with a fraction.
pub(super) fn float(value: f64) -> String {
    if value.is_finite() { format!("{value:?}") } else { format!("float(\"{value}\")").to_lowercase() }
}

/// Yes or no.
pub(super) fn bool(value: bool) -> &'static str {
    if value { "True" } else { "False" }
}

/// A tuple of numbers.
pub(super) fn floats(values: &[f64]) -> String {
    let numbers = values.iter().copied().map(float).collect::<Vec<_>>().join(", ");
    if values.len() == 1 { format!("({numbers},)") } else { format!("({numbers})") }
}

/// A colour of 8 bits a channel as `#rrggbb`; other colours, and those with another count of channels, as a tuple.
pub(super) fn color(channels: &[f64]) -> String {
    hexadecimal(channels).unwrap_or_else(|| floats(channels))
}

fn hexadecimal(channels: &[f64]) -> Option<String> {
    // Channels are 32-bit floats somewhere on their way.
    const TOLERANCE: f64 = 1e-6;
    let [red, green, blue]: [f64; 3] = channels.try_into().ok()?;
    let byte = |value: f64| {
        let scaled = (value * 255.0).round();
        let is_exact = (0.0..=255.0).contains(&scaled) && (scaled / 255.0 - value).abs() < TOLERANCE;
        is_exact.then_some(scaled as u8)
    };
    Some(format!("\"#{:02x}{:02x}{:02x}\"", byte(red)?, byte(green)?, byte(blue)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_survive_any_text() {
        for (text, expected) in [
            ("round", r#""round""#),
            ("it's", r#""it's""#),
            ("say \"hi\"", r#"'say "hi"'"#),
            ("\"'", r#""\"'""#),
            ("a\\b\n\r\t\0\u{7f}", r#""a\\b\n\r\t\x00\x7f""#),
            ("größe \u{202e}", r#""größe \u202e""#),
        ] {
            assert_eq!(string(text), expected);
        }
    }

    #[test]
    fn numbers_are_python_s() {
        for (value, expected) in [
            (1.0, "1.0"),
            (-0.25, "-0.25"),
            (1e-7, "1e-7"),
            (1e21, "1e21"),
            (f64::INFINITY, "float(\"inf\")"),
            (f64::NEG_INFINITY, "float(\"-inf\")"),
            (f64::NAN, "float(\"nan\")"),
        ] {
            assert_eq!(float(value), expected);
        }
    }

    #[test]
    fn colours_are_hexadecimal_where_that_is_exact() {
        for (channels, expected) in [
            (&[1.0, 0.0, 0.0][..], "\"#ff0000\""),
            (&[f64::from(0.2_f32), 0.4, 0.6], "\"#336699\""),
            (&[0.5, 0.5, 0.5], "(0.5, 0.5, 0.5)"),
            (&[1.0, 0.0, 0.0, 1.0], "(1.0, 0.0, 0.0, 1.0)"),
            (&[1.0], "(1.0,)"),
            (&[2.0, 0.0, 0.0], "(2.0, 0.0, 0.0)"),
        ] {
            assert_eq!(color(channels), expected);
        }
    }
}
