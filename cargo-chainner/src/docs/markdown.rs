//! Documentation comments as HTML. HTML in them stays text, links go to places of the web or to pages of the site only, and pictures
//! become links: the site asks no other server for anything.

use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::{
    book::Book,
    markup::{Markup, address},
};

/// Schemes of links that are kept.
const SCHEMES: [&str; 3] = ["https:", "http:", "mailto:"];

/// How text is written for one page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Writer<'a> {
    /// The package, whose nodes can be linked to.
    pub(super) book: &'a Book<'a>,
    /// What leads from the page to the top of the site: empty, or `../`.
    pub(super) up: &'static str,
    /// Level of the headings below which the text stands: its first level is the next.
    pub(super) level: u8,
}

impl Writer<'_> {
    /// Blocks of text: paragraphs, lists, code, tables.
    pub(super) fn blocks(&self, text: &str) -> Markup {
        self.written(text, false)
    }

    /// A text in a line: paragraphs without their marks.
    pub(super) fn line(&self, text: &str) -> Markup {
        self.written(text, true)
    }

    fn written(&self, text: &str, inline: bool) -> Markup {
        // As rustdoc does: `[vignette]` is a link if there is such a node. What is no node stays as it is written.
        let mut nodes = |link: BrokenLink<'_>| {
            let target = self.node(&link.reference)?;
            Some((CowStr::from(target), CowStr::from("")))
        };
        let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
        let parser = Parser::new_with_broken_link_callback(text, options, Some(&mut nodes));
        let mut out =
            Html { writer: *self, inline, stack: vec![(None, Markup::new())], header: false, heading: self.level };
        for event in parser {
            out.event(event);
        }
        out.finish()
    }

    /// Address of the page of a node that is named by its id or its function, as in Rust's documentation.
    fn node(&self, name: &str) -> Option<String> {
        let name = name.trim_matches('`').trim_end_matches("()");
        let name = name.strip_prefix("fn@").unwrap_or(name);
        let last = name.rsplit("::").next().unwrap_or(name);
        let node = self.book.by_id(name).or_else(|| self.book.by_function(last))?;
        Some(format!("{}{}", self.up, address(&node.page())))
    }

    /// Where a link of the text leads; `None` if nowhere.
    fn target(&self, destination: &str) -> Option<String> {
        let lower = destination.trim().to_ascii_lowercase();
        if SCHEMES.iter().any(|scheme| lower.starts_with(scheme)) {
            return Some(destination.trim().to_owned());
        }
        let own = self.book.nodes.iter().any(|node| format!("{}{}", self.up, address(&node.page())) == destination);
        if own {
            return Some(destination.to_owned());
        }
        let node = self.node(destination);
        // Paths of Rust that are no nodes are for rustdoc.
        if node.is_none() && destination.contains(['/', '.', '#']) {
            self.book.lost_links.borrow_mut().insert(destination.to_owned());
        }
        node
    }
}

/// An element that is open: its name and attributes.
type Open = Option<(&'static str, Vec<(&'static str, String)>)>;

struct Html<'a> {
    writer: Writer<'a>,
    inline: bool,
    stack: Vec<(Open, Markup)>,
    header: bool,
    /// Level of the heading before.
    heading: u8,
}

impl Html<'_> {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => {
                self.top().text(&text);
            }
            Event::Code(code) => {
                let target = self.writer.book.by_id(&code).map(|_| self.writer.node(&code));
                match target.flatten().filter(|_| !self.is_in_link()) {
                    Some(target) => self.top().element("a", &[("href", &target)], |a| {
                        a.leaf("code", &[], &code);
                    }),
                    None => self.top().leaf("code", &[], &code),
                };
            }
            Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.top().leaf("code", &[], &text);
            }
            Event::SoftBreak => {
                self.top().text("\n");
            }
            Event::HardBreak => {
                self.top().void("br", &[]);
            }
            Event::Rule if !self.inline => {
                self.top().void("hr", &[]);
            }
            Event::Rule => {}
            Event::TaskListMarker(done) => {
                self.top().text(if done { "☑ " } else { "☐ " });
            }
            Event::FootnoteReference(name) => {
                self.top().text(&format!("[^{name}]"));
            }
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        let open: Open = match tag {
            Tag::Link { link_type, dest_url, .. } => {
                let destination = match link_type {
                    LinkType::Email => format!("mailto:{dest_url}"),
                    _ => dest_url.to_string(),
                };
                self.writer.target(&destination).map(|target| ("a", vec![("href", target)]))
            }
            // A picture elsewhere is a link to it.
            Tag::Image { dest_url, .. } if !self.is_in_link() => {
                self.writer.target(&dest_url).map(|target| ("a", vec![("href", target)]))
            }
            Tag::Emphasis => Some(("em", vec![])),
            Tag::Strong => Some(("strong", vec![])),
            Tag::Strikethrough => Some(("s", vec![])),
            _ if self.inline => None,
            Tag::Paragraph | Tag::HtmlBlock => Some(("p", vec![])),
            Tag::Heading { level, .. } => {
                // No level is left out, as those ask who read by headings.
                self.heading = (self.writer.level + level as u8).min(self.heading + 1).min(6);
                Some((heading(self.heading), vec![]))
            }
            Tag::BlockQuote(_) => Some(("blockquote", vec![])),
            Tag::CodeBlock(kind) => {
                let attributes = match kind {
                    CodeBlockKind::Fenced(language) if !language.is_empty() => {
                        let name: String = language.chars().take_while(char::is_ascii_alphanumeric).collect();
                        vec![("data-language", name)]
                    }
                    _ => vec![],
                };
                Some(("pre", [vec![("tabindex", "0".to_owned())], attributes].concat()))
            }
            Tag::List(Some(1)) => Some(("ol", vec![])),
            Tag::List(Some(start)) => Some(("ol", vec![("start", start.to_string())])),
            Tag::List(None) => Some(("ul", vec![])),
            Tag::Item => Some(("li", vec![])),
            Tag::Table(_) => Some(("table", vec![])),
            Tag::TableHead => {
                self.header = true;
                self.open(Some(("thead", vec![])));
                Some(("tr", vec![]))
            }
            Tag::TableRow => Some(("tr", vec![])),
            Tag::TableCell if self.header => Some(("th", vec![("scope", "col".to_owned())])),
            Tag::TableCell => Some(("td", vec![])),
            _ => None,
        };
        self.open(open);
    }

    fn end(&mut self, tag: TagEnd) {
        if self.inline && matches!(tag, TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::CodeBlock) {
            self.top().text(" ");
        }
        self.close();
        if tag == TagEnd::TableHead && !self.inline {
            self.header = false;
            self.close();
        }
    }

    fn is_in_link(&self) -> bool {
        self.stack.iter().any(|(open, _)| matches!(open, Some(("a", _))))
    }

    fn top(&mut self) -> &mut Markup {
        if self.stack.is_empty() {
            self.stack.push((None, Markup::new()));
        }
        let last = self.stack.len() - 1;
        &mut self.stack[last].1
    }

    fn open(&mut self, open: Open) {
        self.stack.push((open, Markup::new()));
    }

    fn close(&mut self) {
        let Some((open, inside)) = self.stack.pop() else { return };
        match open {
            Some((name, attributes)) => {
                let attributes: Vec<(&str, &str)> =
                    attributes.iter().map(|(name, value)| (*name, value.as_str())).collect();
                self.top().element(name, &attributes, |element| {
                    element.add(&inside);
                });
            }
            None => {
                self.top().add(&inside);
            }
        }
    }

    fn finish(mut self) -> Markup {
        while self.stack.len() > 1 {
            self.close();
        }
        std::mem::take(self.top()).trimmed()
    }
}

