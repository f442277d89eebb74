#![allow(unused)]

use chainner_sdk::prelude::*;

#[derive(Choice)]
enum Shape {
    #[default]
    Round,
    #[choice(default)]
    Oval,
}

fn main() {}
