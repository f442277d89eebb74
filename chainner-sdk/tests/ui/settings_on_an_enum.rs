#![allow(unused)]

use chainner_sdk::prelude::*;

#[derive(Settings)]
enum LabSettings {
    Fast,
}

fn main() {}
