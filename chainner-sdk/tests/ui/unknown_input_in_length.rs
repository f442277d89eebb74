#![allow(unused)]

use chainner_sdk::prelude::*;

const GROUP: Group = Category::new("Test", "Tests.").group("Test");

#[node(id = "test:node", group = GROUP, length = "$cuont")]
fn node(count: u32) -> Generator<u32> {
    Generator::from_iter([count])
}

fn main() {}
