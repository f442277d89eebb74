//! {{title}}: nodes for chaiNNer.

mod grain;

use chainner_sdk::prelude::*;

pub use grain::{Stock, grain};

package! {
    name: "{{title}}",
    description: "Film grain.",
    icon: "MdGrain",
    color: "#B7791F",
    categories: [CATEGORY],
}

const CATEGORY: Category = Category::new("{{title}}", "Film grain.").icon("MdGrain");
const FILM: Group = CATEGORY.group("Film");
