//! The page of one node.

use chainner_sdk::{declare::NodeKind, library::InputValues};
use serde_json::Value;

use crate::wheel::is_required;

use super::{
    book::{Book, Input, Node, list, text},
    card::{Picture, paint},
    command_line::command_line,
    frame::{Frame, tile},
    markdown::Writer,
    markup::{Markup, address},
    overview::badges,
    sample::{HEIGHT, WIDTH},
    trial::{After, Shown, Trial},
};

/// What leads from the page to the top of the site.
const UP: &str = "../";
/// Path of the picture of an output in the site.
pub(super) fn picture(node: &Node<'_>, index: usize) -> String {
    format!("pictures/{}-{index}.png", node.described.function)
}

/// Path of a sample in the site.
pub(super) fn sample(name: &str) -> String {
    format!("pictures/samples/{name}.png")
}

/// Writes the page; of a node that was not tried, without what it made of samples.
pub(super) fn page(book: &Book<'_>, node: &Node<'_>, card: &Picture, trial: Option<&Trial>) -> String {
    let page = Page { book, node, writer: Writer { book, up: UP, level: 2 } };
    let mut main = Markup::new();
    page.head(&mut main);
    main.line().element("div", &[("class", "intro")], |intro| {
        intro.line().element("div", &[], |left| {
            left.element("div", &[("class", "docs")], |docs| page.documentation(docs));
            match trial {
                Some(Trial::Shown(shown)) => page.shown(left, shown),
                Some(Trial::Without(why)) => {
                    let text = format!("No example: {why}.");
                    left.line().leaf("p", &[("class", "none")], &text);
                }
                Some(Trial::Broken(_)) | None => {}
            }
        });
        intro.line().element("figure", &[("class", "card")], |figure| page.card(figure, card));
    });
    page.inputs(&mut main);
    page.outputs(&mut main);
    page.calls(&mut main);
    page.see_also(&mut main);
    page.neighbours(&mut main);
    let frame = Frame {
        book,
        up: UP,
        title: format!("{} — {}", node.name(), book.name()),
        description: plain(&node.summary()),
    };
    frame.around(&main)
}

/// A page in the making.
pub(super) struct Page<'p, 'a> {
    book: &'p Book<'a>,
    pub(super) node: &'p Node<'a>,
    pub(super) writer: Writer<'p>,
}

impl Page<'_, '_> {
    fn head(&self, main: &mut Markup) {
        let node = self.node;
        main.line().element("nav", &[("class", "crumbs"), ("aria-label", "Breadcrumb")], |nav| {
            let category =
                self.book.categories.iter().position(|category| category.schema["id"] == node.category["id"]);
            let href = format!("{UP}index.html#category-{}", category.unwrap_or_default());
            nav.leaf("a", &[("href", &format!("{UP}index.html"))], self.book.name());
            nav.text(" › ").leaf("a", &[("href", &href)], text(node.category, "name"));
            nav.text(" › ").leaf("span", &[], text(node.group, "name"));
        });
        main.line().element("h1", &[], |h1| {
            tile(h1, &node.category["color"], &node.schema["icon"], node.name());
            h1.text(node.name());
        });
        main.line().element("p", &[("class", "facts")], |p| {
            p.leaf("code", &[], node.id());
            for badge in badges(node) {
                p.text(" ").leaf("span", &[("class", "badge")], badge);
            }
        });
    }

