#![allow(unused)]

use chainner_sdk::prelude::*;

#[derive(Choice)]
#[choice(style = anchor)]
enum Shape {
    Round,
    Oval,
}

fn main() {}
