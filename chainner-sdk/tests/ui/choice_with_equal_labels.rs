#![allow(unused)]

use chainner_sdk::prelude::*;

#[derive(Choice)]
enum Shape {
    Round,
    #[choice(label = "Round")]
    Oval,
}

fn main() {}
