#![allow(unused)]

use chainner_sdk::prelude::*;

const TEST: Category = Category::new("Test", "Tests.");

package! {
    name: "Test",
    description: "Tests.",
    categories: [TEST],
    dependencies: [{ name: "ONNX", pypi: "onnx", size: 16_000_000 }],
}

fn main() {}
