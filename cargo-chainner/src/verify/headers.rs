//! `Name: value` lines as in METADATA and WHEEL (RFC 822 as Python's `email` reads it, core metadata).

/// The fields of a file, and what stands below them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Headers {
    fields: Vec<(String, String)>,
    /// What follows the first empty line.
    pub(crate) body: String,
    /// The first line that is no field, where readers take the body to begin.
    pub(crate) broken_line: Option<String>,
}

impl Headers {
    pub(crate) fn parse(text: &str) -> Self {
        let mut headers = Self::default();
        let mut rest = text;
        while !rest.is_empty() {
            let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
            let line = line.strip_suffix('\r').unwrap_or(line);
            if line.is_empty() {
                headers.body = after.to_owned();
                break;
            }
            if line.starts_with([' ', '\t']) && !headers.fields.is_empty() {
                if let Some((_, value)) = headers.fields.last_mut() {
                    value.push('\n');
                    value.push_str(line.trim_start());
                }
            } else if let Some((name, value)) = line.split_once(':').filter(|(name, _)| is_field_name(name)) {
                headers.fields.push((name.to_owned(), value.trim().to_owned()));
            } else {
                headers.broken_line = Some(line.to_owned());
                headers.body = rest.to_owned();
                break;
            }
            rest = after;
        }
        headers
    }

    /// All values of a field, whose name is read in any case.
    pub(crate) fn all(&self, field: &str) -> Vec<&str> {
        let named = self.fields.iter().filter(|(name, _)| name.eq_ignore_ascii_case(field));
        named.map(|(_, value)| value.as_str()).collect()
    }

    /// The first value of a field.
    pub(crate) fn first(&self, field: &str) -> Option<&str> {
        self.all(field).first().copied()
    }

    /// All fields, in their order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

fn is_field_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_continue_on_indented_lines_and_end_at_an_empty_one() {
        let headers = Headers::parse("Name: lab\r\nDescription: one\r\n  two\r\nTag: a\nTag: b\n\nTag: body\n");
        assert_eq!(headers.first("name"), Some("lab"));
        assert_eq!(headers.first("Description"), Some("one\ntwo"));
        assert_eq!(headers.all("Tag"), ["a", "b"]);
        assert_eq!(headers.body, "Tag: body\n");
        assert_eq!(headers.broken_line, None);
    }

    #[test]
    fn a_line_that_is_no_field_ends_the_fields() {
        let headers = Headers::parse("Summary: one\ntwo words\nRequires-Dist: numpy\n");
        assert_eq!(headers.broken_line.as_deref(), Some("two words"));
        assert!(headers.all("Requires-Dist").is_empty());
    }
}
