//! `RECORD`: digest and size of every file (PEP 376, PEP 627), as comma-separated values (RFC 4180).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

/// One line of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    /// Path inside the wheel.
    pub(crate) path: String,
    /// `sha256=…`, URL-safe base64 without padding; empty for RECORD itself.
    pub(crate) digest: String,
    /// Size in bytes; empty for RECORD itself.
    pub(crate) size: String,
}

impl Row {
    /// The row of a file.
    pub(crate) fn of(path: &str, contents: &[u8]) -> Self {
        let digest = format!("sha256={}", URL_SAFE_NO_PAD.encode(Sha256::digest(contents)));
        Self { path: path.to_owned(), digest, size: contents.len().to_string() }
    }

    /// The row of RECORD, which cannot hold its own digest.
    pub(crate) fn of_record(path: &str) -> Self {
        Self { path: path.to_owned(), digest: String::new(), size: String::new() }
    }
}

/// The text of the file.
pub(crate) fn render(rows: &[Row]) -> String {
    let line = |row: &Row| format!("{},{},{}\n", quoted(&row.path), quoted(&row.digest), quoted(&row.size));
    rows.iter().map(line).collect()
}

fn quoted(value: &str) -> String {
    if value.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", value.replace('"', "\"\""))
    } else {
        value.to_owned()
    }
}

/// Reads the text of the file; `None` if it does not follow RFC 4180 or a row has not three values.
pub(crate) fn parse(text: &str) -> Option<Vec<Row>> {
    let mut rows = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let mut values = Vec::new();
        loop {
            let (value, after) = parse_value(rest)?;
            values.push(value);
            match after.strip_prefix(',') {
                Some(after) => rest = after,
                None => {
                    let after = after.strip_prefix('\r').unwrap_or(after);
                    rest = if after.is_empty() { after } else { after.strip_prefix('\n')? };
                    break;
                }
            }
        }
        let [path, digest, size] = <[String; 3]>::try_from(values).ok()?;
        rows.push(Row { path, digest, size });
    }
    Some(rows)
}

fn parse_value(text: &str) -> Option<(String, &str)> {
    let Some(mut rest) = text.strip_prefix('"') else {
        let (value, rest) = text.split_at(text.find([',', '\n']).unwrap_or(text.len()));
        // The line may end with both characters; a lone one is part of the value.
        let value = if rest.starts_with(',') { value } else { value.strip_suffix('\r').unwrap_or(value) };
        return Some((value.to_owned(), rest));
    };
    let mut value = String::new();
    loop {
        let (part, after) = rest.split_once('"')?;
        value.push_str(part);
        match after.strip_prefix('"') {
            Some(after) => {
                value.push('"');
                rest = after;
            }
            None => return Some((value, after)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_sha256_in_unpadded_url_safe_base64() {
        let row = Row::of("film_lab/py.typed", b"");
        assert_eq!(row.digest, "sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU");
        assert_eq!(render(&[row]), "film_lab/py.typed,sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU,0\n");
    }

    #[test]
    fn values_with_commas_and_quotes_are_quoted() {
        let rows = [
            Row::of_record("a,b"),
            Row::of_record("say \"hi\""),
            Row::of_record("two\nlines"),
            Row::of_record("größe"),
        ];
        let text = render(&rows);
        assert_eq!(text, "\"a,b\",,\n\"say \"\"hi\"\"\",,\n\"two\nlines\",,\ngröße,,\n");
        assert_eq!(parse(&text).unwrap(), rows);
    }

    #[test]
    fn broken_text_is_not_read() {
        for text in ["a,b\n", "a,b,c,d\n", "\"a,b,c\n", "\"a\"x,b,c\n", "\n"] {
            assert_eq!(parse(text), None, "{text:?}");
        }
        assert_eq!(parse(""), Some(Vec::new()));
    }

    #[test]
    fn lines_may_end_as_on_windows_and_the_last_may_not_end() {
        let rows = parse("a,\"b\",1\r\nRECORD,,\r\n").unwrap();
        assert_eq!(rows, parse("a,b,1\nRECORD,,").unwrap());
        assert_eq!(rows[1], Row::of_record("RECORD"));
    }
}
