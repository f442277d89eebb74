//! What all pages share: head, header with the search, and footer.

use super::{book::Book, card::paint, markup::Markup};

/// A page of the site.
#[derive(Debug)]
pub(super) struct Frame<'a> {
    pub(super) book: &'a Book<'a>,
    /// What leads from the page to the top of the site: empty, or `../`.
    pub(super) up: &'static str,
    pub(super) title: String,
    /// One sentence for those who list pages.
    pub(super) description: String,
}

impl Frame<'_> {
    /// The whole page.
    pub(super) fn around(&self, main: &Markup) -> String {
        let book = self.book;
        let at = |path: &str| format!("{}{path}", self.up);
        let mut html = Markup::new();
        html.element("html", &[("lang", "en")], |html| {
            html.line().element("head", &[], |head| {
                head.line().void("meta", &[("charset", "utf-8")]);
                head.line().leaf("title", &[], &self.title);
                head.line().void("meta", &[("name", "viewport"), ("content", "width=device-width, initial-scale=1")]);
                head.line().void("meta", &[("name", "color-scheme"), ("content", "light dark")]);
                head.line().void("meta", &[("name", "generator"), ("content", "cargo chainner docs")]);
                if !self.description.is_empty() {
                    head.line().void("meta", &[("name", "description"), ("content", &self.description)]);
                }
                head.line().void("link", &[("rel", "stylesheet"), ("href", &at("style.css"))]);
                head.line().element("script", &[("src", &at("search.js")), ("defer", "")], |_| ()).line();
            });
            html.line().element("body", &[], |body| {
                body.line().leaf("a", &[("class", "skip"), ("href", "#main")], "Skip to the content");
                body.line().element("header", &[("class", "top")], |header| {
                    header.element("a", &[("class", "brand"), ("href", &at("index.html"))], |a| {
                        tile(a, &book.schema["package"]["color"], &book.schema["package"]["icon"], book.name());
                        a.leaf("span", &[], book.name());
                    });
                    let form =
                        [("role", "search"), ("action", &*at("index.html")), ("method", "get"), ("class", "search")];
                    header.line().element("form", &form, |form| {
                        form.leaf("label", &[("for", "search")], "Search nodes");
                        form.void(
                            "input",
                            &[
                                ("type", "search"),
                                ("id", "search"),
                                ("name", "q"),
                                ("placeholder", "Search nodes"),
                                ("autocomplete", "off"),
                            ],
                        );
                    });
                });
                body.line().element("main", &[("id", "main")], |inside| {
                    inside.add(main).line();
                });
                body.line().element("footer", &[], |footer| {
                    let text = format!("{} {}. Made of the compiled package by ", book.package, book.version);
                    footer.element("p", &[], |p| {
                        p.text(&text).leaf("code", &[], "cargo chainner docs").text(".");
                    });
                });
                body.line();
            });
            html.line();
        });
        format!("<!DOCTYPE html>\n{}\n", html.source())
    }
}

/// The place of an icon, in the colour of a category or package. It says nothing that the name beside it does not.
pub(super) fn tile(out: &mut Markup, color: &serde_json::Value, icon: &serde_json::Value, name: &str) {
    let color = paint::color(color.as_str().unwrap_or_default());
    let style = format!("background:{color};color:{}", paint::ink_on(&color));
    let glyph = paint::glyph(icon.as_str().unwrap_or_default(), name);
    out.leaf("span", &[("class", "tile"), ("style", &style), ("aria-hidden", "true")], &glyph);
}

/// `1 node`, `2 nodes`.
pub(super) fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
