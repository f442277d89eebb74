//! {{title}}: nodes for chaiNNer.

mod save_pfm;

use chainner_sdk::prelude::*;

pub use save_pfm::save_pfm;

package! {
    name: "{{title}}",
    description: "Saves images as Portable FloatMaps.",
    icon: "MdSave",
    color: "#C05621",
    categories: [CATEGORY],
}

const CATEGORY: Category =
    Category::new("{{title}}", "Saves images as Portable FloatMaps.").icon("MdSave");
const SAVE: Group = CATEGORY.group("Save");
