#![allow(unused)]

use chainner_sdk::prelude::*;

const GROUP: Group = Category::new("Film Lab", "Tests.").group("Tests");

#[node(id = "film_lab:tests:node", group = GROUP)]
#[layout(from_to[a])]
fn node(a: Side) {}

#[derive(Choice)]
enum Side {
    Left,
    Right,
}

fn main() {}
