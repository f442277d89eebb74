#![allow(unused)]

use chainner_sdk::prelude::*;

#[derive(Choice)]
enum Shape {
    #[choice(lable = "Round")]
    Round,
    Oval,
}

fn main() {}
