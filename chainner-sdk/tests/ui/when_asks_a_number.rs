#![allow(unused)]

use chainner_sdk::prelude::*;

const GROUP: Group = Category::new("Test", "Tests.").group("Test");

#[node(id = "test:node", group = GROUP)]
fn node(amount: f32, #[input(when(amount == 1.0))] aspect: f32) {}

fn main() {}
