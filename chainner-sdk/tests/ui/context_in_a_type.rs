#![allow(unused)]

use chainner_sdk::prelude::*;

const GROUP: Group = Category::new("Test", "Tests.").group("Test");

#[node(id = "test:node", group = GROUP)]
#[output(navi = "$ctx & 1..2")]
fn node(ctx: &Context, amount: f32) -> f32 {
    amount
}

fn main() {}
