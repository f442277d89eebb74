//! {{title}}: nodes for chaiNNer.

mod blend;

use chainner_sdk::prelude::*;

pub use blend::{Mode, blend};

package! {
    name: "{{title}}",
    description: "Blends two images.",
    icon: "MdLayers",
    color: "#2F855A",
    categories: [CATEGORY],
}

const CATEGORY: Category = Category::new("{{title}}", "Blends two images.").icon("MdLayers");
const MIX: Group = CATEGORY.group("Mix");
