#![allow(unused)]

use chainner_sdk::prelude::*;

const GROUP: Group = Category::new("Film Lab", "Tests.").group("Tests");

#[node(id = "film_lab:tests:node", group = GROUP)]
fn node(#[input(option_when(Edge::Soft, exact))] side: Side, exact: bool) {}

#[derive(Choice)]
enum Side {
    Left,
    Right,
}

#[derive(Choice)]
enum Edge {
    Soft,
    Hard,
}

fn main() {}
