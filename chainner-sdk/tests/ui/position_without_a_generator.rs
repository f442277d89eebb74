#![allow(unused)]

use chainner_sdk::prelude::*;

const GROUP: Group = Category::new("Test", "Tests.").group("Test");

#[node(id = "test:node", group = GROUP)]
#[output(label = "A")]
#[output(label = "B", position = 0)]
fn node(size: f32) -> (f32, f32) {
    (size, size)
}

fn main() {}
