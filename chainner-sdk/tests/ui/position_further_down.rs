#![allow(unused)]

use chainner_sdk::prelude::*;

const GROUP: Group = Category::new("Test", "Tests.").group("Test");

#[node(id = "test:node", group = GROUP)]
#[output(label = "A")]
#[output(label = "B", position = 2)]
#[output(label = "C")]
fn node(count: u32) -> (Generator<u32>, u32, u32) {
    (Generator::from_iter(0..count), count, count)
}

fn main() {}
