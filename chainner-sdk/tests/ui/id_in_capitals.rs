#![allow(unused)]

use chainner_sdk::prelude::*;

const GROUP: Group = Category::new("Test", "Tests.").group("Test");

#[node(id = "Test:Node", group = GROUP)]
fn node() {}

fn main() {}
