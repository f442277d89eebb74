#![allow(unused)]

use chainner_sdk::prelude::*;

const GROUP: Group = Category::new("Test", "Tests.").group("Test");

#[node(id = "test:node", group = GROUP)]
#[output(navi = "Image { width: ruond($image.width * 2), height: $image.height }")]
fn node(image: ImageView<'_>) -> Image {
    todo!()
}

fn main() {}
