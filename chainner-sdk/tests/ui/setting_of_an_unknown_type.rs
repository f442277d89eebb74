#![allow(unused)]

use chainner_sdk::prelude::*;

#[derive(Settings)]
struct LabSettings {
    name: String,
}

fn main() {}
