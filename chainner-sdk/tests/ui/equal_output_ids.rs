#![allow(unused)]

use chainner_sdk::prelude::*;

const GROUP: Group = Category::new("Film Lab", "Tests.").group("Tests");

#[node(id = "film_lab:tests:node", group = GROUP)]
#[output]
#[output(id = 0)]
fn node() -> (f32, f32) {
    (0.0, 0.0)
}

fn main() {}
