#![allow(unused)]

use chainner_sdk::prelude::*;

const GROUP: Group = Category::new("Test", "Tests.").group("Test");

#[node(id = "test:node", group = GROUP)]
fn node(ctx: &Context, #[input(when(is(ctx, "Image")))] amount: f32) {}

fn main() {}
