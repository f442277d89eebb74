#![allow(unused)]

use chainner_sdk::prelude::*;

const GROUP: Group = Category::new("Test", "Tests.").group("Test");

#[node(id = "test:node", group = GROUP)]
fn node(#[input(items = "$row * 2")] tiles: Items<Image>, rows: u32) {}

fn main() {}
