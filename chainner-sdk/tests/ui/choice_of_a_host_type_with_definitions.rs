#![allow(unused)]

use chainner_sdk::prelude::*;

#[derive(Choice)]
#[choice(host_type = "TileSize", definitions = "def f(n: number) = n;")]
enum Tiles {
    Auto,
}

fn main() {}
