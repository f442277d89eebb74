//! {{title}}: nodes for chaiNNer.

mod palette;

use chainner_sdk::prelude::*;

pub use palette::{Palette, apply_palette, extract_palette};

package! {
    name: "{{title}}",
    description: "Takes palettes from images and gives images their colours.",
    icon: "MdPalette",
    color: "#D53F8C",
    categories: [CATEGORY],
}

const CATEGORY: Category = Category::new(
    "{{title}}",
    "Takes palettes from images and gives images their colours.",
)
.icon("MdPalette");
const PALETTE: Group = CATEGORY.group("Palette");
