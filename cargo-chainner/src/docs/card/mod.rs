//! The picture of a node as the app draws it when it is placed: header, controls at their defaults, handles in the colours of types.
//!
//! | file | noun |
//! |---|---|
//! | `control.rs` | the control of one input |
//! | `hue.rs` | the colours of handles |
//! | `letters.rs` | how wide a text will be |
//! | `paint.rs` | colours that authors write |
//! | `pen.rs` | shapes and texts at places |

mod control;
pub(super) mod hue;
mod letters;
pub(super) mod paint;
mod pen;

use chainner_sdk::declare::NodeKind;
use serde_json::Value;

use super::{
    book::{Input, Node, Output, list, text},
    condition::holds,
    markup::Markup,
};
pub(super) use control::hexadecimal;
use hue::Hue;
use pen::{Anchor, Area, FAINT, ICON, LABEL, Pen, TAG, TITLE, pixels};

/// What stands around the card: room for handles.
const MARGIN: f64 = 10.0;
/// Between the edge of the card and what stands in it.
const PAD: f64 = 16.0;
const GAP: f64 = 8.0;
const ROW: f64 = 26.0;
const CAPTION: f64 = 20.0;
const HEADER: f64 = 40.0;
const TILE: f64 = 24.0;
const HANDLE: f64 = 6.5;
const MIN_WIDTH: f64 = 260.0;
const MAX_WIDTH: f64 = 380.0;

/// A picture, with its size in pixels.
#[derive(Debug)]
pub(super) struct Picture {
    pub(super) source: String,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// Draws a node.
pub(super) fn draw(node: &Node<'_>) -> Picture {
    let mut card = Card { node, pen: Pen::default(), y: MARGIN, width: width(node), gradients: 0 };
    card.header();
    card.y += GAP;
    card.items(list(node.schema, "groupLayout"));
    card.outputs();
    card.finish()
}

struct Card<'a> {
    node: &'a Node<'a>,
    pen: Pen,
    /// Where the next row begins.
    y: f64,
    /// Of the card, without its margin.
    width: f64,
    gradients: usize,
}

/// As wide as the longest label asks for, within limits.
fn width(node: &Node<'_>) -> f64 {
    let badge = badge(node).map_or(0.0, |badge| TAG.font.width(badge) + 24.0);
    let title = TITLE.font.width(node.name()) + TILE + GAP + badge;
    let inputs = node.inputs.iter().map(|input| {
        let pill = TAG.font.width(&hue::of_input(&input.described.kind).0) + 24.0;
        LABEL.font.width(&input.label()) + if input.kind() == "generic" { pill } else { 0.0 }
    });
    let outputs = node.outputs.iter().map(|output| LABEL.font.width(text(output.schema, "label")) + 96.0);
    let longest = inputs.chain(outputs).fold(title, f64::max) + 2.0 * PAD + 4.0;
    longest.clamp(MIN_WIDTH, MAX_WIDTH).round()
}

