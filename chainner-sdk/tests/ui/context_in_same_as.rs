#![allow(unused)]

use chainner_sdk::prelude::*;

const GROUP: Group = Category::new("Test", "Tests.").group("Test");

#[node(id = "test:node", group = GROUP)]
#[output(same_as = ctx)]
fn node(ctx: &Context, image: ImageView<'_>) -> Image {
    image.to_image()
}

fn main() {}
