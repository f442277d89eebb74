#![allow(unused)]

use chainner_sdk::prelude::*;

const GROUP: Group = Category::new("Test", "Tests.").group("Test");

#[node(id = "test:node", group = GROUP)]
fn node(#[input(range = 0.0..=f32::INFINITY)] value: f32) {}

fn main() {}
