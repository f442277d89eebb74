//! The first page: all nodes, by category and group.

use chainner_sdk::declare::NodeKind;

use super::{
    book::{Book, Node, list, text},
    frame::{Frame, counted, tile},
    markdown::Writer,
    markup::{Markup, address},
};

/// Writes the page.
pub(super) fn page(book: &Book<'_>) -> String {
    let package = &book.schema["package"];
    let writer = Writer { book, up: "", level: 1 };
    let mut main = Markup::new();
    main.line().leaf("h1", &[], book.name());
    main.line().element("div", &[("class", "lead")], |lead| {
        lead.add(&writer.blocks(text(package, "description")));
    });
    main.line().element("p", &[("class", "facts")], |p| {
        let nodes = counted(book.nodes.len(), "node");
        p.text(&format!("{nodes} · version {} · ", book.version)).leaf("code", &[], &format!("import {}", book.module));
    });
    main.line().leaf("p", &[("id", "found"), ("role", "status"), ("hidden", "")], "");
    if book.categories.len() > 1 {
        main.line().element("nav", &[("class", "contents"), ("aria-label", "Categories")], |nav| {
            nav.element("ul", &[], |ul| {
                for (index, category) in book.categories.iter().enumerate() {
                    ul.line().element("li", &[], |li| {
                        li.leaf("a", &[("href", &format!("#category-{index}"))], text(category.schema, "name"));
                    });
                }
            });
        });
    }
    for (index, category) in book.categories.iter().enumerate() {
        let id = format!("category-{index}");
        main.line().element("section", &[("class", "category"), ("aria-labelledby", &id)], |section| {
            section.line().element("h2", &[("id", &id)], |h2| {
                tile(h2, &category.schema["color"], &category.schema["icon"], text(category.schema, "name"));
                h2.text(text(category.schema, "name"));
            });
            let description = text(category.schema, "description");
            if !description.is_empty() {
                section.line().element("div", &[("class", "about")], |about| {
                    about.add(&writer.blocks(description));
                });
            }
            for (group, nodes) in &category.groups {
                section.line().element("section", &[("class", "group")], |section| {
                    section.line().leaf("h3", &[], text(group, "name"));
                    section.line().element("ul", &[("class", "nodes")], |ul| {
                        for &node in nodes {
                            entry(ul, book, &book.nodes[node]);
                        }
                    });
                });
            }
        });
    }
    let frame = Frame {
        book,
        up: "",
        title: format!("{} — nodes for chaiNNer", book.name()),
        description: text(package, "description").split("\n\n").next().unwrap_or_default().replace('\n', " "),
    };
    frame.around(&main)
}

fn entry(out: &mut Markup, book: &Book<'_>, node: &Node<'_>) {
    let words = words(node);
    out.line().element("li", &[("class", "node"), ("data-words", &words)], |li| {
        tile(li, &node.category["color"], &node.schema["icon"], node.name());
        li.element("div", &[], |div| {
            div.leaf("a", &[("href", &address(&node.page()))], node.name());
            for badge in badges(node) {
                div.text(" ").leaf("span", &[("class", "badge")], badge);
            }
            let summary = Writer { book, up: "", level: 3 }.line(&node.summary());
            if !summary.is_empty() {
                div.element("p", &[], |p| {
                    p.add(&summary);
                });
            }
        });
    });
}

/// What tells a node from others at a glance.
pub(super) fn badges(node: &Node<'_>) -> Vec<&'static str> {
    let kind = Some(node.kind()).filter(|kind| *kind != NodeKind::Regular).map(NodeKind::as_str);
    let deprecated = (node.schema["deprecated"] == true).then_some("deprecated");
    let acts = (node.schema["hasSideEffects"] == true).then_some("side effects");
    [kind, deprecated, acts].into_iter().flatten().collect()
}

/// What the search looks through: names, ids, labels, options, in small letters.
fn words(node: &Node<'_>) -> String {
    let mut words = vec![node.name().to_owned(), node.id().to_owned(), node.described.function.replace('_', " ")];
    words.push(node.summary());
    words.extend(node.inputs.iter().map(|input| input.label()));
    words.extend(node.outputs.iter().map(|output| text(output.schema, "label").to_owned()));
    for suggestion in list(node.schema, "suggestions") {
        words.push(text(suggestion, "query").to_owned());
    }
    words.extend(badges(node).into_iter().map(str::to_owned));
    words.join(" ").to_lowercase()
}
