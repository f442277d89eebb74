#![allow(unused)]

use chainner_sdk::prelude::*;

const GROUP: Group = Category::new("Test", "Tests.").group("Test");

#[derive(Choice)]
enum Shape {
    Round,
    Oval,
}

#[node(id = "test:node", group = GROUP)]
#[output(same_as = imge)]
fn node(
    image: ImageView<'_>,
    #[input(defualt = 1.0)] amount: f32,
    #[input(default = 0.5)] count: u8,
    #[input(default = 9.0, range = 0.0..=8.0)] radius: f32,
    shape: Shape,
    #[input(when(shape == Shape::Ovall))] time: std::time::Duration,
) -> Image {
    Image::new(image.width(), image.height(), 3)
}

fn main() {}