    fn documentation(&self, docs: &mut Markup) {
        let node = self.node;
        if node.schema["deprecated"] == true {
            docs.leaf(
                "p",
                &[("class", "note")],
                "Deprecated: saved chains still run it, and the app no longer offers it.",
            );
        }
        // With what the app adds, such as a remark on colour depth.
        docs.add(&Writer { level: 1, ..self.writer }.blocks(text(node.schema, "description")));
        let sort = match node.kind() {
            NodeKind::Regular => None,
            NodeKind::Generator => Some("It is a generator: it makes a sequence, item by item."),
            NodeKind::Collector => Some("It is a collector: it takes a whole sequence and makes one result of it."),
            NodeKind::Transformer => Some("It is a transformer: it makes one sequence of another."),
        };
        if let Some(sort) = sort {
            docs.line().leaf("p", &[], sort);
        }
        if node.schema["hasSideEffects"] == true {
            docs.line().leaf(
                "p",
                &[],
                "It acts on more than its outputs: it runs even if nothing is connected to them.",
            );
        }
        if let Some(replaced) = &node.described.replaces {
            docs.line().element("p", &[], |p| {
                p.text("It can run in place of ").leaf("code", &[], replaced).text(".");
            });
        }
        let features: Vec<&str> = list(node.schema, "features").iter().filter_map(Value::as_str).collect();
        if !features.is_empty() {
            docs.line().leaf("h2", &[], "Features");
            docs.line().element("ul", &[], |ul| {
                for id in features {
                    let known = list(&self.book.schema["package"], "features").iter().find(|of| of["id"] == id);
                    ul.line().element("li", &[], |li| {
                        li.leaf("strong", &[], known.map_or(id, |of| text(of, "name")));
                        if let Some(description) =
                            known.map(|of| text(of, "description")).filter(|text| !text.is_empty())
                        {
                            li.text(": ").add(&self.writer.line(description));
                        }
                    });
                }
            });
        }
    }

    fn card(&self, figure: &mut Markup, card: &Picture) {
        let node = self.node;
        let labels = |labels: Vec<String>| if labels.is_empty() { "none".to_owned() } else { labels.join(", ") };
        let inputs = node.inputs.iter().filter(|input| input.is_shown(node)).map(Input::label).collect();
        let outputs = node.outputs.iter().map(|output| text(output.schema, "label").to_owned()).collect();
        let alt = format!(
            "The node {} as it is placed. Inputs: {}. Outputs: {}.",
            node.name(),
            labels(inputs),
            labels(outputs)
        );
        let [width, height] = [card.width, card.height].map(|side| format!("{}", side.round()));
        let src = format!("{UP}{}", address(&node.card()));
        figure.void("img", &[("src", &src), ("width", &width), ("height", &height), ("alt", &alt)]);
    }

    fn shown(&self, main: &mut Markup, shown: &Shown) {
        let node = self.node;
        let title = if shown.before.is_empty() { "Example" } else { "Before and after" };
        main.line().element("section", &[("aria-labelledby", "example")], |section| {
            section.leaf("h2", &[("id", "example")], title);
            if !shown.given.is_empty() {
                section.line().element("p", &[], |p| {
                    p.text("With ");
                    for (index, (label, value)) in shown.given.iter().enumerate() {
                        p.text(if index > 0 { ", " } else { "" }).text(label).text(" ").leaf("code", &[], value);
                    }
                    p.text(", and all else at its default.");
                });
            }
            section.line().element("div", &[("class", "example")], |row| {
                for (label, sample) in &shown.before {
                    row.line().element("figure", &[("class", "before")], |figure| {
                        let src = format!("{UP}{}", self::sample(sample.name()));
                        let [width, height] = [WIDTH, HEIGHT].map(|side| side.to_string());
                        figure.void(
                            "img",
                            &[("src", &src), ("width", &width), ("height", &height), ("alt", sample.alt())],
                        );
                        figure.element("figcaption", &[], |caption| {
                            caption.leaf("span", &[("class", "way")], "In").text(" ").text(label);
                        });
                    });
                }
                for (index, (label, after)) in shown.after.iter().enumerate() {
                    if let After::Picture { width, height, shape, smaller, .. } = after {
                        row.line().element("figure", &[("class", "after")], |figure| {
                            let src = format!("{UP}{}", address(&picture(node, index)));
                            let alt = format!("What {} makes of it: output {label}", node.name());
                            let [width, height] = [width, height].map(u32::to_string);
                            figure.void("img", &[("src", &src), ("width", &width), ("height", &height), ("alt", &alt)]);
                            figure.element("figcaption", &[], |caption| {
                                caption.leaf("span", &[("class", "way")], "Out").text(" ").text(label);
                                let shape = format!(" {shape}{}", if *smaller { ", shown smaller" } else { "" });
                                caption.leaf("small", &[], &shape);
                            });
                        });
                    }
                }
            });
            if shown.is_unchanged {
                let text = "With these values it leaves the sample as it is.";
                section.line().leaf("p", &[("class", "none")], text);
            }
            let values: Vec<(&String, &After)> = shown
                .after
                .iter()
                .filter(|(_, after)| !matches!(after, After::Picture { .. }))
                .map(|(label, after)| (label, after))
                .collect();
            if !values.is_empty() {
                section.line().element("dl", &[("class", "values")], |dl| {
                    for (label, after) in values {
                        dl.line().element("div", &[], |div| {
                            div.leaf("dt", &[], label).element("dd", &[], |dd| value(dd, after));
                        });
                    }
                });
            }
        });
    }

