//! What the package declares: an example should show every sort of input.

use std::collections::BTreeSet;

use chainner_sdk::{
    declare::{ChoiceStyle, Kind, NodeDecl},
    enforce::InputSpec,
    image::Image,
    node::Node,
    registry, testing,
};
// Links the package's nodes into this test.
use film_lab as _;

fn nodes() -> Vec<&'static NodeDecl> {
    registry::nodes_of("film-lab")
}

#[test]
fn every_node_is_registered_in_one_package() {
    let ids: Vec<_> = nodes().iter().map(|node| node.id).collect();
    assert_eq!(
        ids,
        [
            "film_lab:emulsion:film_stock",
            "film_lab:emulsion:grain",
            "film_lab:emulsion:negative",
            "film_lab:light:double_exposure",
            "film_lab:light:halation",
            "film_lab:light:vignette",
            "film_lab:print:date_stamp",
            "film_lab:print:roll",
        ]
    );
    assert_eq!(registry::packages_of("film-lab").len(), 1);
}

#[test]
fn every_kind_of_input_and_style_of_choice_is_shown() {
    let nodes: Vec<_> = nodes().into_iter().map(Node::new).collect();
    let inputs = || nodes.iter().flat_map(Node::inputs);
    // Those that a film look has a use for; the others are plumbing.
    for kind in [
        Kind::Integer,
        Kind::Float,
        Kind::Text,
        Kind::Bool,
        Kind::Choice,
        Kind::Image,
        Kind::Color,
        Kind::File,
        Kind::Directory,
        Kind::Seed,
    ] {
        assert!(inputs().any(|input| input.decl.kind == kind), "no input of kind {}", kind.as_str());
    }
    let styles: BTreeSet<_> = inputs()
        .filter_map(|input| match &input.spec {
            InputSpec::Choice(choice) => Some(choice.style.as_str()),
            _ => None,
        })
        .collect();
    let all = ["dropdown", "checkbox", "tabs", "icons", "anchor"];
    assert_eq!(styles, BTreeSet::from(all));
    assert!(all.contains(&ChoiceStyle::default().as_str()));
}

#[test]
fn related_nodes_exist_and_every_node_has_help() {
    let nodes = nodes();
    for node in &nodes {
        assert!(!node.docs.is_empty(), "{} has no help", node.id);
        for id in node.see_also {
            assert!(nodes.iter().any(|other| other.id == *id), "{} names {id}", node.id);
        }
    }
}

#[test]
fn outputs_are_of_their_declared_types() {
    let [wide, high] = [Image::new(13, 9, 3), Image::new(4, 30, 4)];
    for image in [&wide, &high] {
        for name in ["film_stock", "grain", "vignette", "halation", "date_stamp"] {
            testing::node(name).set("image", image).call();
        }
        testing::node("negative").set("scan", image).call();
        testing::node("double_exposure").set("image", image).set("layer", &wide).call();
    }
    let filed = testing::node("roll").set("archive", std::env::temp_dir()).set("frame", 36).call();
    assert_eq!(filed.number("Next Frame"), 37.0);
}
