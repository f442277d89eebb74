#![allow(unused)]

use chainner_sdk::prelude::*;

const GROUP: Group = Category::new("Test", "Tests.").group("Test");

#[derive(Choice)]
enum Shape {
    Round,
    Oval,
}

#[derive(Choice)]
enum Border {
    Wrap,
    Clamp,
}

#[node(id = "test:node", group = GROUP)]
fn node(shape: Shape, #[input(when(shape == Border::Wrap))] aspect: f32) {}

fn main() {}
