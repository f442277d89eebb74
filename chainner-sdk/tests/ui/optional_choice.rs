#![allow(unused)]

use chainner_sdk::prelude::*;

const GROUP: Group = Category::new("Test", "Tests.").group("Test");

#[derive(Choice)]
enum Shape {
    Round,
    Oval,
}

#[node(id = "test:node", group = GROUP)]
fn node(value: Option<Shape>) {}

fn main() {}
