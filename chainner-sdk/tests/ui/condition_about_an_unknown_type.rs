#![allow(unused)]

use chainner_sdk::prelude::*;

const GROUP: Group = Category::new("Film Lab", "Tests.").group("Tests");

#[node(id = "film_lab:tests:node", group = GROUP)]
fn node(image: ImageView<'_>, #[input(when(is(image, "Imgae { channels: 4 }")))] opacity: bool) {}

fn main() {}
