#![allow(unused)]

use chainner_sdk::prelude::*;

#[derive(Choice)]
enum Shape {
    Round,
    #[choice(id = "round")]
    Oval,
}

fn main() {}
