#![allow(unused)]

use chainner_sdk::prelude::*;

const GROUP: Group = Category::new("Test", "Tests.").group("Test");

#[node(id = "test:node", group = GROUP)]
fn node(#[input(default = 1.0)] amounts: Items<f32>) -> u32 {
    0
}

fn main() {}
