#![allow(unused)]

use chainner_sdk::prelude::*;

#[derive(Choice)]
enum Shape<T> {
    Round,
    Oval(T),
}

fn main() {}
