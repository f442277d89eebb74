#![allow(unused)]

use chainner_sdk::prelude::*;

#[derive(Choice)]
union Shape {
    round: bool,
}

fn main() {}
