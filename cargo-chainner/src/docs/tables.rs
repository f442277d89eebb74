//! The tables of a page: the inputs and outputs of its node.

use chainner_sdk::library::InputValues;

use super::{
    book::{Input, Node, list, text},
    card::hue,
    condition,
    markup::Markup,
    page::{Page, swatch},
    words,
};

/// Types of more letters are folded.
const LONG_TYPE: usize = 160;

impl Page<'_, '_> {
    /// The inputs, a row for each.
    pub(super) fn inputs(&self, main: &mut Markup) {
        let node = self.node;
        if node.inputs.is_empty() {
            return;
        }
        main.line().element("section", &[("aria-labelledby", "inputs")], |section| {
            section.leaf("h2", &[("id", "inputs")], "Inputs");
            table(section, "inputs", ["Input", "Takes", "Default", "Range"], |body| {
                for input in &node.inputs {
                    body.line().element("tr", &[("id", &Node::anchor(input))], |tr| self.input(tr, input));
                }
            });
        });
    }

    fn input(&self, tr: &mut Markup, input: &Input<'_>) {
        tr.element("th", &[("scope", "row")], |th| {
            th.leaf("span", &[("class", "name")], &input.label());
            th.text(" ").leaf("code", &[], &input.described.name);
            if !input.described.docs.is_empty() {
                th.element("div", &[("class", "about")], |about| {
                    about.add(&self.writer.blocks(&input.described.docs));
                });
            }
            if !input.shown_when.is_empty() {
                let when = condition::all_in_words(&input.shown_when, self.node);
                th.leaf("p", &[("class", "when")], &format!("Shown when {when}."));
            }
            if !input.required_when.is_empty() {
                let when = condition::all_in_words(&input.required_when, self.node);
                th.leaf("p", &[("class", "when")], &format!("Needed when {when}."));
            }
        });
        tr.element("td", &[("data-label", "Takes")], |td| {
            let (_, hues) = hue::of_input(&input.described.kind);
            if input.schema["hasHandle"] == true {
                for hue in hues {
                    dot(td, hue);
                }
            }
            td.text(&words::takes(input));
            if input.described.optional {
                td.text(" ").leaf("span", &[("class", "badge")], "optional");
            }
            choices(td, self, input);
        });
        tr.element("td", &[("data-label", "Default")], |td| match words::default(input) {
            Some(default) => {
                if let InputValues::Color { .. } = input.described.kind {
                    swatch(td, &default);
                }
                td.text(&default);
            }
            None => nothing(td),
        });
        tr.element("td", &[("data-label", "Range")], |td| {
            let limits = words::limits(input);
            if limits.is_empty() {
                nothing(td);
            }
            for (index, limit) in limits.iter().enumerate() {
                if index > 0 {
                    td.void("br", &[]);
                }
                td.text(limit);
            }
        });
    }

    /// The outputs, a row for each.
    pub(super) fn outputs(&self, main: &mut Markup) {
        let node = self.node;
        if node.outputs.is_empty() {
            return;
        }
        let types: Vec<String> = node.outputs.iter().map(|output| words::type_text(&output.schema["type"])).collect();
        main.line().element("section", &[("aria-labelledby", "outputs")], |section| {
            section.leaf("h2", &[("id", "outputs")], "Outputs");
            table(section, "outputs", ["Output", "Gives", "Type"], |body| {
                for (output, ty) in node.outputs.iter().zip(&types) {
                    body.line().element("tr", &[], |tr| {
                        tr.element("th", &[("scope", "row")], |th| {
                            th.leaf("span", &[("class", "name")], text(output.schema, "label"));
                            if !output.described.docs.is_empty() {
                                th.element("div", &[("class", "about")], |about| {
                                    about.add(&self.writer.blocks(&output.described.docs));
                                });
                            }
                        });
                        tr.element("td", &[("data-label", "Gives")], |td| {
                            let (word, hue) = hue::of_output(output.described.kind, ty);
                            if output.schema["hasHandle"] != false {
                                dot(td, hue);
                            }
                            let word = word.to_lowercase();
                            td.text(&if output.described.iterated { format!("sequence of {word}") } else { word });
                        });
                        tr.element("td", &[("data-label", "Type")], |td| {
                            if ty.chars().count() <= LONG_TYPE {
                                td.leaf("code", &[("class", "type")], ty);
                            } else {
                                td.element("details", &[], |details| {
                                    details.leaf("summary", &[], "Expression of its inputs");
                                    details.element("pre", &[("tabindex", "0")], |pre| {
                                        pre.leaf("code", &[], ty);
                                    });
                                });
                            }
                        });
                    });
                }
            });
            let named = words::named_in(&types.join(" "), node);
            if !named.is_empty() {
                section.line().element("p", &[("class", "legend")], |p| {
                    for (index, (name, input)) in named.into_iter().enumerate() {
                        p.text(if index > 0 { ", " } else { "" }).leaf("code", &[], &name).text(" is the type of ");
                        p.leaf("a", &[("href", &format!("#{}", Node::anchor(input)))], &input.label());
                    }
                    p.text(".");
                });
            }
        });
    }
}

/// The options of a choice, each with what it is and when it is offered.
fn choices(td: &mut Markup, page: &Page<'_, '_>, input: &Input<'_>) {
    let InputValues::Choice { choices, .. } = &input.described.kind else { return };
    let options = list(input.schema, "options");
    td.element("ul", &[("class", "choices")], |ul| {
        for (option, choice) in options.iter().zip(choices) {
            ul.element("li", &[], |li| {
                li.leaf("span", &[("class", "choice")], text(option, "option"));
                let stored = &option["value"];
                let stored = stored.as_str().map_or_else(|| stored.to_string(), str::to_owned);
                li.text(" ").leaf("code", &[], &stored);
                if !choice.docs.is_empty() {
                    li.text(": ").add(&page.writer.line(&choice.docs));
                }
                if option["condition"].is_object() {
                    let when = condition::words(&option["condition"], page.node);
                    li.text(" ").leaf("span", &[("class", "when")], &format!("Offered when {when}."));
                }
            });
        }
    });
}

fn table<const N: usize>(out: &mut Markup, of: &str, heads: [&str; N], rows: impl FnOnce(&mut Markup)) {
    out.line().element("table", &[("class", of)], |table| {
        table.line().element("thead", &[], |thead| {
            thead.element("tr", &[], |tr| {
                for head in heads {
                    tr.leaf("th", &[("scope", "col")], head);
                }
            });
        });
        table.line().element("tbody", &[], |tbody| {
            rows(tbody);
            tbody.line();
        });
    });
}

fn dot(out: &mut Markup, hue: hue::Hue) {
    let class = format!("dot {}", hue.class());
    out.element("span", &[("class", &class), ("aria-hidden", "true")], |_| ());
}

/// Nothing to be said; a dash for the eye only.
fn nothing(out: &mut Markup) {
    out.leaf("span", &[("class", "nothing")], "–");
}
