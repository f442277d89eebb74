#![allow(unused)]

use chainner_sdk::prelude::*;

#[derive(Choice)]
struct Shape {
    round: bool,
}

fn main() {}
