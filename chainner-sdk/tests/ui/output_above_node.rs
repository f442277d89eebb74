#![allow(unused)]

use chainner_sdk::prelude::*;

const GROUP: Group = Category::new("Test", "Tests.").group("Test");

#[output(label = "A")]
#[node(id = "test:node", group = GROUP)]
fn node() -> f32 {
    0.0
}

fn main() {}
