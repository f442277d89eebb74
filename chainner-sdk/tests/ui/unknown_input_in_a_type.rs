#![allow(unused)]

use chainner_sdk::prelude::*;

const GROUP: Group = Category::new("Film Lab", "Tests.").group("Tests");

#[node(id = "film_lab:tests:node", group = GROUP)]
#[output(navi = "Image { width: $imgae.width, height: $image.height }")]
fn node(image: ImageView<'_>) -> Image {
    image.to_image()
}

fn main() {}