/// What the header tells of the sort of node.
fn badge(node: &Node<'_>) -> Option<&'static str> {
    match node.kind() {
        _ if node.schema["deprecated"] == true => Some("deprecated"),
        NodeKind::Regular => None,
        kind => Some(kind.as_str()),
    }
}

impl Card<'_> {
    fn left(&self) -> f64 {
        MARGIN + PAD
    }

    fn right(&self) -> f64 {
        MARGIN + self.width - PAD
    }

    fn inner(&self) -> f64 {
        self.width - 2.0 * PAD
    }

    /// The room of a row of this height, which is used up.
    fn row(&mut self, height: f64) -> Area {
        let area = Area::new(self.left(), self.y, self.inner(), height);
        self.y += height;
        area
    }

    fn header(&mut self) {
        let middle = MARGIN + HEADER / 2.0 + 2.0;
        let tile = Area::new(self.left() - 4.0, middle - TILE / 2.0, TILE, TILE);
        let color = paint::color(self.node.color());
        self.pen.painted(tile, 6.0, &color);
        let glyph = paint::glyph(text(self.node.schema, "icon"), self.node.name());
        let (x, y) = tile.middle();
        self.pen.letter(ICON, (x, y), &glyph, paint::ink_on(&color));
        let mut end = self.right();
        if let Some(badge) = badge(self.node) {
            end = self.pill(badge, end, middle) - GAP;
        }
        let start = tile.right() + GAP;
        self.pen.text(TITLE, (start, middle), Anchor::Start, end - start, self.node.name());
        // The colour of the category, along the top.
        let (left, right) = (MARGIN, MARGIN + self.width);
        // Four pixels below the top, the round corner is still this far in.
        let (inset, low) = (8.0 - f64::sqrt(48.0), pixels(MARGIN + 4.0));
        let top = format!(
            "M{} {low}A8 8 0 0 1 {} {MARGIN}H{}A8 8 0 0 1 {} {low}z",
            pixels(left + inset),
            pixels(left + 8.0),
            pixels(right - 8.0),
            pixels(right - inset)
        );
        self.pen.painted_path(&top, &color);
        self.y = MARGIN + HEADER + 2.0;
        self.rule();
    }

    fn rule(&mut self) {
        let line = format!("M{} {}h{}", pixels(MARGIN), pixels(self.y), pixels(self.width));
        self.pen.path(&line, "rule");
    }

    /// A small word in a frame that ends at `right`; where it begins.
    fn pill(&mut self, word: &str, right: f64, middle: f64) -> f64 {
        let word = TAG.font.fitted(word, self.inner() / 2.0);
        let width = TAG.font.width(&word) + 16.0;
        self.pen.area(Area::new(right - width, middle - 9.0, width, 18.0), 9.0, "pill");
        self.pen.text(TAG, (right - width / 2.0, middle), Anchor::Middle, width - 8.0, &word);
        right - width
    }

    fn items(&mut self, items: &[Value]) {
        for item in items {
            if item.is_object() {
                self.group(item);
            } else if let Some(input) = self.node.input(item) {
                self.input(input);
            }
        }
    }

    fn group(&mut self, group: &Value) {
        let items = list(group, "items");
        match group["kind"].as_str() {
            Some("conditional") if !holds(&group["options"]["condition"], self.node) => {}
            Some("optional-list") => self.more(),
            Some("seed") => {
                if let [Some(input)] = [items.first().and_then(|id| self.node.input(id))] {
                    self.seed(input);
                }
            }
            Some("linked-inputs") => {
                let top = self.y;
                self.items(items);
                self.link(top, self.y - GAP);
            }
            Some("icon-set") => self.icon_set(text(&group["options"], "label"), items),
            Some("from-to-dropdowns") => match items {
                [from, to] => match (self.node.input(from), self.node.input(to)) {
                    (Some(from), Some(to)) => self.pair(from, to),
                    _ => self.items(items),
                },
                _ => self.items(items),
            },
            _ => self.items(items),
        }
    }

    fn outputs(&mut self) {
        let fused: Vec<&Value> = self.node.inputs.iter().map(|input| &input.schema["fused"]["outputId"]).collect();
        let node = self.node;
        let shown: Vec<&Output<'_>> =
            node.outputs.iter().filter(|output| !fused.contains(&&output.schema["id"])).collect();
        if shown.is_empty() {
            return;
        }
        if !self.node.inputs.is_empty() {
            self.rule();
            self.y += GAP;
        }
        for output in shown {
            self.output(output);
        }
    }

    fn output(&mut self, output: &Output<'_>) {
        let (word, hue) = hue::of_output(output.described.kind, output.schema["type"].as_str().unwrap_or_default());
        let kind = text(output.schema, "kind");
        if kind == "large-image" {
            let area = self.row(120.0);
            self.pen.area(area, 6.0, "field");
            self.picture_sign(area.middle());
            self.y += GAP;
        }
        let area = self.row(ROW);
        let (_, middle) = area.middle();
        if output.schema["hasHandle"] != false {
            let edge = MARGIN + self.width;
            self.handle((edge, middle), &[hue], output.described.iterated);
        }
        let label = text(output.schema, "label");
        let limit = self.inner() - 90.0;
        let used = self.pen.text(LABEL, (area.right(), middle), Anchor::End, limit, label);
        let mut end = area.right() - used - GAP;
        if kind == "generic" && hue == Hue::Image {
            end -= 20.0;
            self.eye((end + 8.0, middle));
            end -= 4.0;
        }
        if word != label {
            self.pill(&word, end, middle);
        }
        if kind == "tagged" {
            let area = self.row(22.0);
            let (_, middle) = area.middle();
            self.pill("…", area.right(), middle);
        }
        self.y += GAP - 4.0;
    }

    /// A handle on the edge of the card; of sequences with a ring around it.
    fn handle(&mut self, (x, y): (f64, f64), hues: &[Hue], iterated: bool) {
        if iterated {
            self.pen.circle((x, y), HANDLE + 3.0, "ring", None);
        }
        match hues {
            [first, second, ..] => {
                let half = |sweep: u8| {
                    let (top, radius) = (pixels(y - HANDLE), pixels(HANDLE));
                    format!("M{} {top}a{radius} {radius} 0 0 {sweep} 0 {}z", pixels(x), pixels(2.0 * HANDLE))
                };
                self.pen.painted_path(&half(0), first.paint());
                self.pen.painted_path(&half(1), second.paint());
            }
            [only] => self.pen.circle((x, y), HANDLE, "handle", Some(only.paint())),
            [] => {}
        }
    }

    /// Inputs that are there when they are asked for.
    fn more(&mut self) {
        let area = self.row(ROW);
        self.pen.area(area, 6.0, "open");
        self.pen.text(FAINT, area.middle(), Anchor::Middle, area.width - 16.0, "+ Add input");
        self.y += GAP;
    }

    fn eye(&mut self, (x, y): (f64, f64)) {
        let lids = format!("M{} {}q8 -9 16 0q-8 9 -16 0z", pixels(x - 8.0), pixels(y));
        self.pen.path(&lids, "stroke");
        self.pen.circle((x, y), 1.8, "knob", None);
    }

    fn picture_sign(&mut self, (x, y): (f64, f64)) {
        let (left, top) = (pixels(x - 18.0), pixels(y - 13.0));
        self.pen.path(&format!("M{left} {top}h36v26h-36zm4 21l9 -10l7 7l5 -5l7 8"), "stroke");
        self.pen.circle((x + 9.0, y - 6.0), 2.5, "knob", None);
    }

    fn finish(self) -> Picture {
        let bottom = self.y + 2.0;
        let (width, height) = (self.width + 2.0 * MARGIN, bottom + MARGIN);
        let [w, h] = [width, height].map(pixels);
        let mut back = Pen::default();
        back.area(Area::new(MARGIN, MARGIN, self.width, bottom - MARGIN), 8.0, "card");
        let name = format!("Node {}", self.node.name());
        let attributes = [
            ("xmlns", "http://www.w3.org/2000/svg"),
            ("width", &*w),
            ("height", &h),
            ("viewBox", &format!("0 0 {w} {h}")),
            ("role", "img"),
            ("aria-label", &name),
        ];
        let mut svg = Markup::new();
        svg.element("svg", &attributes, |svg| {
            svg.line().element("style", &[], |style| {
                style.own(include_str!("card.css"));
            });
            svg.add(&back.out).add(&self.pen.out).line();
        });
        svg.line();
        Picture { source: svg.source().to_owned(), width, height }
    }
}

