#![allow(unused)]

use chainner_sdk::prelude::*;

const TEST: Category = Category::new("Test", "Tests.");

package! {
    name: "Test",
    description: "Tests.",
    categories: [TEST],
    replaces: "chainner:image",
}

fn main() {}
