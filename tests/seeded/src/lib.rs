//! Nodes with one mistake each, and a sound twin of each: what `cargo chainner test` has to find, and what it must not.

use chainner_sdk::prelude::*;

pub mod files;
pub mod images;
pub mod process;
pub mod sequences;
pub mod texts;

package! {
    name: "Seeded",
    description: "Nodes with one mistake each, beside sound twins.",
    icon: "MdBugReport",
    color: "#777777",
    categories: [SEEDED],
}

const SEEDED: Category = Category::new("Seeded", "Nodes for tests.").icon("MdBugReport").color("#777777");
const BUGGY: Group = SEEDED.group("Buggy");
const SOUND: Group = SEEDED.group("Sound");
