#![allow(unused)]

use chainner_sdk::prelude::*;

const GROUP: Group = Category::new("Test", "Tests.").group("Test");

#[node(id = "test:node", group = GROUP)]
fn node(amounts: Option<Items<f32>>) -> u32 {
    0
}

fn main() {}
