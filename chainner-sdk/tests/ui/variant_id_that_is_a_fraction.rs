#![allow(unused)]

use chainner_sdk::prelude::*;

#[derive(Choice)]
enum Shape {
    #[choice(id = 1.5)]
    Round,
    Oval,
}

fn main() {}
