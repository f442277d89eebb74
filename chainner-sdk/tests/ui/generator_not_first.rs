#![allow(unused)]

use chainner_sdk::prelude::*;

const GROUP: Group = Category::new("Test", "Tests.").group("Test");

#[node(id = "test:node", group = GROUP)]
fn node() -> (f32, Generator<f32>) {
    (0.0, Generator::from_iter([0.0]))
}

fn main() {}
