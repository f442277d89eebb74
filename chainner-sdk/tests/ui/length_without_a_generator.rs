#![allow(unused)]

use chainner_sdk::prelude::*;

const GROUP: Group = Category::new("Test", "Tests.").group("Test");

#[node(id = "test:node", group = GROUP, length = "$count")]
fn node(count: u32) -> u32 {
    count
}

fn main() {}
