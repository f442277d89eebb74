//! Text of the host's type language, with inputs named by `$name`.

/// The text with each `$name` replaced by what `replace` makes of the name. Quoted text stays as it is.
pub(crate) fn with_inputs(text: &str, mut replace: impl FnMut(&str) -> String) -> String {
    let mut replaced = String::with_capacity(text.len());
    let mut rest = text;
    let mut is_quoted = false;
    while let Some(at) = rest.find(['$', '"', '\\']) {
        let (before, from) = rest.split_at(at);
        replaced.push_str(before);
        let length = from[1..].find(|c: char| !(c.is_alphanumeric() || c == '_')).map_or(from.len(), |end| end + 1);
        match from.as_bytes()[0] {
            b'$' if !is_quoted && length > 1 => {
                replaced.push_str(&replace(&from[1..length]));
                rest = &from[length..];
            }
            b'\\' if is_quoted => {
                let escape = from.chars().take(2).map(char::len_utf8).sum();
                replaced.push_str(&from[..escape]);
                rest = &from[escape..];
            }
            other => {
                is_quoted ^= other == b'"';
                replaced.push_str(&from[..1]);
                rest = &from[1..];
            }
        }
    }
    replaced + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_behind_a_dollar_are_replaced() {
        let input = |name: &str| format!("<{name}>");
        for (text, is) in [
            ("$steps", "<steps>"),
            ("max($a_1, $höhe.width)+1", "max(<a_1>, <höhe>.width)+1"),
            ("uint", "uint"),
            ("$ $", "$ $"),
            (r#""$a \" $b" | $c"#, r#""$a \" $b" | <c>"#),
            ("\\$a", "\\<a>"),
            ("\"\\", "\"\\"),
        ] {
            assert_eq!(with_inputs(text, input), is);
        }
    }
}
