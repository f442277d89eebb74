#![allow(unused)]

use chainner_sdk::prelude::*;

#[derive(NaviType)]
struct Lut<T> {
    values: Vec<T>,
}

fn main() {}
