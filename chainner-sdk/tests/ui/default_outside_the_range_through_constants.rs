#![allow(unused)]

use chainner_sdk::prelude::*;

const GROUP: Group = Category::new("Test", "Tests.").group("Test");

const BIG: u8 = 200;
const LIMIT: u8 = 100;

#[node(id = "test:node", group = GROUP)]
fn node(#[input(default = BIG, range = ..=LIMIT)] value: u8) {}

fn main() {}
