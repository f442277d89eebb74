//! {{title}}: nodes for chaiNNer.

mod checkerboard;
mod tiles;

use chainner_sdk::prelude::*;

pub use checkerboard::checkerboard;
pub use tiles::tiles;

package! {
    name: "{{title}}",
    description: "Makes images: patterns and tiles.",
    icon: "MdGridOn",
    color: "#2B6CB0",
    categories: [CATEGORY],
}

const CATEGORY: Category =
    Category::new("{{title}}", "Makes images: patterns and tiles.").icon("MdGridOn");
const MAKE: Group = CATEGORY.group("Make");
