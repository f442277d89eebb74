#![allow(unused)]

use chainner_sdk::prelude::*;

const GROUP: Group = Category::new("Film Lab", "Tests.").group("Tests");

#[node(id = "film_lab:tests:node", group = GROUP)]
#[layout(a, b, a)]
fn node(a: f32, b: f32) {}

fn main() {}
