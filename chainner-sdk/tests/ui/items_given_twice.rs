#![allow(unused)]

use chainner_sdk::prelude::*;

const GROUP: Group = Category::new("Test", "Tests.").group("Test");

#[node(id = "test:node", group = GROUP)]
fn node(#[input(items = "2")] a: Items<f32>, #[input(items = "3")] b: Items<f32>) {}

fn main() {}
