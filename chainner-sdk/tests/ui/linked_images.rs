#![allow(unused)]

use chainner_sdk::prelude::*;

const GROUP: Group = Category::new("Film Lab", "Tests.").group("Tests");

#[node(id = "film_lab:tests:node", group = GROUP)]
#[layout(linked[a, b])]
fn node(a: ImageView<'_>, b: ImageView<'_>) {}

fn main() {}
