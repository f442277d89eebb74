#![allow(unused)]

use chainner_sdk::prelude::*;

const GROUP: Group = Category::new("Test", "Tests.").group("Test");

enum Shape {
    Round,
}

#[node(id = "test:node", group = GROUP)]
fn node(value: Shape) {}

fn main() {}
