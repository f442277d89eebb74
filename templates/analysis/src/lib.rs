//! {{title}}: nodes for chaiNNer.

mod statistics;

use chainner_sdk::prelude::*;

pub use statistics::statistics;

package! {
    name: "{{title}}",
    description: "Measures images.",
    icon: "MdQueryStats",
    color: "#B83280",
    categories: [CATEGORY],
}

const CATEGORY: Category = Category::new("{{title}}", "Measures images.").icon("MdQueryStats");
const MEASURE: Group = CATEGORY.group("Measure");
