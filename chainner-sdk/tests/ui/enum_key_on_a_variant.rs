#![allow(unused)]

use chainner_sdk::prelude::*;

#[derive(Choice)]
enum Shape {
    #[choice(style = tabs)]
    Round,
    Oval,
}

fn main() {}
