//! Nodes that do next to nothing: what is left is the cost of a call.

use chainner_sdk::prelude::*;

package! {
    name: "Bench Nodes",
    description: "Nodes that do next to nothing.",
    icon: "MdSpeed",
    color: "#777777",
    categories: [CALLS],
}

const CALLS: Category = Category::new("Bench Nodes", "Nodes that do next to nothing.").icon("MdSpeed");
const ALL: Group = CALLS.group("All");

/// Adds two numbers.
#[node(id = "bench_nodes:all:add", group = ALL)]
pub fn add(
    #[input(range = -1000.0..=1000.0)] a: f64,
    #[input(range = -1000.0..=1000.0, default = 1.0)] b: f64,
) -> f64 {
    a + b
}

/// Gives the image back.
#[node(id = "bench_nodes:all:same", group = ALL)]
#[output(same_as = image)]
pub fn same(image: ImageView<'_>) -> Image {
    image.to_image()
}
