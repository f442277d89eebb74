#![allow(unused)]

use chainner_sdk::prelude::*;

const GROUP: Group = Category::new("Test", "Tests.").group("Test");

#[node(id = "test:node", group = GROUP)]
#[layout(ctx, amount)]
fn node(ctx: &Context, amount: f32) {}

fn main() {}
