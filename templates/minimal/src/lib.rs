//! {{title}}: nodes for chaiNNer.

use chainner_sdk::prelude::*;

package! {
    name: "{{title}}",
    description: "A node of my own.",
    icon: "BsImage",
    color: "#B7791F",
    categories: [CATEGORY],
}

const CATEGORY: Category = Category::new("{{title}}", "Nodes of my own.").icon("BsImage");
const ADJUST: Group = CATEGORY.group("Adjust");

/// Turns an image into its negative.
#[node(id = "{{module}}:adjust:invert", group = ADJUST)]
#[output(same_as = image)]
pub fn invert(image: ImageView<'_>) -> Image {
    image.map_colors(|_, _, sample| 1.0 - sample)
}
