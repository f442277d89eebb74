#![allow(unused)]

use chainner_sdk::prelude::*;

const GROUP: Group = Category::new("Test", "Tests.").group("Test");

#[node(id = "test:node", group = GROUP)]
fn node(#[input(id = 4)] a: f32, #[input(id = 4)] b: f32) {}

fn main() {}
