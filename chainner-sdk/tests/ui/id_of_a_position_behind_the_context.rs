#![allow(unused)]

use chainner_sdk::prelude::*;

const GROUP: Group = Category::new("Test", "Tests.").group("Test");

#[node(id = "test:node", group = GROUP)]
fn node(ctx: &Context, #[input(id = 1)] amount: f32, gain: f32) {}

fn main() {}
