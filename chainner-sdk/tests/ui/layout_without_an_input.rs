#![allow(unused)]

use chainner_sdk::prelude::*;

const GROUP: Group = Category::new("Film Lab", "Tests.").group("Tests");

#[node(id = "film_lab:tests:node", group = GROUP)]
#[layout(a, linked[b, c])]
fn node(a: f32, b: f32, c: f32, d: f32) {}

fn main() {}
