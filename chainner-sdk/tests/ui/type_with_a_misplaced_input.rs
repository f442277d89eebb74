#![allow(unused)]

use chainner_sdk::prelude::*;

const GROUP: Group = Category::new("Test", "Tests.").group("Test");

#[node(id = "test:node", group = GROUP, length = "$count $most")]
fn node(count: u32, most: u32) -> Generator<u32> {
    todo!()
}

fn main() {}
