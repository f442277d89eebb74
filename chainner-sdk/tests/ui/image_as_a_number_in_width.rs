#![allow(unused)]

use chainner_sdk::prelude::*;

const GROUP: Group = Category::new("Test", "Tests.").group("Test");

#[node(id = "test:node", group = GROUP)]
#[output(width = image * 2)]
fn node(image: ImageView<'_>, amount: f32) -> Image {
    let _ = amount;
    Image::new(image.width(), image.height(), 3)
}

fn main() {}
