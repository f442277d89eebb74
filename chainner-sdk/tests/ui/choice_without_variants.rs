#![allow(unused)]

use chainner_sdk::prelude::*;

#[derive(Choice)]
enum Shape {}

fn main() {}
