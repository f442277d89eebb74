#![allow(unused)]

use chainner_sdk::prelude::*;

const GROUP: Group = Category::new("Test", "Tests.").group("Test");

#[node(id = "test:node", group = GROUP)]
fn node(image: ImageView<'_>) -> Generator<f32> {
    let samples = image.samples();
    Generator::from_iter(samples.iter().map(|sample| *sample))
}

fn main() {}
