#![allow(unused)]

use chainner_sdk::prelude::*;

const GROUP: Group = Category::new("Test", "Tests.").group("Test");

#[node(id = "test:node", group = GROUP)]
fn node() -> Generator<f32> {
    Generator::new(1, [String::new()])
}

fn main() {}
