#![allow(unused)]

use chainner_sdk::prelude::*;

const GROUP: Group = Category::new("Film Lab", "Tests.").group("Tests");

#[node(id = "film_lab:tests:node", group = GROUP)]
#[output(navi = "0..255", value = amount * 2)]
#[output(bare)]
fn node(amount: f32) -> (f32, f32) {
    (amount, amount)
}

fn main() {}
