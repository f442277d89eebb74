//! HTML and SVG, written so that whatever an author writes stays text: elements close, and texts and values are escaped.

use std::fmt::Write as _;

/// A piece of a document that is well-formed, both as HTML and as XML.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Markup(String);

/// Elements of HTML that hold nothing, and have no end tag.
const VOID: &[&str] = &["br", "hr", "img", "input", "link", "meta"];

impl Markup {
    /// A piece without anything.
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// Adds a text.
    pub(super) fn text(&mut self, text: &str) -> &mut Self {
        escape(text, &mut self.0);
        self
    }

    /// Adds an element with what `inside` puts into it.
    pub(super) fn element(
        &mut self,
        name: &str,
        attributes: &[(&str, &str)],
        inside: impl FnOnce(&mut Self),
    ) -> &mut Self {
        self.start(name, attributes);
        if VOID.contains(&name) {
            self.0.push('>');
            return self;
        }
        self.0.push('>');
        inside(self);
        let _ = write!(self.0, "</{name}>");
        self
    }

    /// Adds an element with a text in it.
    pub(super) fn leaf(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) -> &mut Self {
        self.element(name, attributes, |inside| {
            inside.text(text);
        })
    }

    /// Adds an element of HTML that holds nothing.
    pub(super) fn void(&mut self, name: &str, attributes: &[(&str, &str)]) -> &mut Self {
        self.element(name, attributes, |_| ())
    }

    /// Adds an element of SVG that holds nothing.
    pub(super) fn shape(&mut self, name: &str, attributes: &[(&str, &str)]) -> &mut Self {
        self.start(name, attributes);
        self.0.push_str("/>");
        self
    }

    /// Adds another piece.
    pub(super) fn add(&mut self, other: &Self) -> &mut Self {
        self.0.push_str(&other.0);
        self
    }

    /// Begins a line of the source.
    pub(super) fn line(&mut self) -> &mut Self {
        self.0.push('\n');
        self
    }

    /// The content of an element whose text is not read as markup (`style` in SVG): what the tool itself brings.
    pub(super) fn own(&mut self, text: &'static str) -> &mut Self {
        self.0.push_str(text);
        self
    }

    /// Without white space at the end.
    pub(super) fn trimmed(mut self) -> Self {
        self.0.truncate(self.0.trim_end().len());
        self
    }

    /// Whether there is nothing in it.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The source.
    pub(super) fn source(&self) -> &str {
        &self.0
    }

    fn start(&mut self, name: &str, attributes: &[(&str, &str)]) {
        let _ = write!(self.0, "<{name}");
        for (name, value) in attributes {
            let _ = write!(self.0, " {name}=\"");
            escape(value, &mut self.0);
            self.0.push('"');
        }
    }
}

/// Writes a text so that it is one in HTML and XML. Control characters, which neither can hold, become U+FFFD.
fn escape(text: &str, out: &mut String) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' => out.push(letter),
            '\r' => {}
            letter if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            letter => out.push(letter),
        }
    }
}

/// The address of a file of the site, as it stands in a link.
pub(super) fn address(path: &str) -> String {
    let mut address = String::new();
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' | b'#' => {
                address.push(byte.into());
            }
            other => {
                let _ = write!(address, "%{other:02X}");
            }
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_authors_write_stays_text() {
        let mut markup = Markup::new();
        markup.element("p", &[("title", "\"><script>")], |p| {
            p.text("<b>&amp;</b>\u{7}").void("br", &[]);
        });
        assert_eq!(
            markup.source(),
            "<p title=\"&quot;&gt;&lt;script&gt;\">&lt;b&gt;&amp;amp;&lt;/b&gt;\u{fffd}<br></p>"
        );
    }

    #[test]
    fn addresses_hold_no_letters_of_other_scripts() {
        assert_eq!(address("nodes/größe.html#in-1"), "nodes/gr%C3%B6%C3%9Fe.html#in-1");
    }
}
