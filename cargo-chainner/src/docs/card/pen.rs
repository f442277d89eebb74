//! Draws the parts of a card: shapes and texts at places, in pixels.

use super::{super::markup::Markup, letters::Font};

/// Where a text begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    /// Left end at the place.
    Start,
    /// Middle at the place.
    Middle,
    /// Right end at the place.
    End,
}

/// What a text looks like: its class in the style of the card, and its font.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    pub(super) class: &'static str,
    pub(super) font: Font,
}

pub(super) const TITLE: Look = Look { class: "title", font: Font { size: 15.0, bold: true } };
pub(super) const LABEL: Look = Look { class: "label", font: Font { size: 13.0, bold: false } };
pub(super) const VALUE: Look = Look { class: "value", font: Font { size: 13.0, bold: false } };
pub(super) const FAINT: Look = Look { class: "faint", font: Font { size: 12.0, bold: false } };
pub(super) const TAG: Look = Look { class: "tag", font: Font { size: 11.0, bold: false } };
pub(super) const ICON: Look = Look { class: "icon", font: Font { size: 13.0, bold: true } };

/// Share of its room up to which a text is left to the font of the reader; others are squeezed into what was estimated.
const EASY: f64 = 0.85;

/// A place and a size, in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Area {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Area {
    pub(super) fn new(x: f64, y: f64, width: f64, height: f64) -> Self {
        Self { x, y, width, height }
    }

    pub(super) fn right(self) -> f64 {
        self.x + self.width
    }

    pub(super) fn middle(self) -> (f64, f64) {
        (self.x + self.width / 2.0, self.y + self.height / 2.0)
    }
}

/// A drawing in the making.
#[derive(Debug, Default)]
pub(super) struct Pen {
    pub(super) out: Markup,
}

impl Pen {
    /// A rectangle with round corners.
    pub(super) fn area(&mut self, area: Area, radius: f64, class: &str) {
        let [x, y, width, height, rx] = [area.x, area.y, area.width, area.height, radius].map(pixels);
        let attributes = [("x", &*x), ("y", &y), ("width", &width), ("height", &height), ("rx", &rx), ("class", class)];
        self.out.line().shape("rect", &attributes);
    }

    /// As [`area`](Self::area), in a colour of the package.
    pub(super) fn painted(&mut self, area: Area, radius: f64, fill: &str) {
        let [x, y, width, height, rx] = [area.x, area.y, area.width, area.height, radius].map(pixels);
        let attributes = [("x", &*x), ("y", &y), ("width", &width), ("height", &height), ("rx", &rx), ("fill", fill)];
        self.out.line().shape("rect", &attributes);
    }

    /// Lines and curves, as SVG writes paths.
    pub(super) fn path(&mut self, path: &str, class: &str) {
        self.out.line().shape("path", &[("d", path), ("class", class)]);
    }

    /// As [`path`](Self::path), filled with a colour.
    pub(super) fn painted_path(&mut self, path: &str, fill: &str) {
        self.out.line().shape("path", &[("d", path), ("fill", fill)]);
    }

    pub(super) fn circle(&mut self, (x, y): (f64, f64), radius: f64, class: &str, fill: Option<&str>) {
        let [x, y, r] = [x, y, radius].map(pixels);
        let mut attributes = vec![("cx", &*x), ("cy", &y), ("r", &r), ("class", class)];
        attributes.extend(fill.map(|fill| ("fill", fill)));
        self.out.line().shape("circle", &attributes);
    }

    /// A text whose middle line is at `y`, never wider than `limit`; how wide it is.
    pub(super) fn text(&mut self, look: Look, (x, y): (f64, f64), anchor: Anchor, limit: f64, text: &str) -> f64 {
        // Line ends and tabs are spaces in a label.
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.is_empty() {
            return 0.0;
        }
        let shown = look.font.fitted(&text, limit);
        let width = look.font.width(&shown);
        // The baseline lies a third of the font size below the middle.
        let [x, y, length] = [x, y + look.font.size * 0.35, width].map(pixels);
        let mut attributes = vec![("x", &*x), ("y", &y), ("class", look.class)];
        match anchor {
            Anchor::Start => {}
            Anchor::Middle => attributes.push(("text-anchor", "middle")),
            Anchor::End => attributes.push(("text-anchor", "end")),
        }
        if width > limit * EASY {
            attributes.extend([("textLength", &*length), ("lengthAdjust", "spacingAndGlyphs")]);
        }
        let whole = (shown != text).then_some(text);
        self.out.line().element("text", &attributes, |inside| {
            inside.text(&shown);
            if let Some(whole) = whole {
                inside.leaf("title", &[], &whole);
            }
        });
        width
    }
}

/// A length as SVG writes it.
pub(super) fn pixels(length: f64) -> String {
    let text = format!("{length:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

impl Pen {
    /// A sign in the middle of a place, in a colour.
    pub(super) fn letter(&mut self, look: Look, (x, y): (f64, f64), text: &str, ink: &str) {
        let [x, y] = [x, y + look.font.size * 0.36].map(pixels);
        let style = format!("fill:{ink}");
        let attributes = [("x", &*x), ("y", &y), ("class", look.class), ("text-anchor", "middle"), ("style", &style)];
        self.out.line().leaf("text", &attributes, text);
    }
}