    fn calls(&self, main: &mut Markup) {
        let node = self.node;
        main.line().element("section", &[("aria-labelledby", "calls")], |section| {
            section.leaf("h2", &[("id", "calls")], "Outside the app");
            let handle = node
                .inputs
                .iter()
                .find(|input| matches!(input.described.kind, InputValues::Handle { .. }) && !input.described.optional);
            match handle {
                None => {
                    section.line().leaf("p", &[], "On the command line:");
                    code(section, &command_line(node));
                }
                Some(input) => {
                    let text =
                        format!("On the command line it cannot be run: {} comes from other nodes only.", input.label());
                    section.line().leaf("p", &[], &text);
                }
            }
            section.line().leaf("p", &[], "In Python, with the wheel installed:");
            code(section, &python(self.book, node));
        });
    }

    fn see_also(&self, main: &mut Markup) {
        let ids: Vec<&str> = list(self.node.schema, "seeAlso").iter().filter_map(Value::as_str).collect();
        if ids.is_empty() {
            return;
        }
        main.line().element("section", &[("aria-labelledby", "see-also")], |section| {
            section.leaf("h2", &[("id", "see-also")], "See also");
            section.line().element("ul", &[("class", "see-also")], |ul| {
                for id in ids {
                    ul.line().element("li", &[], |li| match self.book.by_id(id) {
                        Some(other) => {
                            li.leaf("a", &[("href", &format!("{UP}{}", address(&other.page())))], other.name());
                            let summary = Writer { level: 3, ..self.writer }.line(&other.summary());
                            if !summary.is_empty() {
                                li.text(": ").add(&summary);
                            }
                        }
                        None => {
                            li.leaf("code", &[], id);
                        }
                    });
                }
            });
        });
    }

    /// The nodes before and behind this one.
    fn neighbours(&self, main: &mut Markup) {
        let nodes = &self.book.nodes;
        let Some(place) = nodes.iter().position(|node| node.id() == self.node.id()) else { return };
        let before = place.checked_sub(1).and_then(|place| nodes.get(place));
        let behind = nodes.get(place + 1);
        if before.is_none() && behind.is_none() {
            return;
        }
        main.line().element("nav", &[("class", "neighbours"), ("aria-label", "Other nodes")], |nav| {
            if let Some(node) = before {
                let href = format!("{UP}{}", address(&node.page()));
                nav.leaf("a", &[("rel", "prev"), ("href", &href)], &format!("← {}", node.name()));
            }
            if let Some(node) = behind {
                let href = format!("{UP}{}", address(&node.page()));
                nav.leaf("a", &[("rel", "next"), ("href", &href)], &format!("{} →", node.name()));
            }
        });
    }
}

fn value(out: &mut Markup, after: &After) {
    match after {
        After::Color(color) => {
            swatch(out, color);
            out.leaf("code", &[], color);
        }
        After::Value(text) => {
            out.text(text);
        }
        After::Picture { .. } => {}
    }
}

/// A small field of a colour.
pub(super) fn swatch(out: &mut Markup, color: &str) {
    let style = format!("background:{}", paint::color(color));
    out.element("span", &[("class", "swatch"), ("style", &style), ("aria-hidden", "true")], |_| ());
}

fn code(out: &mut Markup, text: &str) {
    out.line().element("pre", &[("tabindex", "0")], |pre| {
        pre.leaf("code", &[], text);
    });
}

/// The call in Python: what has to be given, by name behind the first.
fn python(book: &Book<'_>, node: &Node<'_>) -> String {
    let needed = node.described.inputs.iter().filter(|input| is_required(input));
    let arguments: Vec<&str> = needed.map(|input| input.name.as_str()).collect();
    let module = &book.module;
    format!("import {module}\n\n{module}.{}({})", node.described.function, arguments.join(", "))
}

/// Markdown without its signs, for where there is plain text only.
fn plain(markdown: &str) -> String {
    markdown.replace(['`', '*', '_'], "")
}