fn heading(level: u8) -> &'static str {
    match level {
        0..=2 => "h2",
        3 => "h3",
        4 => "h4",
        5 => "h5",
        _ => "h6",
    }
}

#[cfg(test)]
mod tests {
    use super::{super::fixture::with_book, *};

    fn blocks(text: &str) -> String {
        with_book(|book| Writer { book, up: "../", level: 1 }.blocks(text).source().to_owned())
    }

    #[test]
    fn what_looks_like_html_stays_text() {
        let html = blocks("a <script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n\n`<b>` & <em>no</em>");
        assert_eq!(
            html,
            "<p>a &lt;script&gt;alert(1)&lt;/script&gt;</p><p>&lt;img src=x onerror=alert(1)&gt;\n</p>\
             <p><code>&lt;b&gt;</code> &amp; &lt;em&gt;no&lt;/em&gt;</p>"
        );
    }

    #[test]
    fn links_lead_to_the_web_or_to_nodes() {
        for (text, html) in [
            ("[a](https://example.org/?a=1&b)", "<p><a href=\"https://example.org/?a=1&amp;b\">a</a></p>"),
            ("[a](javascript:alert(1))", "<p>a</p>"),
            ("[a](JavaScript:alert(1))", "<p>a</p>"),
            ("[a](data:text/html,x)", "<p>a</p>"),
            ("[`grain`] and [shape]", "<p><a href=\"../nodes/grain.html\"><code>grain</code></a> and [shape]</p>"),
            ("[it](crate::grain)", "<p><a href=\"../nodes/grain.html\">it</a></p>"),
            ("`film:all:grain`", "<p><a href=\"../nodes/grain.html\"><code>film:all:grain</code></a></p>"),
            ("![alt](https://example.org/a.png)", "<p><a href=\"https://example.org/a.png\">alt</a></p>"),
            (
                "[![alt](https://example.org/a.png)](https://example.org/)",
                "<p><a href=\"https://example.org/\">alt</a></p>",
            ),
            ("<me@example.org>", "<p><a href=\"mailto:me@example.org\">me@example.org</a></p>"),
        ] {
            assert_eq!(blocks(text), html, "{text}");
        }
        with_book(|book| {
            Writer { book, up: "", level: 1 }.blocks("[a](../GUIDE.md) [b](crate::Shape) [c](#part)");
            let lost = book.lost_links.borrow();
            assert_eq!(lost.iter().map(String::as_str).collect::<Vec<_>>(), ["#part", "../GUIDE.md"]);
        });
    }

    #[test]
    fn headings_leave_no_level_out() {
        assert_eq!(blocks("#### a\n\n# b\n\n### c"), "<h2>a</h2><h2>b</h2><h3>c</h3>");
    }

    #[test]
    fn tables_lists_and_code_are_whole() {
        let html = blocks("| a | b |\n|---|---|\n| 1 | 2 |\n\n3. x\n\n```rust\n1 < 2\n```");
        assert_eq!(
            html,
            "<table><thead><tr><th scope=\"col\">a</th><th scope=\"col\">b</th></tr></thead><tr><td>1</td><td>2</td></tr></table>\
             <ol start=\"3\"><li>x</li></ol><pre tabindex=\"0\" data-language=\"rust\">1 &lt; 2\n</pre>"
        );
    }

    #[test]
    fn lines_have_no_blocks() {
        let line = with_book(|book| Writer { book, up: "", level: 3 }.line("# a\n\nb *c*\n- d").source().to_owned());
        assert_eq!(line, "a b <em>c</em> d");
    }
}
