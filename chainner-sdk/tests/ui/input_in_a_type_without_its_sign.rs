#![allow(unused)]

use chainner_sdk::prelude::*;

const GROUP: Group = Category::new("Test", "Tests.").group("Test");

#[node(id = "test:node", group = GROUP)]
#[output(navi = "Image { width: image.width, height: 1 }")]
fn node(image: ImageView<'_>) -> Image {
    todo!()
}

fn main() {}
