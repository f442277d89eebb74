#![allow(unused)]

use chainner_sdk::prelude::*;

#[derive(Choice)]
#[choice(style = checkbox)]
enum Shape {
    Round,
    Oval,
    Square,
}

fn main() {}
