#![allow(unused)]

use chainner_sdk::prelude::*;

const GROUP: Group = Category::new("Test", "Tests.").group("Test");

struct Lens;

impl Lens {
    #[node(id = "test:node", group = GROUP)]
    fn blur(radius: f32) {
        let _ = radius;
    }
}

fn main() {}
