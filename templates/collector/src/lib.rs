//! {{title}}: nodes for chaiNNer.

mod average;

use chainner_sdk::prelude::*;

pub use average::average;

package! {
    name: "{{title}}",
    description: "Makes one image of many.",
    icon: "MdBurstMode",
    color: "#6B46C1",
    categories: [CATEGORY],
}

const CATEGORY: Category = Category::new("{{title}}", "Makes one image of many.").icon("MdBurstMode");
const BATCH: Group = CATEGORY.group("Batch");