impl Card<'_> {
    /// The handles of an input, at the middle of its row.
    fn input_handles(&mut self, input: &Input<'_>, middle: f64) {
        if input.schema["hasHandle"] == true {
            let (_, hues) = hue::of_input(&input.described.kind);
            self.handle((MARGIN, middle), &hues, input.described.iterated);
        }
        let id = &input.schema["fused"]["outputId"];
        let node = self.node;
        if let Some(output) = node.outputs.iter().find(|output| output.schema["id"] == *id) {
            let (_, hue) = hue::of_output(output.described.kind, "");
            self.handle((MARGIN + self.width, middle), &[hue], output.described.iterated);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::fixture::with_book, *};

    /// The texts of a picture, as an XML parser reads them.
    fn texts(picture: &Picture) -> Vec<String> {
        let document = roxmltree::Document::parse(&picture.source).expect("well-formed");
        let is_text = |node: &roxmltree::Node<'_, '_>| node.has_tag_name(("http://www.w3.org/2000/svg", "text"));
        document.descendants().filter(is_text).filter_map(|node| node.text().map(str::to_owned)).collect()
    }

    #[test]
    fn what_is_hidden_at_defaults_is_not_drawn() {
        let drawn = with_book(|book| draw(&book.nodes[0]));
        assert_eq!(texts(&drawn), ["G", "Grain <b>", "Image", "Mode", "A", "Fast", "Image"]);
    }

    #[test]
    fn everything_stays_on_the_card() {
        with_book(|book| {
            let one = &book.nodes[0];
            let mut schema = one.schema.clone();
            schema["groupLayout"] = serde_json::json!([0, 1, 2, 3, 4]);
            let drawn = draw(&Node::new(&schema, one.described, one.category, one.group));
            let document = roxmltree::Document::parse(&drawn.source).expect("well-formed");
            let mut long = 0;
            for node in document.descendants().filter(|node| node.is_element()) {
                let number = |name: &str| node.attribute(name).map(|text| text.parse::<f64>().expect("a number"));
                if let (Some(x), Some(width)) = (number("x"), number("width")) {
                    assert!(x >= 0.0 && x + width <= drawn.width, "{node:?}");
                }
                if node.has_tag_name(("http://www.w3.org/2000/svg", "text")) {
                    let length = number("textLength").unwrap_or_default();
                    assert!(number("x").expect("a place") + length <= drawn.width - MARGIN - PAD + 0.1, "{node:?}");
                    long += usize::from(
                        node.text().is_some_and(|text| text.ends_with('…')) && node.children().count() == 2,
                    );
                }
                assert!(number("y").is_none_or(|y| y < drawn.height));
            }
            assert_eq!(long, 1, "the long label is cut, and whole in its title");
        });
    }
}
