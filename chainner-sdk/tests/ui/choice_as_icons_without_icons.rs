#![allow(unused)]

use chainner_sdk::prelude::*;

#[derive(Choice)]
#[choice(style = icons)]
enum Shape {
    #[choice(icon = "MdCircle")]
    Round,
    Oval,
}

fn main() {}
