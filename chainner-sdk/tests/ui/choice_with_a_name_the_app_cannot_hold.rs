#![allow(unused)]

use chainner_sdk::prelude::*;

#[derive(Choice)]
enum Größe {
    Round,
    _Oval,
}

fn main() {}
