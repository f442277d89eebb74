#![allow(unused)]

use chainner_sdk::prelude::*;

#[derive(Choice)]
enum Shape {
    Round,
    Oval(f32),
    Other { x: f32 },
}

fn main() {}
