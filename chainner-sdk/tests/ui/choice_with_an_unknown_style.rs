#![allow(unused)]

use chainner_sdk::prelude::*;

#[derive(Choice)]
#[choice(style = grid)]
enum Shape {
    Round,
    Oval,
}

fn main() {}
