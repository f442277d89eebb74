#![allow(unused)]

use chainner_sdk::prelude::*;

#[derive(Choice)]
#[choice(type_name = "Blend Mode")]
enum Shape {
    Round,
    Oval,
}

fn main() {}
