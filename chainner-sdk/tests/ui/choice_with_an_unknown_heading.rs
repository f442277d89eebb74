#![allow(unused)]

use chainner_sdk::prelude::*;

#[derive(Choice)]
#[choice(headings = ["Advanced", "Basics"])]
enum Filter {
    #[choice(heading = "Basic")]
    Near,
    #[choice(heading = "Advanced", divider)]
    Far,
}

fn main() {}
