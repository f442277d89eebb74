#![allow(unused)]

use chainner_sdk::prelude::*;

const GROUP: Group = Category::new("Test", "Tests.").group("Test");

#[derive(Choice)]
pub enum Shape {
    Round,
    Oval,
}

#[node(id = "test:node", group = GROUP)]
fn node(shapes: Items<Shape>) -> u32 {
    0
}

fn main() {}
