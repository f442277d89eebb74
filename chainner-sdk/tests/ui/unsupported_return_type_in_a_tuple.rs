#![allow(unused)]

use chainner_sdk::prelude::*;

const GROUP: Group = Category::new("Test", "Tests.").group("Test");

#[node(id = "test:node", group = GROUP)]
fn node() -> (f32, Vec<f32>) {
    (0.0, Vec::new())
}

fn main() {}
