#![allow(unused)]

use chainner_sdk::prelude::*;

const GROUP: Group = Category::new("Film Lab", "Tests.").group("Tests");

#[node(id = "film_lab:tests:node", group = GROUP)]
#[layout(a, flag)]
fn node(#[input(when(flag))] a: f32, flag: bool) {}

fn main() {}
