#![allow(unused)]

use chainner_sdk::prelude::*;

const GROUP: Group = Category::new("Test", "Tests.").group("Test");

#[derive(Choice)]
enum Shape {
    Round(f32),
    Oval,
}

#[node(id = "test:node", group = GROUP)]
fn node(#[input(default = Shape::Oval)] shape: Shape, #[input(when(shape == Shape::Oval))] aspect: f32) {}

fn main() {}
